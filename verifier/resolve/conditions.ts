/** Whether conditions hold in one world. Throws Undecided where worlds differ. */
import { child, type Node, textOf as scalarText } from '../read/node.ts'
import { call } from './calls.ts'
import { agreed, casesOf } from './cases.ts'
import type { Stack } from './program.ts'
import type { Resolver } from './resolver.ts'
import { any, keyOf, none, type Origin, originsOf, textOf, type Value } from './value.ts'
import { Infeasible, leaves, Undecided } from './world.ts'

type Tests = Pick<Resolver, 'condition' | 'test'>

export function conditions(resolverOf: () => Resolver): Tests {
  const known = new Map<Stack, Map<string, boolean>>()
  const asked = new Set<string>()

  function condition(name: string, stack: Stack): boolean {
    const before = known.get(stack)?.get(name)
    if (before !== undefined) return before
    const key = `${stack.key}:${name}`
    const node = child(child(stack.source.root, 'Conditions'), name)
    if (!node) {
      if (stack.macro) return holds(resolverOf(), unknown(`condition ${key}`, { kind: 'macro', name }))
      throw new Infeasible(`there is no condition ${name}`)
    }
    if (asked.has(key)) throw new Infeasible(`the condition ${name} depends on itself`)
    asked.add(key)
    try {
      const answer = isWide(node, stack) ? decided(node, stack, key) : test(node, stack)
      const ofStack = known.get(stack) ?? new Map<string, boolean>()
      known.set(stack, ofStack.set(name, answer))
      return answer
    } finally {
      asked.delete(key)
    }
  }

  /** One that depends on many parameters splits a world in two, not into one for each combination of them. */
  function decided(node: Node, stack: Stack, key: string): boolean {
    const said = resolverOf().world.assumed.get(conditionKey(key))
    try {
      const answer = test(node, stack)
      if (said !== undefined && said !== answer) throw new Infeasible(`${key} is ${answer}`)
      return answer
    } catch (error) {
      if (!(error instanceof Undecided)) throw error
      if (said !== undefined) return said
      const { compared } = resolverOf().settings
      const on = error.on
      compared.set(
        conditionKey(key),
        'parameter' in on ? [originOf(on.parameter)] : (compared.get(on.comparison) ?? []),
      )
      throw new Undecided({ comparison: conditionKey(key) })
    }
  }

  function test(node: Node, stack: Stack): boolean {
    if (node.kind === 'scalar') return node.text === 'true'
    const resolver = resolverOf()
    resolver.settings.step()
    const named = node.kind === 'map' && node.entries.size === 1 ? child(node, 'Condition') : undefined
    if (named) return condition(scalarText(named) ?? '', stack)
    const [name, argument] = call(node) ?? []
    if (name === undefined || argument === undefined) return holds(resolver, unknown(`a condition at ${node.at}`))
    const parts = argument.kind === 'list' ? argument.items : [argument]
    const tester = testers[name]
    return tester ? tester({ resolver, parts, stack, name }) : holds(resolver, resolver.evaluate(node, stack))
  }

  return { condition, test }
}

/** Few enough to look at each combination, which gives the clearest example. */
const fewParameters = 5

const conditionKey = (key: string): string => `the condition ${key}`

const originOf = (parameter: string): Origin => ({
  kind: parameter.includes('AWS::') ? 'pseudo' : 'parameter',
  name: parameter,
  parameter,
})

/** The condition of which a world only says that it holds, or does not. */
export const conditionOf = (comparison: string): { readonly stack: string; readonly name: string } | undefined => {
  const [, stack, name] = /^the condition (.*):([^:]*)$/s.exec(comparison) ?? []
  return stack === undefined || name === undefined ? undefined : { stack, name }
}

const widths = new WeakMap<Node, boolean>()

function isWide(node: Node, stack: Stack): boolean {
  const known = widths.get(node)
  if (known !== undefined) return known
  const names = new Set<string>()
  const seen = new Set<Node>()
  const open = [node]
  for (let each = open.pop(); each && names.size <= fewParameters; each = open.pop()) {
    if (each.kind === 'scalar' || seen.has(each)) continue
    seen.add(each)
    if (each.kind === 'list') open.push(...each.items)
    else
      for (const [key, { node: inner }] of each.entries) {
        const named = key === 'Condition' && scalarText(inner)
        const other = named ? child(child(stack.source.root, 'Conditions'), named) : undefined
        if (key === 'Ref') names.add(scalarText(inner) ?? '')
        else open.push(other ?? inner)
      }
  }
  widths.set(node, names.size > fewParameters)
  return names.size > fewParameters
}

type Test = {
  readonly resolver: Resolver
  readonly parts: readonly Node[]
  readonly stack: Stack
  readonly name: string
}

const testers: Readonly<Record<string, (test: Test) => boolean>> = {
  'Fn::Not': ({ resolver, parts: [part], stack }) => !resolver.test(part as Node, stack),
  'Fn::And': (test) => every(test, true),
  'Fn::Or': (test) => !every(test, false),
  'Fn::Equals': ({ resolver, parts: [a, b], stack }) =>
    equal(resolver, resolver.evaluate(a, stack), resolver.evaluate(b, stack)),
  'Fn::Contains': ({ resolver, parts: [allowed, member], stack }) =>
    contains(resolver, resolver.evaluate(allowed, stack), resolver.evaluate(member, stack)),
  'Fn::EachMemberIn': (test) => eachMember(test, (member, allowed) => contains(test.resolver, allowed, member)),
  'Fn::EachMemberEquals': (test) => eachMember(test, (member, wanted) => equal(test.resolver, member, wanted)),
}

/** One part that fails decides, even if another part is undecided. */
function every({ resolver, parts, stack }: Test, wanted: boolean): boolean {
  let later: unknown
  for (const part of parts) {
    try {
      if (resolver.test(part, stack) !== wanted) return false
    } catch (error) {
      if (!(error instanceof Undecided)) throw error
      later ??= error
    }
  }
  if (later) throw later
  return true
}

function eachMember(
  { resolver, parts: [all, other], stack, name }: Test,
  holdsFor: (member: Value, other: Value) => boolean,
): boolean {
  const members = resolver.evaluate(all, stack)
  const second = resolver.evaluate(other, stack)
  if (members.kind !== 'list' || members.isLoose)
    return holds(resolver, unknown(`${name}(${keyOf(members)},${keyOf(second)})`, ...originsOf(members)))
  return members.items.every((member) => holdsFor(member, second))
}

function contains(resolver: Resolver, allowed: Value, member: Value): boolean {
  const cases = casesOf(allowed)
  if (cases) return agreed(resolver.world, cases, ([list = none]) => contains(resolver, list, member))
  if (allowed.kind !== 'list' || allowed.isLoose)
    return holds(resolver, unknown(`contains(${keyOf(allowed)},${keyOf(member)})`, ...originsOf(allowed)))
  return allowed.items.some((item) => equal(resolver, item, member))
}

function equal(resolver: Resolver, a: Value, b: Value): boolean {
  if (keyOf(a) === keyOf(b)) return true
  if (a.kind === 'text' && b.kind === 'text') return false
  if (a.kind === 'outside' && b.kind === 'text') return isChosen(resolver, a, b.text)
  if (b.kind === 'outside' && a.kind === 'text') return isChosen(resolver, b, a.text)
  const cases = casesOf(a, b)
  if (cases) return agreed(resolver.world, cases, ([one = none, other = none]) => equal(resolver, one, other))
  return holds(resolver, unknown([keyOf(a), keyOf(b)].sort().join('=='), ...originsOf(a), ...originsOf(b)))
}

/** What is stored outside the templates may be anything, and so may be this. */
const storedKey = (value: Value & { kind: 'outside' }, literal: string): string =>
  value.origin.kind === 'dynamic'
    ? `the stored ${value.key} is ${JSON.stringify(literal)}`
    : `${keyOf(value)}==${literal}`

/** The stored value that a comparison with a text is about. */
export const storedIn = (comparison: string): string | undefined =>
  /^the stored (.*) is "(?:[^"\\]|\\.)*"$/s.exec(comparison)?.[1]

/** A single parameter against a text: decided, or a question with that text as one of its answers. */
function isChosen(resolver: Resolver, value: Value & { kind: 'outside' }, literal: string): boolean {
  const { origin, key } = value
  if (origin.kind !== 'parameter' && origin.kind !== 'pseudo')
    return assumed(resolver, storedKey(value, literal), [origin])
  const choice = resolver.world.choices.get(key)
  if (!leaves(choice, literal)) return false
  if (origin.parameter === undefined && typeof choice !== 'object')
    return assumed(resolver, `${keyOf(value)}==${literal}`, [origin])
  throw new Undecided({ parameter: key, values: [literal], said: (chosen) => chosen === literal })
}

function holds(resolver: Resolver, value: Value): boolean {
  const plain = textOf(value)
  if (plain !== undefined) return plain === 'true'
  const origins = originsOf(value)
  const open = origins.find((origin) => origin.parameter !== undefined)
  if (open?.parameter !== undefined) throw new Undecided({ parameter: open.parameter, values: open.values ?? [] })
  return assumed(resolver, keyOf(value), origins)
}

function assumed({ world, settings }: Resolver, comparison: string, origins: readonly Origin[]): boolean {
  const answer = world.assumed.get(comparison)
  if (answer !== undefined) return answer
  settings.compared.set(comparison, origins)
  throw new Undecided({ comparison })
}

const unknown = (key: string, ...origins: Origin[]): Value => any(key, 'all', ...origins)
