/** Intrinsic functions, one entry each: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
import { child, type Node } from '../read/node.ts'
import { cidrParts } from './cidr.ts'
import { imported, stackOutput } from './exports.ts'
import { split } from './lists.ts'
import { found } from './mappings.ts'
import type { Stack } from './program.ts'
import { attribute, reference, substituted } from './references.ts'
import type { Resolver } from './resolver.ts'
import { taintOf } from './taint.ts'
import { any, joined, keyOf, list, nothing, type Origin, originsOf, text, textOf, union, type Value } from './value.ts'
import { Infeasible, leaves, Undecided } from './world.ts'

type Call = {
  readonly resolver: Resolver
  readonly name: string
  readonly argument: Node
  readonly parts: readonly Node[]
  readonly stack: Stack
  readonly at: (index: number) => Value
}

export function functions(resolver: Resolver, name: string, argument: Node, stack: Stack): Value {
  const parts = argument.kind === 'list' ? argument.items : [argument]
  const call: Call = { resolver, name, argument, parts, stack, at: (index) => resolver.evaluate(parts[index], stack) }
  const known = table[name]
  return known ? known(call) : any(`${name}(${stack.key}:${argument.at})`, 'all', { kind: 'macro', name })
}

const table: Readonly<Record<string, (call: Call) => Value>> = {
  Ref: ({ resolver, argument, stack }) => reference(resolver, resolver.evaluate(argument, stack), stack),
  'Fn::GetAtt': ({ resolver, argument, stack }) => {
    if (argument.kind !== 'list') {
      const written = resolver.evaluate(argument, stack)
      const plain = textOf(written)
      if (plain === undefined) return attribute(resolver, written, undefined, stack)
      const dot = plain.indexOf('.')
      return attribute(resolver, text(plain.slice(0, dot)), text(plain.slice(dot + 1)), stack)
    }
    const [target, ...more] = argument.items.map((item) => resolver.evaluate(item, stack))
    return attribute(
      resolver,
      target ?? text(''),
      joined(more.flatMap((each, i) => (i ? [text('.'), each] : [each]))),
      stack,
    )
  },
  'Fn::Sub': ({ resolver, parts: [template, variables], stack }) => {
    const written = template?.kind === 'scalar' ? template.text : textOf(resolver.evaluate(template, stack))
    return written === undefined
      ? any(`Fn::Sub(${stack.key}:${template?.at})`, 'all', { kind: 'function', name: 'Fn::Sub' })
      : substituted(resolver, written, variables, stack)
  },
  'Fn::If': ({ resolver, at, stack }) => {
    const name = textOf(at(0))
    if (name === undefined) throw new Infeasible('Fn::If without the name of a condition')
    return resolver.condition(name, stack) ? at(1) : at(2)
  },
  'Fn::Join': (call) => {
    const items = call.at(1)
    const separator = textOf(call.at(0))
    if (items.kind === 'any' && items.pieces && items.pieces.separator === separator) return items.pieces.of
    if (items.kind !== 'list' || separator === undefined) return opaque(call, call.at(0), items)
    const kept = items.items.filter((item) => item.kind !== 'none')
    if (kept.some(({ kind }) => kind === 'list' || kind === 'map')) return opaque(call, items)
    return joined(kept.flatMap((item, index) => (index === 0 ? [item] : [text(separator), item])))
  },
  'Fn::Select': (call) => {
    const number = call.at(0)
    const index = textOf(number)
    const items = call.at(1)
    // A parameter decides, as in a condition.
    if (number.kind === 'outside' && number.origin.parameter !== undefined && items.kind === 'list')
      throw new Undecided({ parameter: number.origin.parameter, values: items.items.map((_, each) => String(each)) })
    if (number.kind === 'outside' && items.kind === 'list' && isBeyond(call.resolver, number, items.items.length))
      throw new Infeasible('Fn::Select beyond the end of its list')
    if (
      index === undefined ||
      items.kind !== 'list' ||
      items.isLoose ||
      items.items.some(({ kind }) => kind === 'none')
    )
      return opaque(call, number, items)
    const item = items.items[Number(index)]
    if (item === undefined) throw new Infeasible('Fn::Select beyond the end of its list')
    return item
  },
  'Fn::Split': (call) => {
    const separator = textOf(call.at(0))
    const whole = call.at(1)
    const items = separator ? split(call.resolver, whole, separator) : undefined
    const anything = opaque(call, call.at(0), whole)
    return (
      items ?? (separator && anything.kind === 'any' ? { ...anything, pieces: { of: whole, separator } } : anything)
    )
  },
  'Fn::FindInMap': ({ resolver, parts, stack, at }) =>
    found(resolver, [at(0), at(1), at(2)], child(parts[3], 'DefaultValue'), stack),
  'Fn::Cidr': (call) => {
    const [block, count, bits] = [0, 1, 2].map((index) => textOf(call.at(index)))
    const ranges =
      block !== undefined && count !== undefined ? cidrParts(block, Number(count), Number(bits ?? 8)) : undefined
    return ranges ? list(ranges.map((range) => text(range))) : opaque(call, call.at(0), call.at(1), call.at(2))
  },
  'Fn::ImportValue': ({ resolver, argument, stack }) => imported(resolver, resolver.evaluate(argument, stack), stack),
  'Fn::GetStackOutput': ({ resolver, argument, stack }) =>
    stackOutput(resolver, resolver.evaluate(argument, stack), stack),
  'Fn::Length': (call) => {
    const items = call.resolver.evaluate(call.argument, call.stack)
    return items.kind === 'list' && !items.isLoose ? text(String(items.items.length)) : opaque(call, items)
  },
  'Fn::Base64': whole,
  'Fn::ToJsonString': whole,
  'Fn::GetAZs': ({ name, argument, stack }) =>
    any(`${name}(${stack.key}:${argument.at})`, nothing, { kind: 'function', name }),
  'Fn::Equals': answer,
  'Fn::Not': answer,
  'Fn::And': answer,
  'Fn::Or': answer,
}

/** Every number that the list has is ruled out already. */
function isBeyond({ world }: Resolver, { key }: { readonly key: string }, length: number): boolean {
  const choice = world.choices.get(key)
  return (
    choice !== undefined && Array.from({ length }, (_, index) => String(index)).every((each) => !leaves(choice, each))
  )
}

function whole(call: Call): Value {
  return opaque(call, call.resolver.evaluate(call.argument, call.stack))
}

function answer({ resolver, name, argument, stack }: Call): Value {
  const { at } = argument
  return text(String(resolver.test({ kind: 'map', at, entries: new Map([[name, { at, node: argument }]]) }, stack)))
}

/** Anything that can be made of these values. */
function opaque({ resolver, name }: Call, ...on: Value[]): Value {
  const origins: Origin[] = on.flatMap((value) => openOrigins(value))
  return any(
    `${name}(${on.map(keyOf).join(',')})`,
    union(on.map((value) => taintOf(resolver, value))),
    ...(origins.length > 0 ? origins : [{ kind: 'function', name } as const]),
  )
}

/** Resources of the templates are in the taint; only what is not determined is an origin. */
const openOrigins = (value: Value): Origin[] => originsOf(value).filter(({ kind }) => kind !== 'attribute')
