/** Events of functions and state machines, as they are written. */
import type { Mapping, Node } from '../read/node.ts'
import type { Sam } from './draft.ts'
import { get, map, plainMap, truth, word } from './nodes.ts'

export type Event = {
  readonly name: string
  readonly at: number
  readonly type: string
  readonly properties: Mapping
}

/** The events of a resource; undefined when any of them cannot be read. */
export function eventsOf(sam: Sam): readonly Event[] | undefined {
  const written = get(sam.properties, 'Events')
  if (truth(written) === false) return []
  const events = plainMap(written)
  if (!events) return undefined
  const read = [...events.entries].map(([name, { at, node }]) => eventOf(name, at, node))
  return read.includes(undefined) ? undefined : (read as Event[])
}

function eventOf(name: string, at: number, node: Node): Event | undefined {
  const event = plainMap(node)
  const type = word(get(event, 'Type'))
  const written = get(event, 'Properties')
  const properties = written ? plainMap(written) : map(at, {})
  return event && type !== undefined && properties ? { name, at, type, properties } : undefined
}

export const apiTypes: Readonly<Record<string, { readonly key: string; readonly implicit: string }>> = {
  Api: { key: 'RestApiId', implicit: 'ServerlessRestApi' },
  HttpApi: { key: 'ApiId', implicit: 'ServerlessHttpApi' },
}

/** The id of the API that an event names, or of the implicit one; undefined when it is not an id of this template. */
export function apiIdOf({ type, properties }: Event): string | undefined {
  const known = apiTypes[type]
  if (!known) return undefined
  const written = properties.entries.get(known.key)?.node
  if (!written) return known.implicit
  return word(written) ?? word(get(written, 'Ref'))
}
