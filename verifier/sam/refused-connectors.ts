/** Connectors that the translator refuses. */
import type { Mapping, Node } from '../read/node.ts'
import { notConnected } from './connected-types.ts'
import { samPrefix } from './globals.ts'
import { get, plainMap, word } from './nodes.ts'
import { first, kindOf, type Refusal, refusal } from './refusal.ts'

export function refusedConnectors(resources: Mapping): Refusal | undefined {
  return first([...resources.entries], ([id, { node }]) => {
    const resource = plainMap(node)
    if (word(get(resource, 'Type')) === `${samPrefix}Connector`) {
      const properties = plainMap(get(resource, 'Properties'))
      const source = get(properties, 'Source')
      return (
        properties &&
        (inReference(resources, id, source) ?? inConnector(resources, id, properties, typeOf(resources, source)))
      )
    }
    return first([...(plainMap(get(resource, 'Connectors'))?.entries ?? [])], ([name, { node: connector }]) => {
      const properties = plainMap(get(plainMap(connector), 'Properties'))
      return properties && inConnector(resources, `${id}${name}`, properties, word(get(resource, 'Type')))
    })
  })
}

function inConnector(
  resources: Mapping,
  id: string,
  properties: Mapping,
  source: string | undefined,
): Refusal | undefined {
  const destination = get(properties, 'Destination')
  const all = destination?.kind === 'list' ? destination.items : destination ? [destination] : []
  if (destination?.kind === 'list' && all.length === 0) return refusal(destination, `the connector ${id} leads nowhere`)
  const permissions = get(properties, 'Permissions')
  const given = permissions?.kind === 'list' ? permissions.items : undefined
  if (permissions && given?.length === 0) return refusal(permissions, `the connector ${id} has no Permissions`)
  const strange = given?.find((each) => kindOf(each) === 'text' && !['Read', 'Write'].includes(word(each) ?? ''))
  if (strange) return refusal(strange, `the connector ${id} has the permission ${word(strange)}`)
  const words = given?.every((each) => kindOf(each) === 'text') ? given.map((each) => word(each) ?? '') : undefined
  return first(all, (each) => {
    const type = typeOf(resources, each)
    const why = source !== undefined && type !== undefined ? notConnected(source, type, words) : undefined
    return (
      inReference(resources, id, each) ?? (why ? refusal(each, `the connector ${id} leads from ${why}`) : undefined)
    )
  })
}

/** What the translator takes the end of a connector for; undefined where that cannot be told. */
function typeOf(resources: Mapping, node: Node | undefined): string | undefined {
  const reference = plainMap(node)
  const named = get(reference, 'Id')
  if (!named) return word(get(reference, 'Type'))
  return kindOf(named) === 'text' ? word(get(plainMap(get(resources, word(named) ?? '')), 'Type')) : undefined
}

/** By the logical ID and perhaps a qualifier, or by everything else. */
function inReference(resources: Mapping, id: string, node: Node | undefined): Refusal | undefined {
  const reference = plainMap(node)
  if (!reference || reference.entries.size === 0) return undefined
  const names = [...reference.entries.keys()]
  const others = names.filter((name) => name !== 'Id' && name !== 'Qualifier')
  if (names.includes('Id') === others.length > 0)
    return refusal(reference, `the connector ${id} needs an Id, or all else without one`)
  const named = get(reference, 'Id')
  if (!named) return undefined
  return kindOf(named) === 'text' && !get(resources, word(named) ?? '')
    ? refusal(named, `the connector ${id} names ${word(named)}, which is no resource of the template`)
    : undefined
}
