/**
 * What is not read: resources of types that nobody judged, properties that the model does not know, bodies that cannot
 * be read. What reaches them may be acted on.
 */
import type { Facts, Surroundings } from '../facts/facts.ts'
import { classOf, hasProperty, propertyJudgement, type Role, roleOf } from '../facts/types/table.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, type Taint, type Value } from '../resolve/value.ts'
import { isStartOf, startedBy } from './state-machines.ts'
import { below, writtenIn } from './written.ts'

/** Roles in which a thing may be named without anything coming of it that a relation does not show. */
const understood: ReadonlySet<Role | undefined> = new Set<Role>(['shown', 'data', 'peer', 'passive', 'carrier'])
/** Those that relations of this model follow, for the types that it reads. */
const followed: ReadonlySet<Role | undefined> = new Set<Role>(['owner', 'target', 'rights'])

export type Unread =
  | { readonly kind: 'resource'; readonly resource: Resource; readonly of: Resource; readonly path: string }
  /** A property of the protected resource itself, or all of them. */
  | { readonly kind: 'property'; readonly resource: Resource; readonly path: string; readonly value: Value }

const nested = new Set(['AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet', 'AWS::Serverless::Application'])

/** A nested stack whose body is read is looked at by itself. */
export const isReadContainer = ({ type, stack, id }: Resource): boolean => nested.has(type) && stack.children.has(id)

/** Resources that may act on one of these, in any world. */
export function strangersTo({ around }: Facts, keys: readonly string[]): readonly Resource[] {
  const { all, byNamed } = actorsIn(around)
  const named = new Set(keys.flatMap((key) => byNamed.get(key) ?? []))
  return all.filter((resource) => named.has(resource) || around.names.get(resource.key) === 'all')
}

type Actors = {
  /** Resources that may act on what they name, in any world. */
  readonly all: readonly Resource[]
  /** Key of what is named -> who names it. */
  readonly byNamed: ReadonlyMap<string, readonly Resource[]>
}

const known = new WeakMap<Surroundings, Actors>()

function actorsIn(around: Surroundings): Actors {
  const before = known.get(around)
  if (before) return before
  const all = [...around.program.resources.values()].filter(
    (resource) =>
      !isReadContainer(resource) && classOf(resource.type) !== 'harmless' && !isUnderstood(around, resource),
  )
  const byNamed = new Map<string, Resource[]>()
  for (const resource of all) {
    const names = around.names.get(resource.key)
    if (names === undefined || names === 'all') continue
    for (const key of names) {
      const same = byNamed.get(key)
      if (same) same.push(resource)
      else byNamed.set(key, [resource])
    }
  }
  const made = { all, byNamed }
  known.set(around, made)
  return made
}

/** What the resource does with one of these that is not understood; undefined when nothing is left open. */
export function unreadIn(facts: Facts, resource: Resource, keys: ReadonlyMap<string, Resource>): Unread | undefined {
  for (const { path, taint } of remembered(openLeaves, facts, resource)) {
    const of = taint === 'all' ? first(keys) : [...taint].map((key) => keys.get(key)).find((each) => each !== undefined)
    if (of && of !== resource) return { kind: 'resource', resource, of, path }
  }
  return undefined
}

const first = (keys: ReadonlyMap<string, Resource>): Resource | undefined => keys.values().next().value

/** Properties of a resource that the model does not read, and that may change what it is. */
export const unreadOf = (facts: Facts, resource: Resource): Unread | undefined =>
  remembered(unreadProperty, facts, resource)

const noAnswers = (): Map<unknown, Map<Resource, unknown>> => new Map()

/** The same is asked of a resource for many claims. */
function remembered<T>(make: (facts: Facts, resource: Resource) => T, facts: Facts, resource: Resource): T {
  const all = facts.once(noAnswers)
  const made = all.get(make) ?? new Map<Resource, unknown>()
  all.set(make, made)
  if (!made.has(resource)) made.set(resource, make(facts, resource))
  return made.get(resource) as T
}

/** Whether it does nothing with what it names that is not understood, as far as what is written alone tells. */
export const isUnderstood = ({ program }: Surroundings, resource: Resource): boolean =>
  writtenIn(program, resource)?.every(({ path, isName }) => !isName || isUnderstoodAt(resource.type, path)) ?? false

/**
 * Whether somebody knew a property when the type was judged: of one that is newer, nobody knows what it does, and it
 * need name nothing for that. Of a container that is not read anyway, nothing is known.
 */
function isJudgedAt(resource: Resource, path: string): boolean {
  const kind = classOf(resource.type)
  if (kind === 'modelled') return propertyJudgement(resource.type, path) !== undefined
  return hasProperty(resource.type, path) || !(kind === 'judged' || isReadContainer(resource))
}

/** Whether the table knows all properties of the resource in every world, as far as what is written alone tells. */
export const isReadThroughout = ({ program }: Surroundings, resource: Resource): boolean =>
  writtenIn(program, resource)?.every(({ path }) => isJudgedAt(resource, path)) ??
  (classOf(resource.type) === 'harmless' || classOf(resource.type) === 'stranger')

const notReadThroughout = new WeakMap<Surroundings, readonly Resource[]>()

/** Resources of which perhaps not every property is known, in any world. */
export function perhapsUnread({ around }: Facts): readonly Resource[] {
  const before = notReadThroughout.get(around)
  if (before) return before
  const found = [...around.program.resources.values()].filter((each) => !isReadThroughout(around, each))
  notReadThroughout.set(around, found)
  return found
}

/** Whether nothing comes of what a property names that relations do not show. */
function isUnderstoodAt(type: string, path: string): boolean {
  const role = roleOf(type, path)
  if (understood.has(role)) return true
  return classOf(type) === 'modelled' && (followed.has(role) || propertyJudgement(type, path) !== undefined)
}

/** Where it names something and it is not understood for what. */
function openLeaves(facts: Facts, resource: Resource): readonly Leaf[] {
  const kind = classOf(resource.type)
  // Relations take its properties for anything.
  if (kind === 'modelled' && facts.resolver.properties(resource).kind === 'any') return []
  const isRead = startedBy(facts, resource) !== undefined
  return propertiesOf(facts, resource)
    .filter(([name]) => !(isRead && (name === 'Definition' || name === 'DefinitionString')))
    .flatMap(([name, value]) => leavesOf(facts, value, name))
    .filter(({ path }) => !isUnderstoodAt(resource.type, path) && !isStartOf(facts, resource, path))
}

function unreadProperty(facts: Facts, resource: Resource): Unread | undefined {
  for (const [name, value] of propertiesOf(facts, resource))
    for (const path of pathsOf(value, name))
      if (!isJudgedAt(resource, path)) return { kind: 'property', resource, path, value }
  return undefined
}

function propertiesOf(facts: Facts, resource: Resource): readonly (readonly [string, Value])[] {
  const value = facts.resolver.properties(resource)
  return value.kind === 'map' ? [...value.entries] : isAbsent(value) ? [] : [['Properties', value]]
}

type Leaf = { readonly path: string; readonly taint: Taint }

/** Values that name something, with their paths; list indices are left out. */
function leavesOf(facts: Facts, value: Value, path: string): readonly Leaf[] {
  if (value.kind === 'list') return value.items.flatMap((item) => leavesOf(facts, item, path))
  if (value.kind === 'map')
    return [...value.entries].flatMap(([name, item]) => leavesOf(facts, item, below(path, name)))
  const taint = facts.taint(value)
  return taint === 'all' || taint.size > 0 ? [{ path, taint }] : []
}

function pathsOf(value: Value, path: string): readonly string[] {
  if (value.kind === 'list') return value.items.flatMap((item) => pathsOf(item, path))
  if (value.kind === 'map')
    return [path, ...[...value.entries].flatMap(([name, item]) => pathsOf(item, below(path, name)))]
  return [path]
}
