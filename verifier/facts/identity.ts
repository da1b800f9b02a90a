/** Whether a value is one certain resource: yes, no or maybe, and maybe is the default. A yes and a no have a reason. */

import { defaultOf, type Resource, rootOf } from '../resolve/program.ts'
import { nearness } from '../resolve/stack-sets.ts'
import { defaultGroupOf, kindOfAttribute } from '../resolve/taint.ts'
import { isAbsent, itemsOf, keyOf, nothing, type Origin, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'

export type Answer =
  | { readonly is: 'yes'; readonly because: 'the same resource' | 'the same name' }
  | {
      readonly is: 'no'
      readonly because: 'another resource' | 'another text' | 'another kind of value' | 'nothing is named'
    }
  /** No, as long as this holds; it is printed with the proof. */
  | { readonly is: 'no'; readonly because: 'by assumption'; readonly assumption: string; readonly value: Value }
  | { readonly is: 'maybe'; readonly value: Value }

export const yes: Answer = { is: 'yes', because: 'the same resource' }
export const other: Answer = { is: 'no', because: 'another resource' }

/** Of several things that are named, whether one is meant. */
export const anyOf = (answers: readonly Answer[]): Answer =>
  answers.find(({ is }) => is === 'yes') ??
  answers.find(({ is }) => is === 'maybe') ??
  answers.find((each) => each.is === 'no' && each.because === 'by assumption') ??
  answers[0] ?? { is: 'no', because: 'nothing is named' }

/** `key` is that of a resource, or of a VPC's default group. */
export function isIt(facts: Facts, value: Value, key: string): Answer {
  switch (value.kind) {
    case 'none':
      return { is: 'no', because: 'nothing is named' }
    case 'text':
      return byAssumption(value.from ?? { kind: 'literal', name: value.text }, value)
    case 'outside':
      return isElsewhere(facts, value.origin, key) ? { is: 'maybe', value } : byAssumption(value.origin, value)
    case 'ref': {
      if (isWhole(facts, value, key)) return yes
      const taint = facts.taint(value)
      if (taint === 'all' || taint.has(key)) return { is: 'maybe', value }
      return taint.size > 0 ? other : { is: 'no', because: 'another kind of value' }
    }
    default: {
      const taint = facts.taint(value)
      if (taint === 'all' || taint.has(key)) return { is: 'maybe', value }
      const [origin] = outsideIn(value)
      if (origin) return isElsewhere(facts, origin, key) ? { is: 'maybe', value } : byAssumption(origin, value)
      return taint.size > 0 ? other : { is: 'no', because: 'another text' }
    }
  }
}

const outsideIn = (value: Value): readonly Origin[] => {
  if (value.kind === 'outside') return [value.origin]
  if (value.kind === 'any') return value.origins.filter(({ kind }) => kind !== 'attribute')
  if (value.kind === 'joined') return value.parts.flatMap(outsideIn)
  return []
}

/** A name into which others went, or an attribute that only comes of it, is not the thing itself for certain. */
function isWhole(facts: Facts, value: Value & { kind: 'ref' }, key: string): boolean {
  const resource = facts.around.program.resources.get(value.resource)
  const kind = resource && kindOfAttribute(facts.resolver, resource, value.attribute)?.kind
  return kind === 'default-group'
    ? key === defaultGroupOf(value.resource)
    : kind === 'identity' && value.resource === key
}

/** Another template that is given with this one may create what is named from outside. */
function isElsewhere(facts: Facts, { kind, root }: Origin, key: string): boolean {
  const { resources, stacks } = facts.around.program
  if (root === undefined) return false
  const resource = resources.get(key) ?? resources.get(key.slice(0, key.lastIndexOf('.')))
  if (resource === undefined || rootOf(resource.stack).key === root) return false
  // What is exported or stored in one account or Region is not found in another.
  const stack = kind === 'import' || kind === 'dynamic' ? stacks.find((each) => each.key === root) : undefined
  return !stack || nearness(facts.resolver, stack, resource.stack) !== 'other'
}

const described: Readonly<Record<Origin['kind'], (name: string) => string>> = {
  parameter: (name) => `the parameter ${name} names nothing that its template creates`,
  pseudo: (name) => `${name} names nothing that its template creates`,
  import: (name) => `the import ${name} names nothing that its own template creates`,
  dynamic: (name) => `what is stored under ${name} names nothing that the templates create`,
  literal: (name) => `the literal ${name} names nothing that the templates create`,
  attribute: (name) => `${name} names nothing else that the templates create`,
  opaque: (name) => `${name} names nothing that the templates create`,
  function: (name) => `what ${name} gives names nothing that the templates create`,
  macro: (name) => `what ${name} gives names nothing that the templates create`,
  unreadable: (name) => `${name} names nothing that the templates create`,
}

const byAssumption = (origin: Origin, value: Value): Answer => ({
  is: 'no',
  because: 'by assumption',
  assumption: described[origin.kind](origin.name),
  value,
})

/**
 * Whether two values are one thing from outside. Two that are written differently are two by an assumption that is
 * printed, unless the template itself shows that they may be one: by what they are made of, or by one default. What may
 * be anything may be that thing, and so may a resource of another template that is given.
 */
export function sameOutside(facts: Facts, a: Value, b: Value): Answer {
  if (isAbsent(a) || isAbsent(b)) return { is: 'no', because: 'nothing is named' }
  const is = isSameOutside(a, b)
  if (is === 'yes') return yes
  if (is === 'maybe') return { is, value: a }
  const anything = [a, b].find((each) => facts.taint(each) === 'all')
  if (anything) return { is: 'maybe', value: anything }
  return anyOf([...areOwn(facts, a, b), ...areOwn(facts, b, a), bySource(facts, a, b)])
}

/** Whether a value from outside is one of the resources that another value names. */
const areOwn = (facts: Facts, named: Value, outside: Value): readonly Answer[] => {
  const taint = sourcesOf(outside).length === 0 ? nothing : facts.taint(named)
  return taint === 'all' ? [] : [...taint].map((key) => isIt(facts, outside, key))
}

function bySource(facts: Facts, a: Value, b: Value): Answer {
  const [[first], [second]] = [sourcesOf(a), sourcesOf(b)]
  if (!first || !second) return other
  if (a.kind === 'text' && b.kind === 'text') return { is: 'no', because: 'another text' }
  const usual = usualOf(facts, a, first)
  if (usual !== undefined && usual === usualOf(facts, b, second))
    return { is: 'maybe', value: a.kind === 'text' ? b : a }
  return {
    is: 'no',
    because: 'by assumption',
    assumption: `${[first, second].map(spoken).sort().join(' and ')} name two different things`,
    value: a,
  }
}

/** What it names unless somebody says otherwise. */
function usualOf(facts: Facts, value: Value, { kind, name, root }: Origin): string | undefined {
  if (value.kind === 'text') return value.text
  if (kind !== 'parameter' || root === undefined) return undefined
  return defaultOf(facts.around.program, `${root}:${name}`)
}

const spoken = ({ kind, name }: Origin): string =>
  kind === 'parameter' || kind === 'import' || kind === 'literal' ? `the ${kind} ${name}` : name

/** The same as the templates write it, or made of the same: a yes and a maybe that need nothing else. */
export function isSameOutside(a: Value, b: Value): 'yes' | 'maybe' | 'no' {
  if (isAbsent(a) || isAbsent(b)) return 'no'
  if (keyOf(a) === keyOf(b)) return 'yes'
  const names = new Set(sourcesOf(a).map(({ name }) => name))
  return sourcesOf(b).some(({ name }) => names.has(name)) ? 'maybe' : 'no'
}

const sourcesOf = (value: Value): readonly Origin[] =>
  value.kind === 'text' ? [value.from ?? { kind: 'literal', name: value.text }] : outsideIn(value)

/** The resource that a value is for certain; undefined when it is something else or not known. */
export function resourceOf(facts: Facts, value: Value, ...types: string[]): Resource | undefined {
  if (value.kind !== 'ref') return undefined
  const resource = facts.around.program.resources.get(value.resource)
  if (!resource || !types.includes(resource.type)) return undefined
  return kindOfAttribute(facts.resolver, resource, value.attribute)?.kind === 'identity' ? resource : undefined
}

/** A list of references: the resources it is certain to hold, and what else it may hold. */
export function resourcesOf(
  facts: Facts,
  value: Value,
  ...types: string[]
): { readonly known: readonly Resource[]; readonly others: readonly Value[] } {
  const items = itemsOf(value)
  if (!items) return { known: [], others: [value] }
  const known: Resource[] = []
  const others: Value[] = []
  for (const item of items) {
    const resource = resourceOf(facts, item, ...types)
    if (resource) known.push(resource)
    else others.push(item)
  }
  return { known, others }
}
