/** In which order CloudFormation changes what an update touches: dependencies first, removals last and the other way round. */
import { child, type Node, textOf } from '../read/node.ts'
import { call } from '../resolve/calls.ts'
import type { Program, Resource, Stack } from '../resolve/program.ts'
import type { ResourceChange } from './changes.ts'

export type Action = 'update' | 'removal'
/** `update of KEY`, `removal of KEY`. */
export type Step = string
export const stepOf = (action: Action, key: string): Step => `${action} of ${key}`

/** For each step, those that are done before it. */
export type Order = ReadonlyMap<Step, ReadonlySet<Step>>

/** What is retained is never removed. */
export const isReplaced = ({ change }: ResourceChange): boolean => change === 'replaced'
const isUpdated = ({ change }: ResourceChange): boolean => change !== 'removed'
export const isRemoved = ({ change, isKept }: ResourceChange): boolean =>
  (change === 'removed' || change === 'replaced') && !isKept

export function orderOf(before: Program, after: Program, changes: readonly ResourceChange[]): Order {
  const updates = changes.filter(isUpdated).map(({ key }) => key)
  const removals = changes.filter(isRemoved)
  const first = (change: ResourceChange): boolean => change.change === 'replaced' && change.isDeletedFirst === true
  const needs = needsIn(after)
  const needed = needsIn(before)
  const order = new Map<Step, Set<Step>>()
  for (const key of updates) {
    const earlier = updates.filter((other) => other !== key && needs(key).has(other))
    order.set(stepOf('update', key), new Set(earlier.map((other) => stepOf('update', other))))
  }
  for (const change of removals) {
    const { key } = change
    if (first(change)) {
      order.set(stepOf('removal', key), new Set(order.get(stepOf('update', key))))
      order.get(stepOf('update', key))?.add(stepOf('removal', key))
      continue
    }
    const users = removals.filter((other) => other.key !== key && !first(other) && needed(other.key).has(key))
    order.set(
      stepOf('removal', key),
      new Set([
        ...updates.map((other) => stepOf('update', other)),
        ...users.map((other) => stepOf('removal', other.key)),
      ]),
    )
  }
  return order
}

/** Keys of all resources that one needs, directly or through others. */
function needsIn({ resources }: Program): (key: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>()
  const direct = new Map<string, readonly string[]>()
  const directly = (key: string): readonly string[] => {
    const found = direct.get(key) ?? namedBy(resources.get(key))
    direct.set(key, found)
    return found
  }
  return (key) => {
    const before = known.get(key)
    if (before) return before
    const found = new Set<string>()
    const open = [...directly(key)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue
      found.add(next)
      open.push(...directly(next))
    }
    known.set(key, found)
    return found
  }
}

/** A nested stack is updated after what it is given, and is done when all in it is done. */
function namedBy(resource: Resource | undefined): string[] {
  if (!resource) return []
  const { node, stack, id } = resource
  const inside = stack.children.get(id)
  const own = [...names(child(node, 'Properties')), ...dependsOn(node)].flatMap((name) => within(stack, name))
  return [
    ...own,
    ...(inside ? everythingIn(inside) : []),
    ...(stack.parent ? namedBy(withoutInside(stack.parent.resource)) : []),
  ]
}

const withoutInside = (resource: Resource): Resource => ({
  ...resource,
  stack: { ...resource.stack, children: new Map([...resource.stack.children].filter(([id]) => id !== resource.id)) },
})

function within(stack: Stack, name: string): string[] {
  const nested = stack.children.get(name)
  return [`${stack.key}/${name}`, ...(nested ? everythingIn(nested) : [])]
}

function everythingIn(stack: Stack): string[] {
  const section = child(stack.source.root, 'Resources')
  return section?.kind === 'map' ? [...section.entries.keys()].flatMap((id) => within(stack, id)) : []
}

function dependsOn(node: Node): string[] {
  const said = child(node, 'DependsOn')
  return (said?.kind === 'list' ? said.items : said ? [said] : []).flatMap((each) => textOf(each) ?? [])
}

/** Names that a node refers to in its own stack; parameters among them name no resource. */
function names(node: Node | undefined): string[] {
  if (!node || node.kind === 'scalar') return []
  if (node.kind === 'list') return node.items.flatMap(names)
  const [name, argument] = call(node) ?? []
  const parts = argument?.kind === 'list' ? argument.items : argument ? [argument] : []
  const written = textOf(parts[0])
  if (written !== undefined) {
    if (name === 'Ref') return [written]
    if (name === 'Fn::GetAtt') return [written.split('.', 1)[0] ?? '']
    if (name === 'Fn::Sub')
      return [
        ...[...written.matchAll(/\$\{([^}!][^}]*)\}/g)].map(([, each = '']) => each.trim().split('.', 1)[0] ?? ''),
        ...parts.slice(1).flatMap(names),
      ]
  }
  return [...node.entries.values()].flatMap(({ node: inner }) => names(inner))
}
