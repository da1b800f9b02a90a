/** What leads out of the subnets of one world. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, anyOf, isIt, resourceOf, resourcesOf, sameOutside } from '../facts/identity.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { isAbsent, none, piecesOf, type Value } from '../resolve/value.ts'
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
  /** Associations that are of other subnets, as far as is assumed. */
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
  const mains: Resource[] = []
  const isAssociated = (isOf: (id: Value) => Answer, subnet?: Resource): boolean => {
    const found = associations(facts, isOf)
    for (const { answer, by, table } of found) {
      if (answer.is === 'no') assumed.push(answer)
      else if (answer.is === 'maybe') perhaps.push({ by, value: answer.value })
      else if (table.resource) tables.push({ table: table.resource, ...(subnet ? { subnet } : {}) })
      else unknown.push(table.value)
    }
    return found.some(({ answer }) => answer.is === 'yes')
  }
  for (const subnet of others) if (!isAssociated((id) => sameOutside(facts, id, subnet))) unknown.push(subnet)
  for (const subnet of known) {
    if (isAssociated((id) => isIt(facts, id, subnet.key), subnet)) continue
    // The main table of a VPC of the templates has the local route only, unless somebody adds others to it.
    mains.push(subnet)
    if (!resourceOf(facts, facts.get(subnet, 'VpcId'), vpcType)) unknown.push({ kind: 'ref', resource: subnet.key })
  }
  return { known: tables, others: unknown, assumed, perhaps, mains }
}

type Association = {
  readonly by: Resource
  /** Whether it is one of the subnet. */
  readonly answer: Answer
  readonly table: { readonly value: Value; readonly resource: Resource | undefined }
}

const associations = (facts: Facts, isOf: (id: Value) => Answer): readonly Association[] =>
  facts
    .candidates('AWS::EC2::SubnetRouteTableAssociation')
    .map((by) => ({ by, answer: isOf(facts.get(by, 'SubnetId')) }))
    .filter(({ by, answer }) => answer.is === 'no' || facts.exists(by))
    .map(({ by, answer }) => {
      const value = answer.is === 'yes' ? facts.get(by, 'RouteTableId') : none
      return { by, answer, table: { value, resource: resourceOf(facts, value, tableType) } }
    })

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
