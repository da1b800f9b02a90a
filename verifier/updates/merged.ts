/**
 * Both sides as one set of templates, in which each step of the update is a parameter: what a resource is before its
 * step and after it is a condition on that. A question about it is one about every moment of the update, and splits only
 * where a step matters to it.
 */
import { child, type Entry, type Mapping, type Node, textOf } from '../read/node.ts'
import { call, openBy } from '../resolve/calls.ts'
import type { Program, Resource, Stack } from '../resolve/program.ts'
import type { Choice } from '../resolve/world.ts'
import type { ResourceChange } from './changes.ts'
import { choice, condition, entriesOf, every, list, map, not, noValue, ref, some, text, withEntry } from './nodes.ts'
import { isReplaced, type Order, type Step, stepOf } from './order.ts'
import { type Renaming, renamed } from './renaming.ts'
import { type Names, namesOf } from './renamings.ts'
import type { Sides } from './sides.ts'

export const done = 'done'
export const notYet = 'not yet'

export type Merged = {
  readonly program: Program
  /** Values of parameters that are of one side. */
  readonly pinned: ReadonlyMap<string, Choice>
  /** Parameter -> the step that it stands for. */
  readonly steps: ReadonlyMap<string, Step>
}

/** A stack that cannot be put together with what takes its place. */
export class Unmergeable extends Error {}

/** A stack on both sides, as far as it is there. */
type Pair = { readonly key: string; readonly was: Stack | undefined; readonly is: Stack | undefined }
type Definition = readonly [string, Node]
type Below = Pick<Stack, 'parent' | 'set'>

/** Throws Unmergeable. */
export function merged(sides: Sides, changes: readonly ResourceChange[], order: Order): Merged {
  const { before, after } = sides
  const byKey = new Map(changes.map((change) => [change.key, change]))
  // No name that CloudFormation takes holds a space.
  const nameOf = new Map([...order.keys()].map((step, index) => [step, `step ${index}`]))
  const steps = [...nameOf.values()]
  const names = namesOf(sides, new Set(changes.filter(isReplaced).map(({ key }) => key)))
  const stacks: Stack[] = []
  const resources = new Map<string, Resource>()

  const pairOf = (key: string): Pair => ({
    key,
    was: before.program.stacks.find((stack) => stack.key === key),
    is: after.program.stacks.find((stack) => stack.key === key),
  })

  function build(key: string, below: Below): Stack {
    const pair = pairOf(key)
    checkNames(pair)
    const it = (pair.is ?? pair.was) as Stack
    const made = [...new Set([...idsOf(pair.is), ...idsOf(pair.was)])].flatMap((id) => versionsOf(pair, id))
    const stack: Stack = {
      key,
      source: { path: it.source.path, text: it.source.text, root: rootOf(pair, made, below.parent === undefined) },
      children: new Map(),
      ...below,
      ...(it.refused ? { refused: it.refused } : {}),
    }
    stacks.push(stack)
    for (const { id, node, present } of made) {
      const whole = present ? withEntry(node, 'Condition', text(presenceOf(id))) : without(node, 'Condition')
      const type = textOf(child(node, 'Type')) ?? ''
      resources.set(`${key}/${id}`, { key: `${key}/${id}`, id, type, stack, node: whole, at: node.at })
    }
    for (const id of new Set([pair.is, pair.was].flatMap((side) => [...(side?.children.keys() ?? [])]))) {
      const inner = pair.is?.children.get(id) ?? pair.was?.children.get(id)
      const resource = resources.get(`${key}/${id}`)
      if (!inner || !resource) continue
      const under: Below = inner.set ? { set: { stack, resource } } : { parent: { stack, resource } }
      stack.children.set(id, build(resource.key, under))
    }
    return stack
  }

  /** What a logical ID stands for at some moment: one resource, or the old and the new one. */
  function versionsOf({ key, was, is }: Pair, id: string): Version[] {
    const [then, now] = [nodeOf(was, id), nodeOf(is, id)]
    const own = `${key}/${id}`
    const change = byKey.get(own)
    const update = nameOf.get(stepOf('update', own))
    const removal = nameOf.get(stepOf('removal', own))
    const updated = update === undefined ? [] : [condition(update)]
    const lasting = removal === undefined ? [] : [not(condition(removal))]
    const renaming = was && names.of(was)
    const ofNew = (node: Mapping, when: readonly Node[] = []) => presence(node, when)
    const ofOld = (node: Mapping, when: readonly Node[] = []) => presence(node, when, renaming?.conditions)
    const old = (node: Mapping): Mapping => (renaming ? (renamed(node, renaming) as Mapping) : node)

    if (was?.children.has(id) || is?.children.has(id)) {
      const present = some([...(now ? [ofNew(now)] : []), ...(then ? [ofOld(then)] : [])])
      return [{ id, node: nested(id, then, now, was), present }]
    }
    if (!then || !was) return now ? [{ id, node: now, present: ofNew(now, updated) }] : []
    if (!now || !is) return [{ id, node: old(then), present: ofOld(then, lasting) }]
    if (!change || update === undefined) return [{ id, node: now, present: ofNew(now) }]
    if (isReplaced(change))
      return [
        { id, node: now, present: ofNew(now, updated) },
        { id: names.oldOf(id), node: old(then), present: ofOld(then, lasting) },
      ]
    const isAlways = !child(now, 'Condition') && !child(then, 'Condition')
    const present = isAlways ? undefined : some([ofNew(now, updated), ofOld(then, updated.map(not))])
    return [{ id, node: inPlace(own, update, [then, was], [now, is]), present }]
  }

  /** A nested stack is given what both of its sides need, and every step. */
  function nested(id: string, then: Mapping | undefined, now: Mapping | undefined, was: Stack | undefined): Mapping {
    const inner = was?.children.get(id)
    const others = inner && names.of(inner).parameters
    const entries = new Map<string, Entry>()
    if (was)
      for (const [name, { at, node }] of givenTo(id, then))
        entries.set(others?.get(name) ?? name, { at, node: renamed(node, names.of(was)) })
    for (const [name, entry] of givenTo(id, now)) entries.set(name, entry)
    for (const step of steps) entries.set(step, { at: 0, node: ref(step) })
    const it = (now ?? then) as Mapping
    const properties = child(it, 'Properties')
    const plain: Mapping = properties?.kind === 'map' ? properties : map([])
    return withEntry(it, 'Properties', withEntry(plain, 'Parameters', { kind: 'map', at: it.at, entries }))
  }

  function inPlace(key: string, update: string, [then, was]: At, [now, is]: At): Mapping {
    if (openBy(then) !== undefined || openBy(now) !== undefined) throw new Unmergeable(`${key} comes of a macro`)
    const [old, fresh] = [child(then, 'Properties'), child(now, 'Properties')]
    const either = (one: Node | undefined, other: Node | undefined): Node =>
      choice(update, one ?? noValue, other ? renamed(other, names.of(was)) : noValue)
    if (!isPlain(old) || !isPlain(fresh)) return withEntry(now, 'Properties', either(fresh, old))
    const keys = new Set([...entriesOf(then, 'Properties').keys(), ...entriesOf(now, 'Properties').keys()])
    const properties = [...keys].map((name): Definition => {
      const [one, other] = [child(fresh, name), child(old, name)]
      return [name, one && names.isSame([other, was], [one, is]) ? one : either(one, other)]
    })
    return withEntry(now, 'Properties', map(properties))
  }

  function rootOf({ was, is }: Pair, made: readonly Version[], isTop: boolean): Mapping {
    const rules = child(is?.source.root, 'Rules')
    const both = (name: string, how: Renaming['parameters'] | undefined): Definition[] => {
      const there = entriesOf(is?.source.root, name)
      const earlier = [...entriesOf(was?.source.root, name)].filter(([each]) => how?.has(each) || !there.has(each))
      return [
        ...[...there].map(([each, { node }]): Definition => [each, node]),
        ...earlier.map(
          ([each, { node }]): Definition => [how?.get(each) ?? each, was ? renamed(node, names.of(was)) : node],
        ),
      ]
    }
    const renaming = was && names.of(was)
    const declared = map([
      ['Type', text('String')],
      ...(isTop ? [['AllowedValues', list([text(done), text(notYet)])] as const] : []),
    ])
    const isDone = steps.map((step): Definition => [step, map([['Fn::Equals', list([ref(step), text(done)])]])])
    const presences = made.flatMap(({ id, present }): Definition[] => (present ? [[presenceOf(id), present]] : []))
    return map([
      ...(rules ? [['Rules', rules] as const] : []),
      [
        'Parameters',
        map([...both('Parameters', renaming?.parameters), ...steps.map((step): Definition => [step, declared])]),
      ],
      ['Mappings', map(both('Mappings', renaming?.mappings))],
      ['Conditions', map([...both('Conditions', renaming?.conditions), ...isDone, ...presences])],
      // Nobody in the templates is handed what leaves a top-level stack.
      ['Outputs', map(both('Outputs', was && !isTop ? names.outputsOf(was) : undefined))],
      ['Resources', map(made.map(({ id, node }): Definition => [id, node]))],
    ])
  }

  for (const { key, parent, set } of after.program.stacks) if (!parent && !set) build(key, {})
  const ofBefore = [...before.pinned].map(([name, value]) => [names.ofParameter(name), value] as const)
  return {
    program: { stacks, resources },
    pinned: new Map([...after.pinned, ...ofBefore]),
    steps: new Map([...nameOf].map(([step, name]) => [name, step])),
  }
}

type At = readonly [Mapping, Stack]
/** A resource that is there where `present` holds. */
type Version = { readonly id: string; readonly node: Mapping; readonly present: Node | undefined }

const presenceOf = (id: string): string => `presence of ${id}`

const idsOf = (stack: Stack | undefined): readonly string[] => [...entriesOf(stack?.source.root, 'Resources').keys()]

function nodeOf(stack: Stack | undefined, id: string): Mapping | undefined {
  const node = child(child(stack?.source.root, 'Resources'), id)
  return node?.kind === 'map' ? node : undefined
}

const without = (node: Mapping, name: string): Mapping => ({
  ...node,
  entries: new Map([...node.entries].filter(([key]) => key !== name)),
})

const isPlain = (node: Node | undefined): boolean =>
  node === undefined || (node.kind === 'map' && call(node) === undefined && openBy(node) === undefined)

/** What has to hold beside the resource's own condition; undefined where nothing has to. */
function presence(node: Node, when: readonly Node[], conditions?: Names): Node | undefined {
  const own = textOf(child(node, 'Condition'))
  return every([...when, ...(own === undefined ? [] : [condition(conditions?.get(own) ?? own)])])
}

function givenTo(id: string, node: Mapping | undefined): ReadonlyMap<string, Entry> {
  const properties = child(node, 'Properties')
  if (!isPlain(properties) || !isPlain(child(properties, 'Parameters')))
    throw new Unmergeable(`${id} gets its parameters by a function`)
  return entriesOf(properties, 'Parameters')
}

/** What a macro adds or our own names could hide is not put together. */
function checkNames({ key, was, is }: Pair): void {
  for (const stack of [was, is]) {
    if (stack?.macro !== undefined) throw new Unmergeable(`${stack.source.path} has a macro`)
    for (const name of ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs']) {
      const section = child(stack?.source.root, name)
      if (section?.kind === 'map' && openBy(section) !== undefined) throw new Unmergeable(`${key} has a macro`)
      for (const each of entriesOf(stack?.source.root, name).keys())
        if (/\s/.test(each)) throw new Unmergeable(`a name in ${key} holds a space`)
    }
  }
}
