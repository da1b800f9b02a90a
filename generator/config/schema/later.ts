/**
 * Keys that are planned: refused by name until they work, never ignored. `*` stands for any name.
 * The text says what to do until then. A planned value follows its key.
 */
export const LATER: Readonly<Record<string, string>> = {
  'domain.mutualTls': 'remove the key and use an authorizer in api.auth',
  'domain.zones': 'write one zone in domain.zone; all names must be in it',
  domains: 'write one domain in domain; further names for the certificate go in domain.alternativeNames',
  zones: 'write one zone in domain.zone; all names must be in it',
  'network.closeDefaultGroup':
    'remove the key: nothing of the application uses the default group, and to empty it would take a function that may change security groups, which no role here may',
  'loadBalancer.webAcl': 'remove the key and associate the web ACL with the load balancer after the deployment',
  'observability.alarms': 'remove the key and create alarms outside the application',
  'observability.dashboard': 'remove the key and create a dashboard outside the application',
  'observability.notify': 'remove the key and create notifications outside the application',
  'api.auth.*.cognito':
    'write jwt: { issuer: https://cognito-idp.REGION.amazonaws.com/POOL, audience: [CLIENT] } with the region and ids of the user pool and its app client',
  'api.type': 'remove the key: the API is an HTTP API',
}

/** What to do about an unknown key, or about a value after its key, that is not supported yet. */
export const laterRemedy = (path: readonly (string | number)[]): string | undefined => {
  const written = path.map(String)
  const found = Object.entries(LATER).find(([pattern]) => {
    const parts = pattern.split('.')
    return parts.length === written.length && parts.every((part, index) => part === '*' || part === written[index])
  })
  return found?.[1]
}
