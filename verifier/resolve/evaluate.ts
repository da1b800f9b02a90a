/** Nodes of a template -> values, in one world. */

import { cidrParts } from '../network/cidr.ts'
import { child, type Mapping, type Node, textOf as scalarText } from '../read/node.ts'
import { type Choice, Infeasible, Undecided, type World } from '../worlds/world.ts'
import type { Program, Resource, Stack } from './program.ts'
import { entry, joined, keyOf, list, none, type Origin, originsOf, text, textOf, unknown, type Value } from './value.ts'

/** `AWS::Region` and the like, which the deployer decides and no template. */
export const pseudoParameters = new Set([
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
  'AWS::NotificationARNs',
])
const deepest = 200

/** `assumed`: values that the command line gives for parameters, imports and attributes, by name. */
export function evaluator(program: Program, world: World, assumedValues: ReadonlyMap<string, string> = new Map()) {
  const values = new Map<Node, Value>()
  const conditions = new Map<string, boolean>()
  const present = new Map<string, boolean>()
  const asked = new Set<string>()
  let depth = 0

  const parameterKey = (stack: Stack, name: string): string => `${stack.key}:${name}`

  function parameter(stack: Stack, name: string, declaration: Node): Value {
    const isList = /^(?:CommaDelimitedList|List<)/.test(scalarText(child(declaration, 'Type')) ?? '')
    const shaped = (value: Value): Value => {
      const plain = textOf(value)
      return isList && plain !== undefined ? list(plain.split(',').map((item) => text(item.trim()))) : value
    }
    if (stack.parent) {
      const { stack: outer, resource } = stack.parent
      const all = child(child(resource.node, 'Properties'), 'Parameters')
      if (all && (all.kind !== 'map' || call(all) !== undefined || all.entries.has('Fn::Transform')))
        return unknown(`${stack.key}:${name}`, { kind: 'function', name: `${resource.id}.Parameters` })
      const given = child(all, name)
      if (given) return shaped(evaluate(given, outer))
      const fallback = child(declaration, 'Default')
      if (fallback) return shaped(text(scalarText(fallback) ?? ''))
      throw new Infeasible(`${resource.id} gives no ${name}`)
    }
    const key = parameterKey(stack, name)
    const choice = world.choices.get(key) ?? assumedValues.get(name)
    // The text of such a parameter is the name of an SSM parameter, and its value is that one's.
    if (/^AWS::SSM::Parameter::Value/.test(scalarText(child(declaration, 'Type')) ?? ''))
      return typeof choice === 'string' ? shaped(text(choice)) : unknown(key, { kind: 'dynamic', name })
    if (typeof choice === 'string') return shaped(text(choice))
    const allowed = child(declaration, 'AllowedValues')
    if (allowed?.kind === 'list' && allowed.items.length === 1) return shaped(text(scalarText(allowed.items[0]) ?? ''))
    return unknown(key, { kind: 'parameter', name, ...(choice === undefined ? { parameter: key } : {}) })
  }

  function pseudo(name: string): Value {
    if (name === 'AWS::NoValue') return none
    const choice = world.choices.get(name) ?? assumedValues.get(name)
    if (typeof choice === 'string') return text(choice)
    return unknown(name, { kind: 'pseudo', name, ...(choice === undefined ? { parameter: name } : {}) })
  }

  function reference(name: string, stack: Stack): Value {
    if (name === 'AWS::NoValue' || pseudoParameters.has(name)) return pseudo(name)
    const declaration = child(child(stack.source.root, 'Parameters'), name)
    if (declaration) return parameter(stack, name, declaration)
    const resource = program.resources.get(`${stack.key}/${name}`)
    if (!resource) return unknown(`${stack.key}:${name}`, { kind: stack.macro ? 'macro' : 'attribute', name })
    if (!exists(resource)) throw new Infeasible(`a reference to ${name}, which does not exist`)
    return { kind: 'ref', resource: resource.key }
  }

  function attribute(target: string, name: string, stack: Stack): Value {
    const resource = program.resources.get(`${stack.key}/${target}`)
    if (!resource)
      return unknown(`${stack.key}:${target}.${name}`, {
        kind: stack.macro ? 'macro' : 'attribute',
        name: `${target}.${name}`,
      })
    if (!exists(resource)) throw new Infeasible(`a reference to ${target}, which does not exist`)
    const nested = stack.children.get(target)
    if (nested && name.startsWith('Outputs.')) {
      const output = child(child(nested.source.root, 'Outputs'), name.slice('Outputs.'.length))
      if (!output) throw new Infeasible(`${target} has no output ${name}`)
      return evaluate(child(output, 'Value'), nested)
    }
    if (resource.type === 'AWS::CloudFormation::Stack' || resource.type === 'AWS::Serverless::Application')
      return unknown(`${resource.key}.${name}`, { kind: 'attribute', name: `${target}.${name}` })
    if (name === 'CidrBlock' && (resource.type === 'AWS::EC2::VPC' || resource.type === 'AWS::EC2::Subnet')) {
      const range = entry(propertiesOf(resource), name)
      if (range.kind !== 'none') return range
    }
    const given = assumedValues.get(`${target}.${name}`)
    return given === undefined ? { kind: 'ref', resource: resource.key, attribute: name } : text(given)
  }

  function exists(resource: Resource): boolean {
    const known = present.get(resource.key)
    if (known !== undefined) return known
    const { stack, node } = resource
    const outer = stack.parent ? exists(stack.parent.resource) : true
    const name = scalarText(child(node, 'Condition'))
    const answer = outer && (name === undefined || condition(name, stack))
    present.set(resource.key, answer)
    return answer
  }

  function condition(name: string, stack: Stack): boolean {
    const key = parameterKey(stack, name)
    const known = conditions.get(key)
    if (known !== undefined) return known
    const node = child(child(stack.source.root, 'Conditions'), name)
    if (!node) {
      if (stack.macro) return holds(unknown(`condition ${key}`, { kind: 'macro', name }))
      throw new Infeasible(`there is no condition ${name}`)
    }
    if (asked.has(key)) throw new Infeasible(`the condition ${name} depends on itself`)
    asked.add(key)
    try {
      const answer = test(node, stack)
      conditions.set(key, answer)
      return answer
    } finally {
      asked.delete(key)
    }
  }

  /** A condition function. Throws Undecided when worlds differ about it. */
  function test(node: Node, stack: Stack): boolean {
    if (node.kind === 'scalar') return node.text === 'true'
    const named = node.kind === 'map' && node.entries.size === 1 ? child(node, 'Condition') : undefined
    if (named) return condition(scalarText(named) ?? '', stack)
    const [name, argument] = call(node) ?? []
    if (name === undefined || argument === undefined) return holds(unknown(`condition at ${stack.key}:${node.at}`))
    const parts = argument.kind === 'list' ? argument.items : [argument]
    switch (name) {
      case 'Fn::Not':
        return !test(parts[0] as Node, stack)
      case 'Fn::And':
        return every(parts, stack)
      case 'Fn::Or':
        return !every(parts, stack, false)
      case 'Fn::Equals':
        return equal(evaluate(parts[0], stack), evaluate(parts[1], stack))
      case 'Fn::Contains':
        return contains(evaluate(parts[0], stack), evaluate(parts[1], stack))
      case 'Fn::EachMemberIn': {
        const members = evaluate(parts[0], stack)
        const allowed = evaluate(parts[1], stack)
        if (members.kind !== 'list') return holds(unknown(`${name}(${keyOf(members)})`, ...originsOf(members)))
        return members.items.every((member) => contains(allowed, member))
      }
      case 'Fn::EachMemberEquals': {
        const members = evaluate(parts[0], stack)
        const wanted = evaluate(parts[1], stack)
        if (members.kind !== 'list') return holds(unknown(`${name}(${keyOf(members)})`, ...originsOf(members)))
        return members.items.every((member) => equal(member, wanted))
      }
      default:
        return holds(evaluate(node, stack))
    }
  }

  /** One part that fails decides, even if another part is undecided. */
  function every(parts: readonly Node[], stack: Stack, wanted = true): boolean {
    let later: unknown
    for (const part of parts) {
      try {
        if (test(part, stack) !== wanted) return false
      } catch (error) {
        if (!(error instanceof Undecided)) throw error
        later ??= error
      }
    }
    if (later) throw later
    return true
  }

  function contains(allowed: Value, member: Value): boolean {
    if (allowed.kind !== 'list')
      return holds(unknown(`contains(${keyOf(allowed)},${keyOf(member)})`, ...originsOf(allowed)))
    return allowed.items.some((item) => equal(item, member))
  }

  function equal(a: Value, b: Value): boolean {
    if (keyOf(a) === keyOf(b)) return true
    if (a.kind === 'text' && b.kind === 'text') return false
    if (a.kind === 'unknown' && b.kind === 'text') return isChosen(a, b.text)
    if (b.kind === 'unknown' && a.kind === 'text') return isChosen(b, a.text)
    return holds(unknown(`${[keyOf(a), keyOf(b)].sort().join('==')}`, ...originsOf(a), ...originsOf(b)))
  }

  /** A single parameter against a text: decided, or a question with that text as one of its answers. */
  function isChosen(value: Value & { kind: 'unknown' }, literal: string): boolean {
    const [origin] = value.origins
    const isWhole = value.origins.length === 1 && (origin?.kind === 'parameter' || origin?.kind === 'pseudo')
    if (!isWhole || value.key.includes('(')) return holds(unknown(`${keyOf(value)}==${literal}`, ...value.origins))
    const choice = world.choices.get(value.key)
    if (typeof choice === 'object' && choice.not.includes(literal)) return false
    throw new Undecided({ parameter: value.key, values: [literal] })
  }

  function holds(value: Value): boolean {
    const plain = textOf(value)
    if (plain !== undefined) return plain === 'true'
    const origins = originsOf(value)
    const open = origins.find((origin) => origin.parameter !== undefined)
    if (open?.parameter !== undefined) throw new Undecided({ parameter: open.parameter, values: open.values ?? [] })
    const key = keyOf(value)
    const assumed = world.assumed.get(key)
    if (assumed === undefined) throw new Undecided({ comparison: key, names: origins.map(({ name }) => name) })
    return assumed
  }

  function evaluate(node: Node | undefined, stack: Stack): Value {
    if (!node) return none
    const known = values.get(node)
    if (known) return known
    if (++depth > deepest) {
      depth--
      return unknown(`${stack.key}:${node.at}`, { kind: 'function', name: 'a reference without end' })
    }
    try {
      const value = fresh(node, stack)
      // Nested stacks may share one file, but each is read anew, so a node has one meaning.
      values.set(node, value)
      return value
    } finally {
      depth--
    }
  }

  function fresh(node: Node, stack: Stack): Value {
    if (node.kind === 'scalar') {
      if (node.text.includes('{{resolve:')) return unknown(node.text, { kind: 'dynamic', name: node.text })
      return node.type === 'null' ? none : text(node.text)
    }
    if (node.kind === 'list') return list(node.items.map((item) => evaluate(item, stack)))
    const [name, argument] = call(node) ?? []
    if (name !== undefined && argument !== undefined) return intrinsic(name, argument, stack)
    return map(node, stack)
  }

  function map(node: Mapping, stack: Stack): Value {
    const entries = new Map<string, Value>()
    for (const [name, { node: item }] of node.entries) {
      if (name.startsWith('Fn::ForEach') || name === 'Fn::Transform')
        return unknown(`${stack.key}:${node.at}`, { kind: 'macro', name })
      const value = evaluate(item, stack)
      if (value.kind !== 'none') entries.set(name, value)
    }
    return { kind: 'map', entries }
  }

  function intrinsic(name: string, argument: Node, stack: Stack): Value {
    const parts = argument.kind === 'list' ? argument.items : [argument]
    const at = (index: number): Value => evaluate(parts[index], stack)
    const opaque = (...on: Value[]): Value => {
      const origins: Origin[] = on.flatMap(originsOf)
      return unknown(
        `${name}(${on.map(keyOf).join(',')})`,
        ...(origins.length > 0 ? origins : [{ kind: 'function', name } as const]),
      )
    }
    switch (name) {
      case 'Ref':
        return reference(scalarText(argument) ?? '', stack)
      case 'Fn::GetAtt': {
        const [target = '', ...attributes] =
          argument.kind === 'list'
            ? argument.items.map((item) => scalarText(item) ?? '')
            : (scalarText(argument) ?? '').split('.')
        return attribute(target, attributes.join('.'), stack)
      }
      case 'Fn::If':
        return condition(scalarText(parts[0]) ?? '', stack) ? at(1) : at(2)
      case 'Fn::Join': {
        const items = at(1)
        const separator = textOf(at(0))
        if (items.kind !== 'list' || separator === undefined) return opaque(at(0), items)
        const kept = items.items.filter((item) => item.kind !== 'none')
        return joined(kept.flatMap((item, index) => (index === 0 ? [item] : [text(separator), item])))
      }
      case 'Fn::Sub':
        return substituted(scalarText(parts[0]) ?? '', parts[1], stack)
      case 'Fn::Select': {
        const index = textOf(at(0))
        const items = at(1)
        if (index === undefined || items.kind !== 'list' || items.items.some(({ kind }) => kind === 'none'))
          return opaque(at(0), items)
        const item = items.items[Number(index)]
        if (item === undefined) throw new Infeasible('Fn::Select beyond the end of its list')
        return item
      }
      case 'Fn::Split': {
        const separator = textOf(at(0))
        return (separator === undefined ? undefined : split(at(1), separator)) ?? opaque(at(0), at(1))
      }
      case 'Fn::FindInMap':
        return found(at(0), at(1), at(2), child(parts[3], 'DefaultValue'), stack)
      case 'Fn::Cidr': {
        const [block, count, bits] = [textOf(at(0)), textOf(at(1)), textOf(at(2))]
        const ranges =
          block !== undefined && count !== undefined ? cidrParts(block, Number(count), Number(bits ?? 8)) : undefined
        return ranges ? list(ranges.map(text)) : opaque(at(0), at(1), at(2))
      }
      case 'Fn::ImportValue':
        return imported(at(0))
      case 'Fn::Base64':
      case 'Fn::GetAZs':
      case 'Fn::ToJsonString':
        return unknown(`${name}(${keyOf(evaluate(argument, stack))})`, { kind: 'function', name })
      case 'Fn::Equals':
      case 'Fn::Not':
      case 'Fn::And':
      case 'Fn::Or':
        return text(
          String(
            test(
              { kind: 'map', at: argument.at, entries: new Map([[name, { at: argument.at, node: argument }]]) },
              stack,
            ),
          ),
        )
      default:
        return unknown(`${name}(${stack.key}:${argument.at})`, { kind: 'macro', name })
    }
  }

  function substituted(template: string, variables: Node | undefined, stack: Stack): Value {
    const parts: Value[] = []
    let from = 0
    for (const match of template.matchAll(/\$\{([^}]*)\}/g)) {
      const name = (match[1] ?? '').trim()
      parts.push(text(template.slice(from, match.index)))
      from = match.index + match[0].length
      if (name.startsWith('!')) parts.push(text(`\${${name.slice(1)}}`))
      else {
        const own = child(variables, name)
        const [target = '', ...attributes] = name.split('.')
        parts.push(
          own
            ? evaluate(own, stack)
            : attributes.length > 0
              ? attribute(target, attributes.join('.'), stack)
              : reference(target, stack),
        )
      }
    }
    parts.push(text(template.slice(from)))
    const whole = joined(parts)
    return whole.kind === 'text' && whole.text.includes('{{resolve:')
      ? unknown(whole.text, { kind: 'dynamic', name: whole.text })
      : whole
  }

  function found(map: Value, key: Value, name: Value, fallback: Node | undefined, stack: Stack): Value {
    const table = child(child(stack.source.root, 'Mappings'), textOf(map) ?? '')
    const row = textOf(key)
    const column = textOf(name)
    if (!table || row === undefined || column === undefined) {
      const keys = table?.kind === 'map' ? [...table.entries.keys()] : []
      const choice: Choice | undefined = key.kind === 'unknown' ? world.choices.get(key.key) : undefined
      if (!fallback && typeof choice === 'object' && keys.length > 0 && keys.every((each) => choice.not.includes(each)))
        throw new Infeasible(`the mapping ${textOf(map)} has no other key`)
      return unknown(
        `map(${[map, key, name].map(keyOf).join(',')})`,
        ...originsOf(map),
        ...originsOf(key).map((origin) => ({ ...origin, values: keys })),
        ...originsOf(name),
        ...(fallback ? originsOf(evaluate(fallback, stack)) : []),
      )
    }
    const value = child(child(table, row), column) ?? fallback
    if (!value) throw new Infeasible(`the mapping ${textOf(map)} has no ${row}.${column}`)
    return evaluate(value, stack)
  }

  /** Templates that are given together meet by the names of their exports, also where a parameter names the stack. */
  function imported(name: Value): Value {
    const wanted = keyOf(name)
    const exports = program.stacks.flatMap((stack) => {
      const outputs = child(stack.source.root, 'Outputs')
      if (outputs?.kind !== 'map') return []
      return [...outputs.entries.values()].flatMap(({ node }) => {
        const exported = child(child(node, 'Export'), 'Name')
        return exported ? [{ stack, node, name: evaluate(exported, stack) }] : []
      })
    })
    const same = exports.filter((each) => keyOf(each.name) === wanted)
    const alike = same.length > 0 ? same : exports.filter((each) => isOfNamedStack(name, each.name))
    const [only] = alike
    if (only && alike.length === 1) return evaluate(child(only.node, 'Value'), only.stack)
    const given = assumedValues.get(textOf(name) ?? wanted)
    return given === undefined
      ? unknown(`import ${wanted}`, { kind: 'import', name: textOf(name) ?? wanted })
      : text(given)
  }

  const propertiesOf = (resource: Resource): Value => {
    const node = child(resource.node, 'Properties')
    return node ? evaluate(node, resource.stack) : { kind: 'map', entries: new Map() }
  }

  return {
    exists,
    evaluate,
    condition,
    test,
    property: (resource: Resource, name: string): Value => entry(propertiesOf(resource), name),
    properties: propertiesOf,
    /** Text with `${Name}` in it, as Fn::Sub reads it. */
    substitute: (template: string, stack: Stack): Value => substituted(template, undefined, stack),
  }
}

/** `${Stack}-name` for an export `${AWS::StackName}-name`. */
function isOfNamedStack(wanted: Value, exported: Value): boolean {
  const [asked, given] = [wanted, exported].map((value) => (value.kind === 'joined' ? value.parts : [value]))
  const isA = (value: Value | undefined, kind: Origin['kind'], name?: string): boolean =>
    value?.kind === 'unknown' &&
    value.origins.length === 1 &&
    value.origins.every((origin) => origin.kind === kind && (name === undefined || origin.name === name))
  return (
    asked !== undefined &&
    given !== undefined &&
    asked.length > 1 &&
    asked.length === given.length &&
    asked.every(
      (part, index) =>
        (part.kind === 'text' && keyOf(part) === keyOf(given[index] as Value)) ||
        (isA(part, 'parameter') && isA(given[index], 'pseudo', 'AWS::StackName')),
    )
  )
}

/** Ids hold no commas, so a joined list of them comes apart again. */
function split(whole: Value, separator: string): Value | undefined {
  if (whole.kind === 'text') return list(whole.text.split(separator).map(text))
  const parts = whole.kind === 'joined' ? whole.parts : [whole]
  if (![',', '|', ';'].includes(separator) || !parts.every(({ kind }) => kind === 'text' || kind === 'ref'))
    return undefined
  const items: Value[][] = [[]]
  for (const part of parts) {
    if (part.kind !== 'text') items.at(-1)?.push(part)
    else
      for (const [index, piece] of part.text.split(separator).entries()) {
        if (index > 0) items.push([])
        items.at(-1)?.push(text(piece))
      }
  }
  return list(items.map(joined))
}

/** An intrinsic call: a map of one key that is a function's name. */
function call(node: Mapping | { kind: 'list' }): readonly [string, Node] | undefined {
  if (node.kind !== 'map' || node.entries.size !== 1) return undefined
  const [first] = node.entries
  if (!first) return undefined
  const [name, { node: argument }] = first
  return name === 'Ref' || (name.startsWith('Fn::') && !name.startsWith('Fn::ForEach')) ? [name, argument] : undefined
}
