/** Security groups of one world: which an interface carries, the rules of each, and who carries it. */

import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { defaultGroupOf } from '../resolve/taint.ts'
import { piecesOf, type Value } from '../resolve/value.ts'
import { vpcOf } from './vpcs.ts'

export const groupType = 'AWS::EC2::SecurityGroup'
export type Direction = 'ingress' | 'egress'

export type Group = {
  /** Of the resource, or of a VPC's default group. */
  readonly key: string
  readonly name: string
  readonly place: Place
  /** The group, or the VPC whose default group it is. */
  readonly resource: Resource
  /** Anybody in the VPC may carry it, as nobody chooses a VPC's default group. */
  readonly isDefault: boolean
}

export function groupOf(facts: Facts, key: string): Group {
  const resource = facts.around.program.resources.get(key)
  if (resource) return { key, name: resource.id, place: facts.place(resource), resource, isDefault: false }
  const vpc = facts.around.program.resources.get(key.slice(0, key.lastIndexOf('.'))) as Resource
  return {
    key,
    name: `${vpc.id}.DefaultSecurityGroup`,
    place: facts.place(vpc),
    resource: vpc,
    isDefault: true,
  }
}

/** The group that a value is for certain. */
export function groupIn(facts: Facts, value: Value): Group | undefined {
  const group = resourceOf(facts, value, groupType)
  if (group) return groupOf(facts, group.key)
  if (value.kind !== 'ref') return undefined
  const key = defaultGroupOf(value.resource)
  const taint = facts.taint(value)
  return taint !== 'all' && taint.has(key) ? groupOf(facts, key) : undefined
}

export type Carried = {
  readonly known: readonly Group[]
  /** What else the interface may carry. */
  readonly others: readonly Value[]
  /** It names none, so it gets the default group of its VPC. */
  readonly isDefault: boolean
}

/**
 * The groups of an interface. One that names none is in the default group of its VPC,
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-security-groups.html
 */
export function carriedGroups(facts: Facts, value: Value, subnets: Value): Carried {
  const items = piecesOf(value)
  if (items.length > 0) {
    const known: Group[] = []
    const others: Value[] = []
    for (const item of items) {
      const group = groupIn(facts, item)
      if (group) known.push(group)
      else others.push(item)
    }
    return { known, others, isDefault: false }
  }
  const vpc = vpcOf(facts, subnets)
  return vpc.resource
    ? { known: [groupOf(facts, defaultGroupOf(vpc.resource.key))], others: [], isDefault: true }
    : { known: [], others: [vpc.value], isDefault: true }
}
