/** Whose network interfaces carry a group. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, anyOf, isIt, sameOutside } from '../facts/identity.ts'
import { groupNamesPath } from '../facts/types/group-names.ts'
import { carrierPaths, passivePaths } from '../facts/types/table.ts'
import { mayName } from '../resolve/names.ts'
import { isOneOfSeveral, type Resource } from '../resolve/program.ts'
import { entry, isAbsent, keyOf, piecesOf, textOf, type Value } from '../resolve/value.ts'
import type { Group } from './groups.ts'
import { startedBy, stateMachineType } from './state-machines.ts'
import { valuesAt } from './values-at.ts'

type Paths = { readonly carrier: readonly string[]; readonly passive: readonly string[] }
const paths = new Map<string, Paths>()

/** Where a type names the groups of its interfaces; hosts behind passive ones open no connections. */
function groupPaths(type: string): Paths {
  const known = paths.get(type) ?? { carrier: carrierPaths(type), passive: passivePaths(type) }
  paths.set(type, known)
  return known
}

const isCarrier = (type: string): boolean =>
  type === stateMachineType || groupPaths(type).carrier.length + groupPaths(type).passive.length > 0

/** What stands at these paths, and what tasks carry that a definition of states starts. */
const carriedAt = (facts: Facts, resource: Resource, all: readonly string[]): readonly CarriedValue[] => [
  ...all.flatMap((path) => valuesAt(facts, resource, path).map((value) => ({ path, value }))),
  ...(startedBy(facts, resource) ?? []).flatMap(({ network }) =>
    ['SecurityGroups', 'Subnets'].flatMap((path) => piecesOf(entry(network, path)).map((value) => ({ path, value }))),
  ),
]

/** A path of a type that AWS gives takes ids of subnets and no other: such as SubnetIds or VpcConfig.Subnets. */
const namesSubnets = (path: string): boolean => /(?:^|\.)Subnet(?:s|Ids?)$/.test(path)

type CarriedValue = { readonly path: string; readonly value: Value }

/**
 * Whether its network interfaces carry a group from outside, which no subnet is; `isPassive`: only where nothing opens a
 * connection.
 */
export function carriesOutside(
  facts: Facts,
  resource: Resource,
  outside: Value,
): { readonly answer: Answer; readonly isPassive: boolean } {
  const among = (all: readonly string[]): Answer =>
    anyOf(
      carriedAt(facts, resource, all)
        .filter(({ path }) => !namesSubnets(path))
        .map(({ value }) => sameOutside(facts, value, outside)),
    )
  const { carrier, passive } = groupPaths(resource.type)
  return { answer: among([...carrier, ...passive]), isPassive: among(carrier).is === 'no' }
}

/** Resources that carry groups, in any world. */
export const carrierSources = (facts: Facts, group: Group): readonly Resource[] =>
  facts.once(carriersIn).filter((resource) => resource !== group.resource)

export const carriersIn = ({ around }: Facts): readonly Resource[] =>
  [...around.program.resources.values()].filter(({ type }) => isCarrier(type))

/** Whether it may carry this group in some world. */
export const mayCarry = (facts: Facts, resource: Resource, group: Group): boolean =>
  mayName(facts.around.names, resource.key, group.key) ||
  isOneOfSeveral(facts.around.program) ||
  isByName(facts, resource, group)

const isByName = (facts: Facts, { type }: Resource, group: Group): boolean =>
  groupNamesPath(type) !== undefined && !group.isDefault && !isAbsent(facts.get(group.resource, 'GroupName'))

/** Whether it carries the group only where nothing behind it opens a connection. */
export const isPassive = (facts: Facts, resource: Resource, group: Group): boolean =>
  carriesAt(facts, resource, group, groupPaths(resource.type).carrier).is === 'no'

/** Whether its network interfaces carry the group. */
export function carries(facts: Facts, resource: Resource, group: Group): Answer {
  const { carrier, passive } = groupPaths(resource.type)
  return carriesAt(facts, resource, group, [...carrier, ...passive])
}

function carriesAt(facts: Facts, resource: Resource, group: Group, all: readonly string[]): Answer {
  let answer: Answer = { is: 'no', because: 'nothing is named' }
  for (const { path, value } of carriedAt(facts, resource, all)) {
    // A subnet brings the default group of its VPC along, and no id of another one is taken there.
    if (!group.isDefault && namesSubnets(path)) continue
    const each = isIt(facts, value, group.key)
    const named =
      each.is === 'no' && path === groupNamesPath(resource.type) && !group.isDefault
        ? byName(facts, value, group)
        : each
    if (named.is === 'yes') return named
    if (answer.is !== 'maybe' && (named.is === 'maybe' || named.because === 'by assumption')) answer = named
  }
  return answer
}

/** A group is meant by its name where one is written, and perhaps by what may be a name. */
function byName(facts: Facts, value: Value, group: Group): Answer {
  const given = facts.get(group.resource, 'GroupName')
  if (isAbsent(given)) return isIt(facts, value, group.key)
  if (keyOf(given) === keyOf(value)) return { is: 'yes', because: 'the same name' }
  const [text, name] = [textOf(value), textOf(given)]
  const isName = text === undefined ? value.kind !== 'ref' : !text.startsWith('sg-')
  if (isName && (text === undefined || name === undefined))
    return { is: 'maybe', value: text === undefined ? value : given }
  return isIt(facts, value, group.key)
}
