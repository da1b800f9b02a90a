/** The pool of Cognito behind an id such as eu-west-1_AbCdEf: its tokens carry this address, without a slash at the end. */
const POOL_ID = /(?:^|[/:])([a-z]{2,3}(?:-[a-z]+)+-[0-9])_([A-Za-z0-9]+)\b/

const poolIssuer = (text: string): string | undefined => {
  const [, region, pool] = POOL_ID.exec(text) ?? []
  if (region === undefined) return undefined
  return `https://cognito-idp.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${region}_${pool}`
}

export type OtherAddress = { readonly what: string; readonly remedy: string }

/**
 * What else of an identity provider the text is, where it is not the issuer: the address of a document below it, or the id,
 * ARN or sign-in page of a pool of Cognito. https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 */
export const notTheIssuer = (text: string): OtherAddress | undefined => {
  const issuer = poolIssuer(text)
  const [, base = ''] = /^(https:\/\/.+?)\/+\.well-known(?:\/.*)?$/.exec(text) ?? []
  const isCognito = /^https:\/\/cognito-idp\./.test(text)
  if (base !== '')
    return {
      what: 'the address of a document of the identity provider',
      remedy: isCognito
        ? `write ${base}`
        : `write what that document names as its issuer: ${base}, or ${base}/ with a slash at the end`,
    }
  if (isCognito && issuer !== undefined && text !== issuer)
    return { what: 'more than the issuer of a user pool', remedy: `write ${issuer}` }
  const [, region] = /^https:\/\/[^/]+\.auth(?:-fips)?\.([a-z0-9-]+)\.amazoncognito\.com(?:\/.*)?$/.exec(text) ?? []
  if (region !== undefined || (isCognito && issuer === undefined))
    return {
      what: region === undefined ? 'no user pool' : 'the sign-in page of a user pool',
      remedy: `write https://cognito-idp.${region ?? 'REGION'}.amazonaws.com/ and the id of the pool, such as ${poolIssuer(`${region ?? 'eu-west-1'}_AbCdEfGhI`)}`,
    }
  if (!text.startsWith('https:') && issuer !== undefined)
    return { what: 'a user pool of Cognito', remedy: `write its issuer, ${issuer}` }
  return undefined
}
