/** What differs between a property before and after, in one world. */
import { child, type Node, textOf as scalarText } from '../read/node.ts'
import { call, openBy } from '../resolve/calls.ts'
import type { Stack } from '../resolve/program.ts'
import type { Resolver } from '../resolve/resolver.ts'
import { keyOf, type Value } from '../resolve/value.ts'
import { isUndecided, Undecided, type World } from '../resolve/world.ts'
import type { Meaning } from './meaning.ts'
import { written } from './written.ts'

export type Difference = {
  /** `Subnets.0`, with indices of lists. */
  readonly path: string
  /** Left out where there is nothing. */
  readonly before?: string
  readonly after?: string
  /** False where the value may be the same after all. */
  readonly isSure: boolean
  /** Key of the resource whose replacement is the reason. */
  readonly because?: string
}

/** Whether a resource is replaced, by its key. */
export type Replaced = ReadonlyMap<string, 'yes' | 'maybe'>

export type Place = {
  readonly node: Node | undefined
  readonly stack: Stack
  readonly resolver: Resolver
  readonly meaning: Meaning
}

/** Throws Undecided where worlds differ about it. */
export function differences(path: string, before: Place, after: Place, replaced: Replaced): Difference[] {
  const [old, now] = [settled(before), settled(after)]
  const refers = isReferring(now, replaced)
  if (!refers && old.meaning.of(old.node, old.stack) === now.meaning.of(now.node, now.stack)) return []
  const [a, b] = [old.node, now.node]
  if (isPlainMap(a ?? b) && isPlainMap(b ?? a)) {
    const names = new Set([a, b].flatMap((node) => (node?.kind === 'map' ? [...node.entries.keys()] : [])))
    return [...names].flatMap((name) =>
      differences(`${path}.${name}`, { ...old, node: child(a, name) }, { ...now, node: child(b, name) }, replaced),
    )
  }
  if (a?.kind === 'list' && b?.kind === 'list' && a.items.length === b.items.length)
    return a.items.flatMap((node, index) =>
      differences(`${path}.${index}`, { ...old, node }, { ...now, node: b.items[index] }, replaced),
    )
  return compared(path, old, now, replaced)
}

const isReferring = ({ node, stack, meaning }: Place, replaced: Replaced): boolean =>
  replaced.size > 0 && [...meaning.refers(node, stack)].some((key) => replaced.has(key))

const isPlainMap = (node: Node | undefined): boolean =>
  node?.kind === 'map' && openBy(node) === undefined && call(node) === undefined

/** The branch that is taken; nothing where it is AWS::NoValue. */
function settled(place: Place): Place {
  const { node, stack, resolver } = place
  const [name, argument] = (node && call(node)) ?? []
  if (name === 'Ref' && scalarText(argument) === 'AWS::NoValue') return { ...place, node: undefined }
  const [condition, yes, no] = name === 'Fn::If' && argument?.kind === 'list' ? argument.items : []
  const named = scalarText(condition)
  if (named === undefined) return place
  return settled({ ...place, node: resolver.condition(named, stack) ? yes : no })
}

function compared(path: string, old: Place, now: Place, replaced: Replaced): Difference[] {
  const [was, is] = [old, now].map(({ node, stack, resolver }) => resolver.evaluate(node, stack)) as [Value, Value]
  for (const [value, { resolver }] of [[was, old] as const, [is, now] as const]) split(value, resolver.world)
  const found = compareValues(was, is, replaced)
  if (found === undefined) return []
  const [before, after] = [shown(old, was), shown(now, is)]
  return [
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      isSure: found.isSure,
      ...(found.because === undefined ? {} : { because: found.because }),
    },
  ]
}

/** What it says where that is known, else how it is written. */
const shown = ({ node }: Place, value: Value): string | undefined =>
  value.kind === 'none' ? undefined : value.kind === 'text' ? value.text : written(node)

/** Where a parameter chooses one of several literals, each is compared with its own. Throws Undecided. */
function split(value: Value, world: World): void {
  if (value.kind === 'list') for (const item of value.items) split(item, world)
  if (value.kind === 'joined') for (const part of value.parts) split(part, world)
  if (value.kind !== 'any' || !value.cases) return
  const { parameter, points } = value.cases
  if (isUndecided(world.choices.get(parameter), points)) throw new Undecided({ parameter, values: points })
}

type Compared = { readonly isSure: boolean; readonly because?: string } | undefined

/** Undefined where both are surely the same. */
function compareValues(was: Value, is: Value, replaced: Replaced): Compared {
  if (was.kind === 'any' || is.kind === 'any') return { isSure: false, ...reason(is, replaced) }
  if (was.kind === 'list' && is.kind === 'list' && was.items.length === is.items.length)
    return first(was.items.map((item, index) => compareValues(item, is.items[index] as Value, replaced)))
  if (was.kind === 'joined' && is.kind === 'joined' && was.parts.length === is.parts.length)
    return first(was.parts.map((part, index) => compareValues(part, is.parts[index] as Value, replaced)))
  if (was.kind === 'map' && is.kind === 'map' && was.entries.size === is.entries.size)
    return first([...was.entries].map(([name, item]) => compareValues(item, is.entries.get(name) ?? nothing, replaced)))
  if (keyOf(was) !== keyOf(is)) return { isSure: true, ...reason(is, replaced) }
  const how = is.kind === 'ref' ? replaced.get(is.resource) : undefined
  return how === undefined ? undefined : { isSure: how === 'yes', ...reason(is, replaced) }
}

const nothing: Value = { kind: 'none' }

const first = (found: readonly Compared[]): Compared =>
  found.find((each) => each?.isSure === true) ?? found.find(Boolean)

const reason = (value: Value, replaced: Replaced): { readonly because?: string } =>
  value.kind === 'ref' && replaced.has(value.resource) ? { because: value.resource } : {}
