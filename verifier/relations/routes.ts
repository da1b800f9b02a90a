/** What leads out of the subnets of one world. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, anyOf, isIt, resourceOf, resourcesOf, sameOutside } from '../facts/identity.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { isAbsent, piecesOf, type Value } from '../resolve/value.ts'
import { type Destination, destinationOf } from './destinations.ts'
import { gatewayOf } from './gateways.ts'
import { subnetType, vpcType } from './vpcs.ts'

export type Exit = {
  readonly name: string
  readonly place: Place
  readonly kind: 'internet' | 'nat' | 'peering' | 'transit-gateway' | 'vpn' | 'other'
  readonly destination: Destination
  /** What keeps its kind from being known, which is `other` then. */
  readonly unknown?: Value
}

export const tableType = 'AWS::EC2::RouteTable'

export type Tables = {
  readonly known: readonly { readonly table: Resource; readonly subnet?: Resource }[]
  /** Subnets and route tables that the templates do not hold. */
  readonly others: readonly Value[]
  /** Subnets without an association, so that the main table of their VPC counts. */
  readonly mains: readonly Resource[]
  /** Associations of subnets from outside that are other ones, as far as is assumed. */
  readonly assumed: readonly Answer[]
  /** Associations that may be those of a subnet. */
  readonly perhaps: readonly { readonly by: Resource; readonly value: Value }[]
}

/** The route tables of subnets. Without an association the main table counts: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html */
export function tablesOf(facts: Facts, subnets: Value): Tables {
  const { known, others } = resourcesOf(facts, subnets, subnetType)
  const tables: { table: Resource; subnet?: Resource }[] = []
  const unknown: Value[] = []
  const assumed: Answer[] = []
  const perhaps: { by: Resource; value: Value }[] = []
  for (const subnet of others) {
    let isAssociated = false
    for (const association of facts.candidates('AWS::EC2::SubnetRouteTableAssociation')) {
      const id = facts.get(association, 'SubnetId')
      const answer = sameOutside(facts, id, subnet)
      if (answer.is === 'no') assumed.push(answer)
      if (answer.is === 'no' || !facts.exists(association)) continue
      const value = facts.get(association, 'RouteTableId')
      const table = resourceOf(facts, value, tableType)
      if (answer.is === 'maybe') perhaps.push({ by: association, value: answer.value })
      else isAssociated = true
      if (table) tables.push({ table })
      else unknown.push(value)
    }
    if (!isAssociated) unknown.push(subnet)
  }
  const mains: Resource[] = []
  for (const subnet of known) {
    let isAssociated = false
    for (const association of facts.candidates('AWS::EC2::SubnetRouteTableAssociation')) {
      const answer = isIt(facts, facts.get(association, 'SubnetId'), subnet.key)
      if (answer.is === 'no' || !facts.exists(association)) continue
      const value = facts.get(association, 'RouteTableId')
      const table = resourceOf(facts, value, tableType)
      if (answer.is === 'maybe') perhaps.push({ by: association, value: answer.value })
      else isAssociated = true
      if (table) tables.push({ table, subnet })
      else unknown.push(value)
    }
    // The main table of a VPC of the templates has the local route only, unless somebody adds others to it.
    if (!isAssociated) mains.push(subnet)
    if (!isAssociated && !resourceOf(facts, facts.get(subnet, 'VpcId'), vpcType))
      unknown.push({ kind: 'ref', resource: subnet.key })
  }
  return { known: tables, others: unknown, assumed, perhaps, mains }
}

/** Property of a route -> what it leads to. */
const targets: readonly (readonly [string, Exit['kind']])[] = [
  ['NatGatewayId', 'nat'],
  ['EgressOnlyInternetGatewayId', 'nat'],
  ['TransitGatewayId', 'transit-gateway'],
  ['VpcPeeringConnectionId', 'peering'],
  ['CoreNetworkArn', 'transit-gateway'],
  ['CarrierGatewayId', 'internet'],
  ['LocalGatewayId', 'vpn'],
  ['InstanceId', 'other'],
  ['NetworkInterfaceId', 'other'],
  ['VpcEndpointId', 'other'],
]

/** What may put a route into a table, in any world. */
export const exitSources = (facts: Facts): readonly Resource[] =>
  facts.candidates('AWS::EC2::Route', 'AWS::EC2::VPNGatewayRoutePropagation')

/** Whether it is one of the table: yes, no, or the value that keeps it from being known. */
export function isOfTable(facts: Facts, source: Resource, table: Resource): ReturnType<typeof isIt> {
  if (source.type === 'AWS::EC2::Route') return isIt(facts, facts.get(source, 'RouteTableId'), table.key)
  return anyOf(piecesOf(facts.get(source, 'RouteTableIds')).map((value) => isIt(facts, value, table.key)))
}

/** The same of a table that no template creates. */
export function isOfOutsideTable(facts: Facts, source: Resource, table: Value): Answer {
  const ids =
    source.type === 'AWS::EC2::Route'
      ? [facts.get(source, 'RouteTableId')]
      : piecesOf(facts.get(source, 'RouteTableIds'))
  return anyOf(ids.map((id) => sameOutside(facts, id, table)))
}

/** A main table that no template creates may get routes from a template: `RouteTableId` is from outside then. */
export const mayBeMainTable = (facts: Facts, source: Resource): Value | undefined => {
  const values =
    source.type === 'AWS::EC2::Route'
      ? [facts.get(source, 'RouteTableId')]
      : piecesOf(facts.get(source, 'RouteTableIds'))
  return values.find((value) => resourceOf(facts, value, tableType) === undefined)
}

/** Where it leads; undefined when it stays in the VPC. */
export function exitOf(facts: Facts, source: Resource): Exit | undefined {
  const place = facts.place(source)
  if (source.type !== 'AWS::EC2::Route')
    return {
      name: source.id,
      place,
      kind: 'vpn',
      destination: { ranges: undefined, text: 'learned routes', open: undefined, isList: false, isIpv6: false },
    }
  const destination = destinationOf(facts, source)
  const exit = (kind: Exit['kind']): Exit => ({ name: source.id, place, kind, destination })
  const gateway = facts.get(source, 'GatewayId')
  if (!isAbsent(gateway)) {
    const of = gatewayOf(facts, gateway)
    if ('unknown' in of) return { ...exit('other'), unknown: of.unknown }
    return of.known === 'local' ? undefined : exit(of.known)
  }
  const target = targets.find(([name]) => !isAbsent(facts.get(source, name)))
  return exit(target?.[1] ?? 'other')
}
