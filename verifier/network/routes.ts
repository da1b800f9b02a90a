/** What leads out of the subnets of one world. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf, resourcesOf } from '../facts/identity.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { isAbsent, textOf, type Value } from '../resolve/value.ts'
import { parseRange, type Range } from './cidr.ts'

export type Exit = {
  readonly name: string
  readonly place: Place
  readonly kind: 'internet' | 'nat' | 'peering' | 'transit-gateway' | 'vpn' | 'other'
  /** Destination; undefined when it may be anything. */
  readonly range: Range | undefined
  readonly text: string
}

export type Exits = {
  readonly exits: readonly Exit[]
  /** Subnets and route tables that the templates do not hold. */
  readonly unknown: readonly Value[]
}

const routeTable = 'AWS::EC2::RouteTable'

/** Through which routes traffic of these subnets leaves the VPC. */
export function exitsOf(facts: Facts, subnets: Value): Exits {
  const { program } = facts.around
  const { known, others } = resourcesOf(program, subnets, 'AWS::EC2::Subnet')
  const exits = new Map<string, Exit>()
  const unknown: Value[] = [...others]
  for (const subnet of known) {
    const tables = facts
      .all('AWS::EC2::SubnetRouteTableAssociation')
      .filter((each) => resourceOf(program, facts.get(each, 'SubnetId'), 'AWS::EC2::Subnet') === subnet)
      .map((each) => facts.get(each, 'RouteTableId'))
    // Without an association the main table counts, which in a VPC of the templates has the local route only.
    if (tables.length === 0 && !resourceOf(program, facts.get(subnet, 'VpcId'), 'AWS::EC2::VPC'))
      unknown.push({ kind: 'ref', resource: subnet.key })
    for (const value of tables) {
      const table = resourceOf(program, value, routeTable)
      if (!table) unknown.push(value)
      else for (const exit of exitsOfTable(facts, table)) exits.set(`${exit.name} ${exit.text}`, exit)
    }
  }
  return { exits: [...exits.values()], unknown }
}

const destinations = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId']

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

function exitsOfTable(facts: Facts, table: Resource): Exit[] {
  const { program, mentions } = facts.around
  const routes = facts
    .all('AWS::EC2::Route')
    .filter((route) => resourceOf(program, facts.get(route, 'RouteTableId'), routeTable) === table)
    .flatMap((route): Exit[] => {
      const place = facts.place(route)
      const written = destinations.map((name) => facts.get(route, name)).find((value) => !isAbsent(value))
      const text = written ? textOf(written) : undefined
      const range = text === undefined ? undefined : parseRange(text)
      const exit = (kind: Exit['kind']): Exit => ({
        name: route.id,
        place,
        kind,
        range,
        text: text ?? 'any destination',
      })
      const gateway = facts.get(route, 'GatewayId')
      if (!isAbsent(gateway)) {
        if (textOf(gateway) === 'local') return []
        if (textOf(gateway)?.startsWith('vgw-') || resourceOf(program, gateway, 'AWS::EC2::VPNGateway'))
          return [exit('vpn')]
        return [exit('internet')]
      }
      const target = targets.find(([name]) => !isAbsent(facts.get(route, name)))
      return [exit(target?.[1] ?? 'other')]
    })
  const learned = facts
    .all('AWS::EC2::VPNGatewayRoutePropagation')
    .filter((each) => mentions.get(each.key)?.has(table.key))
    .map(
      (each): Exit => ({
        name: each.id,
        place: facts.place(each),
        kind: 'vpn',
        range: undefined,
        text: 'learned routes',
      }),
    )
  return [...routes, ...learned]
}

/** The address range of a VPC; undefined when it is not known. */
export function rangesOfVpc(facts: Facts, vpc: Resource): { readonly range: Range | undefined; readonly value: Value } {
  const value = facts.get(vpc, 'CidrBlock')
  const text = textOf(value)
  return { range: text === undefined ? undefined : parseRange(text), value }
}
