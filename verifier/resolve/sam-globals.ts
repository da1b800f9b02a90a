/** SAM's Globals, given to each resource of their kind: lists are joined, maps merged, the resource's own values win. */
import { child, type Mapping, type Node } from '../read/node.ts'

const sections: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'Api',
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::HttpApi': 'HttpApi',
}

export function withGlobals(root: Mapping, type: string, resource: Mapping): Mapping {
  const section = sections[type]
  const shared = section === undefined ? undefined : child(child(root, 'Globals'), section)
  if (!shared) return resource
  const properties = resource.entries.get('Properties')
  const merged = properties ? merge(shared, properties.node) : shared
  return {
    ...resource,
    entries: new Map([...resource.entries, ['Properties', { at: properties?.at ?? resource.at, node: merged }]]),
  }
}

function merge(shared: Node, own: Node): Node {
  if (shared.kind === 'list' && own.kind === 'list') return { ...own, items: [...shared.items, ...own.items] }
  if (shared.kind !== 'map' || own.kind !== 'map') return own
  const entries = new Map(shared.entries)
  for (const [key, entry] of own.entries) {
    const before = shared.entries.get(key)
    entries.set(key, before ? { at: entry.at, node: merge(before.node, entry.node) } : entry)
  }
  return { ...own, entries }
}
