/** The routes of each API, and who may call them. */
import type { Facts } from '../facts/facts.ts'
import { apiOf, apiTypes, type KnownRoute, knownRoutes } from '../relations/apis.ts'
import { type Authorizer, authorizerOf, documentAuthorizerOf } from '../relations/authorizers.ts'
import { mappedTo } from '../relations/domains.ts'
import type { Access, Api } from '../relations/route.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { isAbsent, itemsOf, type Value } from '../resolve/value.ts'
import { inWords } from '../resolve/words.ts'

export type RouteContents = {
  /** `GET /orders/{id}`, as the template writes it. */
  readonly key: string
  readonly access: Access['kind']
  /** The authorizer, or why it is open or not known. */
  readonly by: string
  readonly scopes: readonly string[]
  /** The integration, when it is known. */
  readonly leadsTo?: string
  readonly place: Place
}

export type AuthorizerContents = {
  readonly name: string
  readonly kind: Authorizer['kind']
  readonly issuer?: string
  readonly audience?: readonly string[]
  readonly place: Place
}

export type ApiContents = {
  readonly id: string
  readonly kind: Api['kind']
  /** Custom domains that lead to it. */
  readonly hosts: readonly string[]
  readonly place: Place
  readonly routes: readonly RouteContents[]
  readonly authorizers: readonly AuthorizerContents[]
}

export const apisIn = (facts: Facts): readonly ApiContents[] =>
  facts.all(...apiTypes).map((resource) => apiIn(facts, resource))

function apiIn(facts: Facts, resource: Resource): ApiContents {
  const api = apiOf(resource)
  const routes = knownRoutes(facts, api).map((known) => ({ known, authorizer: decidingOn(facts, api, known) }))
  const named = routes.flatMap(({ authorizer }) => (authorizer && authorizer.kind !== 'iam' ? [authorizer] : []))
  const hosts = mappedTo(facts, resource).map(({ resource: domain, domain: name }) =>
    inWords(domain ? facts.get(domain, 'DomainName') : name),
  )
  return {
    id: resource.id,
    kind: api.kind,
    hosts: [...new Set(hosts)],
    place: facts.place(resource),
    routes: routes.map(({ known, authorizer }) => routeIn(known, authorizer)),
    authorizers: [...new Map(named.map((each) => [each.name, authorizerIn(each)])).values()],
  }
}

const decidingOn = (facts: Facts, api: Api, { route, resource }: KnownRoute): Authorizer | undefined =>
  route.access.kind !== 'closed'
    ? undefined
    : resource
      ? authorizerOf(facts, resource)
      : documentAuthorizerOf(facts, api, route.key)

const routeIn = ({ route }: KnownRoute, authorizer: Authorizer | undefined): RouteContents => ({
  key: route.key,
  access: route.access.kind,
  by: route.access.kind === 'closed' ? route.access.by : route.access.because,
  scopes: authorizer?.scopes ?? [],
  ...(route.leadsTo === undefined ? {} : { leadsTo: route.leadsTo }),
  place: route.place,
})

const authorizerIn = ({ name, kind, issuer, audience, place }: Authorizer): AuthorizerContents => ({
  name,
  kind,
  ...(isAbsent(issuer) ? {} : { issuer: inWords(issuer) }),
  ...(isAbsent(audience) ? {} : { audience: wordsOf(audience) }),
  place,
})

const wordsOf = (value: Value): readonly string[] => (itemsOf(value) ?? [value]).map(inWords)
