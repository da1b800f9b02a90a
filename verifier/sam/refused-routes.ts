/** Two events on one route of an API, of which the translator takes only one. */
import type { Mapping, Node } from '../read/node.ts'
import { methodOf } from './document.ts'
import { apiIdOf, apiTypes, type Event, eventsOf } from './events.ts'
import { samPrefix, withGlobals } from './globals.ts'
import { routeOf } from './http-document.ts'
import { get, plainMap, truth, word } from './nodes.ts'
import { type Refusal, refusal } from './refusal.ts'

export function refusedRoutes(resources: Mapping, globals: Node | undefined): Refusal | undefined {
  const seen = new Map<string, string>()
  for (const [id, { node, at }] of resources.entries) {
    const resource = plainMap(node)
    const type = word(get(resource, 'Type'))
    if (!resource || (type !== `${samPrefix}Function` && type !== `${samPrefix}StateMachine`)) continue
    const properties = withGlobals(globals, resource)
    for (const event of (properties && eventsOf({ id, type, at, resource, properties })) ?? []) {
      const route = routeOfEvent(event)
      const api = apiIdOf(event)
      if (!route || api === undefined || !isWrittenBySam(resources, globals, api, event)) continue
      const key = `${api} ${methodOf(route.method)} ${route.path}`
      const label = `${id}.${event.name}`
      const before = seen.get(key)
      if (before !== undefined)
        return refusal(
          event,
          `the events ${before} and ${label} have the same route of ${api}, ${route.method} ${route.path}`,
        )
      seen.set(key, label)
    }
  }
  return undefined
}

function routeOfEvent({ type, properties }: Event): { readonly path: string; readonly method: string } | undefined {
  if (type === 'HttpApi') return routeOf(properties)
  const [path, method] = [word(get(properties, 'Path')), word(get(properties, 'Method'))]
  return type === 'Api' && path && method ? { path, method: method.toLowerCase() } : undefined
}

/** Into a document of the author the events of a REST API are not written, and into one that is joined each by itself. */
function isWrittenBySam(resources: Mapping, globals: Node | undefined, api: string, { type }: Event): boolean {
  const resource = plainMap(get(resources, api))
  if (!resource) return apiTypes[type]?.implicit === api
  const kind = word(get(resource, 'Type'))
  if (kind !== `${samPrefix}${type}` || apiTypes[type]?.implicit === api) return false
  const own = get(resource, 'Properties')
  const isManaged = ['DefinitionBody', 'DefinitionUri'].every((name) => truth(get(own, name)) === false)
  return isManaged && truth(get(withGlobals(globals, resource), 'MergeDefinitions')) === false
}
