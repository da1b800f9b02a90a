/** Ref, Fn::GetAtt and Fn::Sub: names -> parameters, pseudo parameters, resources and their attributes. */
import { child, type Node, textOf as scalarText } from '../read/node.ts'
import { call, openBy } from './calls.ts'
import { split } from './lists.ts'
import { type Resource, rootOf, type Stack } from './program.ts'
import { pseudoParameters } from './pseudo-parameters.ts'
import { givenFor, type Resolver } from './resolver.ts'
import { isPlaceName, placesOf } from './stack-sets.ts'
import { isDynamic, isUnwritten, stored, storedUnder } from './stored.ts'
import { kindOfAttribute, taintOf } from './taint.ts'
import {
  any,
  at,
  isAbsent,
  joined,
  keyOf,
  list,
  none,
  originsOf,
  outside,
  type Taint,
  text,
  textOf,
  union,
  type Value,
} from './value.ts'
import { Infeasible, isUndecided } from './world.ts'

/** A nested stack has a name of its own. */
const perStack = new Set(['AWS::StackId', 'AWS::StackName'])

/** `written` is the argument of Ref: a name, or what a function gives. */
export function reference(resolver: Resolver, written: Value, stack: Stack): Value {
  const name = textOf(written)
  if (name === undefined) return unresolved('Ref', written, stack)
  if (name === 'AWS::NoValue') return none
  if (pseudoParameters.has(name)) return pseudo(resolver, name, stack)
  const declaration = child(child(stack.source.root, 'Parameters'), name)
  if (declaration) return parameter(resolver, stack, name, declaration)
  const resource = resolver.program.resources.get(`${stack.key}/${name}`)
  if (!resource) return missing(name, stack)
  if (!resolver.exists(resource)) throw new Infeasible(`a reference to ${name}, which does not exist`)
  return { kind: 'ref', resource: resource.key }
}

/** What a function inside a reference gives is not known: it may be any resource. */
const unresolved = (how: string, written: Value, stack: Stack): Value =>
  any(`${how}(${stack.key}:${keyOf(written)})`, 'all', ...originsOf(written), { kind: 'function', name: how })

const missing = (name: string, stack: Stack): Value =>
  any(`${stack.key}:${name}`, 'all', { kind: stack.macro ? 'macro' : 'attribute', name })

function pseudo(resolver: Resolver, name: string, stack: Stack): Value {
  const { program, world, settings } = resolver
  const root = rootOf(stack)
  const [only, ...more] = (isPlaceName(name) && placesOf(resolver, root, name)) || []
  if (only && more.every((each) => keyOf(each) === keyOf(only))) return only
  const scope = perStack.has(name) ? stack : root
  // A stack set's stacks are in accounts and regions of their own.
  const isGlobal = scope === program.stacks[0] || (!perStack.has(name) && !root.set)
  const key = isGlobal ? name : `${scope.key}:${name}`
  const choice = world.choices.get(key) ?? settings.values.get(name)
  if (typeof choice === 'string') return text(choice)
  const origin = { kind: 'pseudo', name: isGlobal ? name : `${name} of ${scope.key}` } as const
  return outside(key, isUndecided(choice) ? { ...origin, parameter: key } : origin)
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
export const isStored = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value')
/** Their items may be several, each an allowed value, also those of a stored list. */
export const isListType = (type: string): boolean =>
  /^(?:CommaDelimitedList|List<|AWS::SSM::Parameter::Value<(?:List<|CommaDelimitedList))/.test(type)

function parameter(resolver: Resolver, stack: Stack, name: string, declaration: Node): Value {
  const { world, settings } = resolver
  const type = scalarText(child(declaration, 'Type')) ?? ''
  const shaped = (value: Value): Value => {
    if (!isListType(type)) return value
    if (value.kind === 'joined' || value.kind === 'ref') return split(resolver, value, ',') ?? value
    if (value.kind !== 'text') return value
    return list(value.text.split(',').map((item) => text(item.trim(), value.from)))
  }
  // What is given for such a parameter is the name of an SSM parameter, and the value is that one's.
  const read = (given: Value): Value => {
    if (!isStored(type)) return shaped(given)
    const origin = { kind: 'dynamic', name, root: rootOf(stack).key } as const
    const found = storedUnder(resolver, 'AWS::SSM::Parameter', given, stack, origin, `${stack.key}:${name}`)
    const known = stack.parent ? undefined : givenFor(settings, name, isUnwritten(found, `${stack.key}:${name}`))
    return known === undefined ? found : shaped(text(known))
  }
  const fallback = scalarText(child(declaration, 'Default'))
  if (stack.parent) {
    const { stack: outer, resource } = stack.parent
    const all = child(child(resource.node, 'Properties'), 'Parameters')
    const opaque = openBy(resource.node) ?? (all?.kind === 'map' ? openBy(all) : undefined)
    if (opaque !== undefined || (all && (all.kind !== 'map' || call(all) !== undefined)))
      return any(`${stack.key}:${name}`, 'all', { kind: 'function', name: `${resource.id}.Parameters` })
    const given = child(all, name)
    const value = given ? resolver.evaluate(given, outer) : none
    if (!isAbsent(value)) return read(commas(value))
    if (fallback !== undefined) return read(text(fallback))
    throw new Infeasible(`${resource.id} gives no ${name}`)
  }
  const key = `${stack.key}:${name}`
  const choice = world.choices.get(key)
  if (isStored(type)) return read(typeof choice === 'string' ? text(choice) : text(fallback ?? ''))
  const given = choice ?? settings.values.get(name)
  const origin = { kind: 'parameter', name, root: rootOf(stack).key } as const
  if (typeof given === 'string') return shaped(text(given, origin))
  const allowed = child(declaration, 'AllowedValues')
  if (allowed?.kind === 'list' && allowed.items.length === 1 && !isListType(type))
    return shaped(text(scalarText(allowed.items[0]) ?? ''))
  const open = isUndecided(given) ? { ...origin, parameter: key } : origin
  const written = [fallback, ...(allowed?.kind === 'list' ? allowed.items.map(scalarText) : [])]
  // A default may lead back to what the templates store.
  const taint = union(
    written
      .filter((each) => each !== undefined)
      .filter(isDynamic)
      .map((each) => taintOf(resolver, stored(resolver, text(each), stack))),
  )
  return taint === 'all' || taint.size > 0 ? any(key, taint, open) : outside(key, open)
}

/** A list that is given to a nested stack arrives as one text. */
const commas = (value: Value): Value =>
  value.kind === 'list' && !value.items.some(({ kind }) => kind === 'list' || kind === 'map') && value.items.length > 0
    ? value.items.length === 1
      ? (value.items[0] as Value)
      : value
    : value

/** `attribute` is undefined where it is not known which. */
export function attribute(resolver: Resolver, target: Value, written: Value | undefined, stack: Stack): Value {
  const id = textOf(target)
  if (id === undefined) return unresolved('Fn::GetAtt', target, stack)
  const { program, settings } = resolver
  const resource = program.resources.get(`${stack.key}/${id}`)
  const name = written === undefined ? undefined : textOf(written)
  if (!resource) return missing(`${id}.${name ?? '?'}`, stack)
  if (!resolver.exists(resource)) throw new Infeasible(`a reference to ${id}, which does not exist`)
  if (name === undefined) return unresolved('Fn::GetAtt', written ?? none, stack)
  const nested = stack.children.get(id)
  if (nested && name.startsWith('Outputs.')) {
    const output = child(child(nested.source.root, 'Outputs'), name.slice('Outputs.'.length))
    if (output) return resolver.evaluate(child(output, 'Value'), nested)
    if (!nested.macro) throw new Infeasible(`${id} has no output ${name}`)
  }
  const kind = kindOfAttribute(resolver, resource, name)
  const given = givenFor(settings, `${id}.${name}`, isOpenAttribute(resolver, resource, name))
  if (given !== undefined) return text(given)
  if (kind?.kind === 'echo') {
    const value = echoed(resolver, resource.key, kind.property)
    if (value) return value
  }
  if (kind?.kind === 'foreign')
    return any(`${resource.key}.${name}`, ofTypes(resolver, kind.types), {
      kind: isOpenAttribute(resolver, resource, name) ? 'opaque' : 'function',
      name: `${id}.${name}`,
    })
  return { kind: 'ref', resource: resource.key, attribute: name }
}

/** Whether nothing that a resource was given says what its attribute is. */
export function isOpenAttribute(resolver: Resolver, resource: Resource, name: string): boolean {
  const kind = kindOfAttribute(resolver, resource, name)
  if (kind === undefined) return true
  if (kind.kind !== 'foreign') return false
  const taint = taintOf(resolver, resolver.properties(resource))
  return (
    taint !== 'all' && ![...taint].some((key) => kind.types.includes(resolver.program.resources.get(key)?.type ?? ''))
  )
}

const ofTypes = ({ program }: Resolver, types: readonly string[]): Taint =>
  types.length === 0
    ? 'all'
    : new Set([...program.resources.values()].filter(({ type }) => types.includes(type)).map(({ key }) => key))

/** What the property was given; undefined where AWS chooses it. */
function echoed(resolver: Resolver, key: string, path: string): Value | undefined {
  const resource = resolver.program.resources.get(key)
  const [first = '', ...rest] = path.split('.')
  if (!resource) return undefined
  const whole = resolver.property(resource, first)
  const value = rest.length > 0 ? at(whole, rest.join('.')) : whole
  return isAbsent(value) ? undefined : value
}

/** Text with `${Name}` in it, as Fn::Sub reads it. */
export function substituted(resolver: Resolver, template: string, variables: Node | undefined, stack: Stack): Value {
  if (variables?.kind === 'map' && (openBy(variables) !== undefined || call(variables) !== undefined))
    return any(`Fn::Sub(${stack.key}:${variables.at})`, 'all', { kind: 'macro', name: 'Fn::Sub' })
  const parts: Value[] = []
  let from = 0
  for (const match of template.matchAll(/\$\{([^}]*)\}/g)) {
    const name = (match[1] ?? '').trim()
    parts.push(text(template.slice(from, match.index)))
    from = match.index + match[0].length
    if (name.startsWith('!')) parts.push(text(`\${${name.slice(1)}}`))
    else {
      const own = child(variables, name)
      const dot = name.indexOf('.')
      parts.push(
        own
          ? resolver.evaluate(own, stack)
          : dot >= 0
            ? attribute(resolver, text(name.slice(0, dot)), text(name.slice(dot + 1)), stack)
            : reference(resolver, text(name), stack),
      )
    }
  }
  parts.push(text(template.slice(from)))
  // A list appears there as one text.
  const flat = parts.map((part) =>
    part.kind === 'list' || part.kind === 'map' ? any(`text(${keyOf(part)})`, 'all', ...originsOf(part)) : part,
  )
  return joined(flat)
}
