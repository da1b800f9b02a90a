/**
 * Keys that are planned: refused by name until they work, never ignored. `*` stands for any name.
 * The text says what to do until then.
 */
export const LATER: Readonly<Record<string, string>> = {
  'domain.basePath': 'take the key out: the API answers at the root of its domain',
  'domain.mutualTls': 'take the key out and use an authorizer in api.auth',
  'domain.zones': 'write one zone in domain.zone; all names must lie in it',
  domains: 'write one domain in domain; further names for the certificate go to domain.alternativeNames',
  zones: 'write one zone in domain.zone; all names must lie in it',
  'network.existing': 'take the key out: a VPC of its own is made; connect it with yours after the deployment',
  'loadBalancer.existing': 'take the key out: a load balancer of its own is made',
  'loadBalancer.webAcl': 'take the key out and associate the web ACL with the load balancer after the deployment',
  cluster: 'take the key out: a cluster of its own is made',
  'services.*.deployment': 'take the key out: rolling deployments with circuit breaker and rollback are always on',
  'services.*.spot': 'take the key out: tasks run on Fargate',
  'services.*.exec': 'take the key out: nobody can open a shell in a task',
  'services.*.permissions': 'take the key out and attach policies to the task role after the deployment',
  'services.*.volumes': 'take the key out and keep data outside of the tasks',
  'services.*.sidecars': 'take the key out: a task has one container',
  'observability.alarms': 'take the key out and make alarms beside the application',
  'observability.dashboard': 'take the key out and make a dashboard beside the application',
  'observability.notify': 'take the key out and make notifications beside the application',
  'api.type': 'take the key out: the API is an HTTP API',
  overrides: 'take the key out; values that differ per environment go to environments.<name>.parameters',
}

/** What to do about an unknown key that is only not supported yet. */
export const laterRemedy = (path: readonly (string | number)[]): string | undefined => {
  const written = path.map(String)
  const found = Object.entries(LATER).find(([pattern]) => {
    const parts = pattern.split('.')
    return parts.length === written.length && parts.every((part, index) => part === '*' || part === written[index])
  })
  return found?.[1]
}
