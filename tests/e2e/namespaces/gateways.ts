/** What each API does to a request on its way through the link. */
import type { Facts } from '../../../verifier/facts/facts.ts'
import { resourceOf } from '../../../verifier/facts/identity.ts'
import {
  apiOf,
  apiTypes,
  belongsTo,
  integrationOf,
  integrationSources,
  routeOf,
  routeSources,
} from '../../../verifier/relations/apis.ts'
import { linkIn } from '../../../verifier/relations/links.ts'
import { listenerType } from '../../../verifier/relations/load-balancers.ts'
import type { Integration } from '../../../verifier/relations/route.ts'
import type { Resource } from '../../../verifier/resolve/program.ts'
import { isAbsent, textOf } from '../../../verifier/resolve/value.ts'

/** A route for GET; each one needs a token here. */
export type Route = {
  /** `/orders/{proxy+}` */
  readonly path: string
  /** The name that is verified on the certificate of the load balancer. */
  readonly serverName: string
  /** Headers that are overwritten, or taken away. */
  readonly headers: Readonly<Record<string, string | null>>
}

/** By the stack of the API. */
export const gatewaysOf = (facts: Facts, link: Resource, listener: Resource): ReadonlyMap<string, readonly Route[]> =>
  new Map(facts.all(apiTypes[0]).map((api) => [api.stack.key, routesOf(facts, api, link, listener)]))

function routesOf(facts: Facts, resource: Resource, link: Resource, listener: Resource): readonly Route[] {
  const api = apiOf(resource)
  const integrations = integrationSources(facts, api)
    .filter((each) => belongsTo(facts, each, api).is === 'yes')
    .map((each) => integrationOf(facts, each))
  return routeSources(facts, api)
    .filter((each) => belongsTo(facts, each, api).is === 'yes')
    .map((each) => routeOf(facts, each, api))
    .filter(({ key, access }) => /^(?:ANY|GET) /.test(key) && access.kind === 'closed')
    .map(({ key, leadsTo }) => {
      const integration = integrations.find(({ name }) => name === leadsTo)
      if (
        !integration ||
        linkIn(facts, integration.link) !== link ||
        resourceOf(facts, integration.target, listenerType) !== listener
      )
        throw new Error(`${key} of ${resource.id} does not lead through the link to the listener`)
      return { path: key.replace(/^\S+ /, ''), serverName: nameOf(integration), headers: headersOf(integration) }
    })
}

function nameOf({ name, verified }: Integration): string {
  const text = verified.kind === 'name' ? textOf(verified.value) : undefined
  if (text === undefined) throw new Error(`the name that ${name} verifies is not known`)
  return text
}

const headersOf = ({ name, headers }: Integration): Route['headers'] =>
  Object.fromEntries(
    [...headers].map(([header, value]) => {
      const text = isAbsent(value) ? null : textOf(value)
      if (text === undefined) throw new Error(`what ${name} sends as ${header} is not known`)
      return [header, text]
    }),
  )
