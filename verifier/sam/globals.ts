/**
 * Globals, given to each resource of their kind: lists are joined, maps merged, the resource's own values win,
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 * `IgnoreGlobals` takes all of them away, or those it lists, https://github.com/aws/serverless-application-model/pull/3386
 */
import type { Mapping, Node } from '../read/node.ts'
import { functionOf, get, map, plainMap, truth, without, word } from './nodes.ts'

export const samPrefix = 'AWS::Serverless::'

/** What the translator does not merge by the general rule. */
const rules: Readonly<Record<string, 'replace' | 'prune'>> = {
  'Function.Architectures': 'replace',
  'CapacityProvider.InstanceRequirements.Architectures': 'replace',
  'CapacityProvider.ManagedResourceTags': 'prune',
}

/** The properties of a resource with the globals in them; undefined when they cannot be read. */
export function withGlobals(globals: Node | undefined, resource: Mapping): Mapping | undefined {
  const written = get(resource, 'Properties')
  const own = written ? plainMap(written) : map(resource.at, {})
  if (!own || !globals) return own
  const sections = plainMap(globals)
  if (!sections) return undefined
  const section = (word(get(resource, 'Type')) ?? '').slice(samPrefix.length)
  const given = get(sections, section)
  if (!given) return own
  const shared = plainMap(given)
  const kept = shared && keptOf(shared, get(resource, 'IgnoreGlobals'))
  return kept && (merge(kept, own, section) as Mapping)
}

function keptOf(shared: Mapping, ignored: Node | undefined): Mapping | undefined {
  if (truth(ignored) === false) return shared
  if (word(ignored) === '*') return map(shared.at, {})
  const names = ignored?.kind === 'list' ? ignored.items.map(word) : undefined
  if (!names || names.includes(undefined)) return undefined
  return without(shared, ...(names as string[]))
}

function merge(shared: Node, own: Node, path: string): Node {
  const rule = rules[path]
  if (rule === 'replace') return own
  if (shared.kind === 'list' && own.kind === 'list') return { ...own, items: [...shared.items, ...own.items] }
  if (shared.kind !== 'map' || own.kind !== 'map' || functionOf(shared) || functionOf(own)) return own
  const entries = new Map(rule === 'prune' && own.entries.size > 0 ? [] : shared.entries)
  for (const [key, entry] of own.entries) {
    const before = shared.entries.get(key)
    entries.set(key, before ? { at: entry.at, node: merge(before.node, entry.node, `${path}.${key}`) } : entry)
  }
  return { ...own, entries }
}
