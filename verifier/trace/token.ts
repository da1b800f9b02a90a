/**
 * What a JWT authorizer says of a token, as far as that can be seen without the keys of its issuer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */

export type Wanted = {
  /** Undefined where they are not known. */
  readonly issuer: string | undefined
  readonly audience: readonly (string | undefined)[]
  /** One of them is enough. */
  readonly scopes: readonly string[]
}

export type Decision =
  | { readonly is: 'refused'; readonly status: 401 | 403; readonly because: string }
  /** As long as these hold. */
  | { readonly is: 'accepted'; readonly needs: readonly string[] }

/** What stands for a credential that is right. */
export const anyRight = '...'

/** `now` in seconds. */
export function decide(token: string, { issuer, audience, scopes }: Wanted, now: number): Decision {
  const by = issuer ?? 'its issuer'
  const bare = token.replace(/^Bearer\s+/i, '')
  if (bare === anyRight)
    return {
      is: 'accepted',
      needs: [
        `a token of ${by} for ${audience.map((each) => each ?? 'its audience').join(' or ')}${
          scopes.length > 0 ? `, with the scope ${scopes.join(' or ')}` : ''
        }`,
      ],
    }
  const claims = claimsOf(bare)
  if (!claims) return refused('it is no token')
  const { iss, exp, nbf } = claims
  if (issuer !== undefined && iss !== issuer) return refused(`its issuer is not ${issuer}`)
  const meant = [claims['aud'], claims['client_id']].flat()
  if (!audience.includes(undefined) && !audience.some((each) => meant.includes(each)))
    return refused(`it is not for ${audience.join(' or ')}`)
  if (typeof exp === 'number' && exp <= now) return refused('it has expired')
  if (typeof nbf === 'number' && nbf > now) return refused('it is not valid yet')
  const granted = String(claims['scope'] ?? claims['scp'] ?? '').split(' ')
  if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope)))
    return { is: 'refused', status: 403, because: `it lacks the scope ${scopes.join(' or ')}` }
  return { is: 'accepted', needs: [`a signature of ${by} on the token`] }
}

const refused = (because: string): Decision => ({ is: 'refused', status: 401, because })

/** The claims of what has the form of a token; undefined for anything else. */
function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [head = '', body = '', signature, ...more] = token.split('.')
  if (signature === undefined || signature === '' || more.length > 0) return undefined
  const [header, claims] = [head, body].map(readPart)
  return header && claims
}

function readPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(atob(fromUrl(part)), (each) => each.charCodeAt(0))),
    )
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : undefined
  } catch {
    return undefined
  }
}

const fromUrl = (part: string): string => part.replaceAll('-', '+').replaceAll('_', '/')
