/** Which things of the templates act on what, and whether the templates create that. */
import type { Facts } from '../facts/facts.ts'
import { type Act, actsOf, subnetPaths } from '../facts/types/acts.ts'
import { saysNetwork } from '../facts/types/names.ts'
import { attributeOf, classOf } from '../facts/types/table.ts'
import { type Resource, rootOf } from '../resolve/program.ts'
import { kindOfAttribute } from '../resolve/taint.ts'
import { isAbsent, keyOf, type Origin, textOf, type Value } from '../resolve/value.ts'
import { Infeasible, Undecided } from '../resolve/world.ts'
import { apiOf, apiTypes } from './apis.ts'
import { loadBalancerType } from './load-balancers.ts'
import { definedRoutes } from './open-api.ts'
import { isCustom, isKnownProgram } from './programs.ts'
import { valuesAt } from './values-at.ts'

/** Whether the templates create what a value names. */
export type Whose = 'own' | 'outside' | 'unknown'

export type Named = {
  readonly path: string
  readonly act: Act | 'default-group' | 'unjudged'
  readonly value: Value
  readonly whose: Exclude<Whose, 'own'>
}

/** What may act on something from outside, in any world. */
export const actors = (facts: Facts): readonly Resource[] =>
  [...facts.around.program.resources.values()].filter(
    (resource) => mayAct(resource.type) && !isSurelyAmongItself(facts, resource),
  )

const mayAct = (type: string): boolean =>
  actsOf(type).length > 0 || (apiTypes as readonly string[]).includes(type) || classOf(type) === 'stranger'

/** Known here without any choice, and so in every world below. */
function isSurelyAmongItself(facts: Facts, resource: Resource): boolean {
  try {
    return namedFromOutside(facts, resource).length === 0
  } catch (error) {
    if (error instanceof Undecided || error instanceof Infeasible) return false
    throw error
  }
}

/** A program that nobody here reads; its rights may be anybody's. */
export const unreadPrograms = (facts: Facts): readonly Resource[] =>
  [...facts.around.program.resources.values()].filter(({ type }) => isCustom(type))

export const isUnreadProgram = (facts: Facts, resource: Resource): boolean =>
  facts.exists(resource) && !isKnownProgram(facts, resource)

/** What a resource acts on that the templates do not create, or perhaps do not. */
export function namedFromOutside(facts: Facts, resource: Resource): readonly Named[] {
  const { type } = resource
  const named = (path: string, act: Named['act'], value: Value): readonly Named[] => {
    const whose = whoseIs(facts, value, type, path)
    return whose === 'own' ? [] : [{ path, act, value, whose }]
  }
  const perhaps = (path: string, act: Named['act'], value: Value): readonly Named[] =>
    named(path, act, value).map((each) => ({ ...each, whose: 'unknown' }))
  const inDocument = definedBy(facts, resource)
  return [
    ...actsOf(type).flatMap(({ path, act }) =>
      valuesAt(facts, resource, path).flatMap((value) => {
        if (path === 'IntegrationUri' && !isThroughLink(facts, resource, value)) return []
        return act === 'plan' || isAddress(facts, resource, path) ? perhaps(path, act, value) : named(path, act, value)
      }),
    ),
    ...inDefaultGroup(facts, resource).flatMap(({ path, value }) => perhaps(path, 'default-group', value)),
    ...inDocument.targets.filter((value) => !isAbsent(value)).flatMap((value) => named('Body', 'target', value)),
    ...inDocument.unread.map((value): Named => ({ path: 'Body', act: 'unjudged', value, whose: 'unknown' })),
    ...(classOf(type) === 'stranger'
      ? leavesOf(facts.resolver.properties(resource), '')
          .filter(({ path }) => path === '' || saysNetwork(path))
          .flatMap(({ path, value }) => perhaps(path, 'unjudged', value))
      : []),
  ]
}

/** An integration without a link calls an address that anybody may call, and with one a URL says only what is sent. */
const isThroughLink = (facts: Facts, resource: Resource, uri: Value): boolean =>
  !isAbsent(facts.get(resource, 'ConnectionId')) && !isUrl(uri)

const isUrl = (value: Value): boolean => {
  const first = value.kind === 'joined' ? value.parts[0] : value
  return first !== undefined && /^https?:/i.test(textOf(first) ?? '')
}

/** What is named by an address may stand anywhere. */
const isAddress = (facts: Facts, resource: Resource, path: string): boolean =>
  path === 'Targets.Id' &&
  textOf(
    facts.get(resource, resource.type === 'AWS::VpcLattice::TargetGroup' ? 'Type' : 'TargetType'),
  )?.toLowerCase() === 'ip'

/**
 * An interface that names no group has the default group of its VPC; a network load balancer then has none at all,
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-security-groups.html
 */
function inDefaultGroup(facts: Facts, resource: Resource): readonly { readonly path: string; readonly value: Value }[] {
  const groups = actsOf(resource.type).filter(({ act }) => act === 'member')
  if (groups.length === 0 || groups.some(({ path }) => valuesAt(facts, resource, path).length > 0)) return []
  if (resource.type === loadBalancerType && textOf(facts.get(resource, 'Type')) === 'network') return []
  return subnetPaths(resource.type).flatMap((path) => valuesAt(facts, resource, path).map((value) => ({ path, value })))
}

/** Links and load balancers that the document of an API names, and what of it is not read. */
function definedBy(
  facts: Facts,
  resource: Resource,
): { readonly targets: readonly Value[]; readonly unread: readonly Value[] } {
  if (!(apiTypes as readonly string[]).includes(resource.type)) return { targets: [], unread: [] }
  const { integrations, unread } = definedRoutes(facts, resource, facts.get(resource, 'Body'), apiOf(resource).kind)
  const elsewhere = facts.get(resource, 'BodyS3Location')
  return {
    targets: integrations.flatMap(({ link, target }) => [link, ...(isUrl(target) ? [] : [target])]),
    unread: [...unread, ...(isAbsent(elsewhere) ? [] : [elsewhere])],
  }
}

function leavesOf(value: Value, path: string): readonly { readonly path: string; readonly value: Value }[] {
  if (value.kind === 'list') return value.items.flatMap((item) => leavesOf(item, path))
  if (value.kind === 'map')
    return [...value.entries].flatMap(([name, item]) => leavesOf(item, path === '' ? name : `${path}.${name}`))
  return isAbsent(value) ? [] : [{ path, value }]
}

function whoseIs(facts: Facts, value: Value, type: string, path: string): Whose {
  const whose = byIdentity(facts, value)
  return whose !== 'own' && isOwnName(facts, value, type, path) ? 'own' : whose
}

function byIdentity(facts: Facts, value: Value): Whose {
  switch (value.kind) {
    case 'none':
      return 'own'
    case 'ref':
      return ofReference(facts, value)
    case 'text':
      return ofText(value.text)
    case 'outside':
      return ofOrigin(facts, value.origin)
    case 'joined':
      return ofParts(facts, value.parts)
    case 'list':
    case 'map':
      return 'unknown'
    case 'any':
      return ofAny(facts, value)
  }
}

/** What a property gets from a choice among its own things is its own; a piece of a list from outside is from there. */
function ofAny(facts: Facts, { taint, origins }: Value & { kind: 'any' }): Whose {
  if (taint === 'all') return 'unknown'
  const others = origins.filter(({ kind }) => kind !== 'attribute')
  if (others.length === 0) return taint.size > 0 && origins.length > 0 ? 'own' : 'unknown'
  return taint.size === 0 && others.every((origin) => ofOrigin(facts, origin) === 'outside') ? 'outside' : 'unknown'
}

function ofReference(facts: Facts, { resource: key, attribute }: Value & { kind: 'ref' }): Whose {
  const resource = facts.around.program.resources.get(key)
  if (!resource) return 'unknown'
  switch (kindOfAttribute(facts.resolver, resource, attribute)?.kind) {
    case 'identity':
    case 'default-group':
    case 'data':
      return 'own'
    case 'foreign': {
      // AWS makes it together with the resource, unless it is found by way of what the resource was given.
      const found = attributeOf(resource.type, attribute ?? '')
      return found?.kind === 'foreign' && found.property === undefined ? 'own' : 'unknown'
    }
    default:
      return 'unknown'
  }
}

/** An address may be that of a host of the templates, and a stage says what its variables are. */
function ofText(text: string): Whose {
  if (text === '') return 'own'
  if (text.includes('${stageVariables.')) return 'unknown'
  return /^[\d.]+$|^[\da-f:]+$/i.test(text) && /[.:]/.test(text) ? 'unknown' : 'outside'
}

/** Another template that is given with this one may create it. A word of AWS itself is not an id. */
function ofOrigin(facts: Facts, { kind, root }: Origin): Whose {
  const isAlone = facts.around.program.stacks.every((stack) => root === undefined || rootOf(stack).key === root)
  return isAlone && (kind === 'parameter' || kind === 'import' || kind === 'dynamic' || kind === 'literal')
    ? 'outside'
    : 'unknown'
}

/** An ARN that is put together: its own resource is between separators. */
function ofParts(facts: Facts, parts: readonly Value[]): Whose {
  const whole = (part: Value | undefined, isEnd: boolean): boolean =>
    part === undefined || (part.kind === 'text' && (isEnd ? /^[:/.]/ : /[:/]$/).test(part.text))
  const references = parts.flatMap((part, at) => (part.kind === 'ref' ? [{ part, at }] : []))
  if (
    references.some(
      ({ part, at }) => ofReference(facts, part) === 'own' && whole(parts[at - 1], false) && whole(parts[at + 1], true),
    )
  )
    return 'own'
  const isOpen = parts.some((part) => part.kind !== 'text' && part.kind !== 'outside')
  const isElsewhere = parts.some(
    (part) => part.kind === 'outside' && part.origin.kind !== 'pseudo' && ofOrigin(facts, part.origin) !== 'outside',
  )
  return isOpen || isElsewhere ? 'unknown' : 'outside'
}

/** A thing of the templates may be named by the name that they give it: a role by its `RoleName`. */
function isOwnName(facts: Facts, value: Value, type: string, path: string): boolean {
  const key = keyOf(value)
  const last = wordOf(path.slice(path.lastIndexOf('.') + 1))
  return [...facts.around.byType].some(([other, resources]) => {
    if (serviceOf(other) !== serviceOf(type) || !isCalled(other, last)) return false
    const identity = attributeOf(other, '')
    const names = identity?.kind === 'identity' ? identity.names : []
    return resources.some((each) =>
      names.some((name) => {
        const given = facts.get(each, name)
        return !isAbsent(given) && keyOf(given) === key && facts.exists(each)
      }),
    )
  })
}

const serviceOf = (type: string): string => type.split('::').slice(0, 2).join('::').replace(/V2$/, '')
const wordOf = (name: string): string => name.replace(/(?:Names?|Ids?|Arns?|s)$/, '').toLowerCase()

/** A rule calls a security group only a group. */
function isCalled(type: string, word: string): boolean {
  const own = wordOf(type.slice(type.lastIndexOf(':') + 1))
  return own === word || (type === 'AWS::EC2::SecurityGroup' && word === 'group')
}

/** The first text that says what a value is, for a person. */
export function labelOf(value: Value): string {
  switch (value.kind) {
    case 'text':
      return value.from === undefined ? value.text : `the parameter ${value.from.name}`
    case 'outside':
      return originLabel(value.origin)
    case 'any':
      return value.origins[0] ? originLabel(value.origins[0]) : 'something'
    case 'ref':
      return `${value.resource.slice(value.resource.lastIndexOf('/') + 1)}${value.attribute ? `.${value.attribute}` : ''}`
    case 'joined':
      return value.parts.map((part) => textOf(part) ?? `\${${labelOf(part).replace(/^the \w+ /, '')}}`).join('')
    default:
      return 'something'
  }
}

const words: Readonly<Partial<Record<Origin['kind'], string>>> = {
  parameter: 'the parameter ',
  import: 'the import ',
  dynamic: 'what is stored under ',
}

const originLabel = ({ kind, name }: Origin): string => `${words[kind] ?? ''}${name}`
