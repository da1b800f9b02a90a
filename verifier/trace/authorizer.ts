/** What the authorizer of a route says to a request. */
import { type Authorizer, authorizerOf, documentAuthorizerOf } from '../relations/authorizers.ts'
import type { Api, ApiRoute } from '../relations/route.ts'
import type { Resource } from '../resolve/program.ts'
import { itemsOf, textOf } from '../resolve/value.ts'
import { queryPairs, type Request } from './request.ts'
import { anyRight, decide } from './token.ts'
import type { Walk } from './walk.ts'

/** False where the way ends here. `now` in seconds. */
export function isAuthorized(
  walk: Walk,
  api: Api,
  { route, resource }: { readonly route: ApiRoute; readonly resource: Resource | undefined },
  request: Request,
  now: number,
): boolean {
  const { facts } = walk
  const { access } = route
  if (access.kind === 'open') {
    walk.pass({ node: route.name, place: route.place }, 'no authorizer: anybody may call it')
    return true
  }
  if (access.kind === 'unknown') {
    walk.unknown({ node: route.name, place: route.place }, access.because, access.value)
    return false
  }
  const authorizer = resource ? authorizerOf(facts, resource) : documentAuthorizerOf(facts, api, route.key)
  if (!authorizer) {
    walk.passIf({ node: access.by, place: route.place }, 'decides who may call', `${access.by} lets the caller in`)
    return true
  }
  const at = { node: authorizer.name, place: authorizer.place }
  const missing = authorizer.sources.filter((source) => given(source, request) === '')
  if (missing.length > 0) {
    walk.answer(at, refusedBy(authorizer, api), `the request has no ${missing.map(shown).join(' and no ')}`)
    return false
  }
  if (authorizer.kind !== 'jwt') {
    const need = {
      iam: 'a signature of a principal that may call it',
      cognito: 'a token of the user pool',
      function: 'its function lets the caller in',
      other: 'it lets the caller in',
    }[authorizer.kind]
    walk.passIf(at, `decides who may call`, `${authorizer.name}: ${need}`)
    return true
  }
  const [source = ''] = authorizer.sources
  const decision = decide(
    given(source, request) ?? anyRight,
    {
      issuer: textOf(authorizer.issuer),
      audience: (itemsOf(authorizer.audience) ?? [authorizer.audience]).map(textOf),
      scopes: authorizer.scopes,
    },
    now,
  )
  if (decision.is === 'refused') {
    walk.answer(at, decision.status, `refuses the token: ${decision.because}`)
    return false
  }
  walk.passIf(at, 'takes the token', decision.needs.join(' and '))
  return true
}

/** What stands there; undefined for a place that a request does not show here. */
function given(source: string, { headers, query }: Request): string | undefined {
  const [, place, name = ''] = /^(?:\$|method\.)request\.(header|querystring)\.(.+)$/.exec(source) ?? []
  if (place === 'header') return headers.get(name.toLowerCase()) ?? ''
  if (place === 'querystring') return queryPairs(query).find(([key]) => key === name)?.[1] ?? ''
  return undefined
}

const shown = (source: string): string => source.replace(/^(?:\$|method\.)request\.(header|querystring)\./, '$1 ')

/** A request without a signature is forbidden, one without a token unauthorized. */
const refusedBy = ({ kind }: Authorizer, { kind: api }: Api): number =>
  kind === 'iam' || (kind === 'other' && api === 'rest') ? 403 : 401
