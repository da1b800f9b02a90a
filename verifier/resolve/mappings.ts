/** Fn::FindInMap: what a mapping holds under names, one of which may depend on a parameter. */
import { child, type Node } from '../read/node.ts'
import { casesOf } from './cases.ts'
import type { Stack } from './program.ts'
import type { Resolver } from './resolver.ts'
import { isDynamic } from './stored.ts'
import { taintOf } from './taint.ts'
import {
  any,
  type Cases,
  keyOf,
  list,
  none,
  nothing,
  type Origin,
  originsOf,
  text,
  textOf,
  union,
  type Value,
} from './value.ts'
import { Infeasible, leaves, oneOf, Undecided } from './world.ts'

/** `names`: of the mapping, of its first level and of its second. `fallback`: the DefaultValue. */
export function found(resolver: Resolver, names: readonly Value[], fallback: Node | undefined, stack: Stack): Value {
  const mappings = child(stack.source.root, 'Mappings')
  const texts = names.map(textOf)
  const open = texts.indexOf(undefined)
  if (open < 0) {
    const node = below(mappings, texts) ?? fallback
    if (!node) throw new Infeasible(`the mapping ${texts[0]} has no ${texts.slice(1).join('.')}`)
    return resolver.evaluate(node, stack)
  }
  const level = below(mappings, texts.slice(0, open))
  const keys = level?.kind === 'map' ? [...level.entries.keys()] : []
  const other = fallback && resolver.evaluate(fallback, stack)
  const isLiteral = level === undefined || holdsLiterals(level, names.length - open)
  const named = isLiteral ? nameOf(resolver, names[open] ?? none, keys) : undefined
  const cases = named && lookedUp(named, level, texts.slice(open + 1), other)
  const only = cases && settled(resolver, cases, texts[0])
  if (only) return only
  const held = isLiteral ? nothing : taintOf(resolver, resolver.evaluate(level, stack))
  const parts = other ? [...names, other] : names
  const turning = (origin: Origin): Origin => {
    if (!cases) return { ...origin, values: keys }
    return names[open]?.kind === 'outside' ? { ...origin, parameter: cases.parameter, values: cases.points } : origin
  }
  const value = any(
    `map(${JSON.stringify(stack.key)},${parts.map(keyOf).join(',')})`,
    other ? union([held, taintOf(resolver, other)]) : held,
    ...names.flatMap((name, index) => originsOf(name).map((origin) => (index === open ? turning(origin) : origin))),
    ...(other ? originsOf(other).filter(({ kind }) => kind !== 'attribute') : []),
  )
  return cases ? { ...value, cases } : value
}

const below = (node: Node | undefined, path: readonly (string | undefined)[]): Node | undefined =>
  path.reduce<Node | undefined>((inner, name) => child(inner, name ?? ''), node)

/** The name by the parameter that decides it. What the mapping does not have is `none`. */
function nameOf({ world }: Resolver, name: Value, keys: readonly string[]): Cases | undefined {
  if (keys.length === 0) return undefined
  if (name.kind !== 'outside') {
    const cases = casesOf(name)
    const at: Cases['at'] = (point) => cases?.at(point)?.[0]
    const isWritten = cases && [...cases.points, undefined].every((point) => (at(point) ?? text('')).kind === 'text')
    return isWritten ? { ...cases, at } : undefined
  }
  if (name.origin.kind !== 'parameter' && name.origin.kind !== 'pseudo') return undefined
  const choice = world.choices.get(name.key)
  return {
    parameter: name.key,
    points: oneOf(choice) ?? keys.filter((key) => leaves(choice, key)),
    at: (point) => (point === undefined ? none : text(point)),
  }
}

/** What stands there under each name, or else `other`. */
function lookedUp(
  named: Cases,
  level: Node | undefined,
  rest: readonly (string | undefined)[],
  other: Value | undefined,
): Cases | undefined {
  if (rest.includes(undefined)) return undefined
  return {
    ...named,
    at: (point) => {
      const name = named.at(point)
      const node = name && below(level, [textOf(name), ...rest])
      return node ? literal(node) : name && other
    },
  }
}

/** The value where it is the same in all cases; undefined where it is not. Where there is none, nothing can be deployed. */
function settled(
  { world }: Resolver,
  { parameter, points, at }: Cases,
  mapping: string | undefined,
): Value | undefined {
  const values = points.flatMap((point) => at(point) ?? [])
  const isOneOf = oneOf(world.choices.get(parameter)) !== undefined
  const [first = isOneOf ? undefined : at(undefined), ...others] = values
  if (first === undefined) throw new Infeasible(`the mapping ${mapping} has no other key`)
  if (values.length === 0) return first
  if (!isOneOf) return undefined
  if (values.length < points.length)
    throw new Undecided({ parameter, values: points, said: (point) => at(point) !== undefined })
  return others.every((each) => keyOf(each) === keyOf(first)) ? first : undefined
}

const literal = (node: Node): Value =>
  node.kind === 'list' ? list(node.items.map(literal)) : text(node.kind === 'scalar' ? node.text : '')

const known = new WeakMap<Node, boolean>()

/** Whether maps of so many levels hold nothing but texts and lists of them, which mean the same in every world. */
function holdsLiterals(node: Node, levels: number): boolean {
  const before = known.get(node)
  if (before !== undefined) return before
  const answer =
    node.kind === 'scalar'
      ? levels === 0 && node.type !== 'null' && !node.doubt && !isDynamic(node.text)
      : node.kind === 'list'
        ? levels === 0 && node.items.every((item) => holdsLiterals(item, 0))
        : levels > 0 && [...node.entries.values()].every((each) => holdsLiterals(each.node, levels - 1))
  known.set(node, answer)
  return answer
}
