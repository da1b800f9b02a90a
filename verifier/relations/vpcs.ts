/** VPCs: whose a subnet is, which addresses its hosts have, and what may bring packets in from elsewhere. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf, resourcesOf } from '../facts/identity.ts'
import { overlaps, parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { booleanOf, isAbsent, none, textOf, type Value } from '../resolve/value.ts'
import { destinationOf } from './destinations.ts'
import { gatewayOf } from './gateways.ts'

export const vpcType = 'AWS::EC2::VPC'
export const subnetType = 'AWS::EC2::Subnet'

export type Vpc = {
  readonly name: string
  /** The VPC, when it is one of the templates. */
  readonly resource: Resource | undefined
  /** What keeps it from being known. */
  readonly value: Value
}

/** The VPC of subnets; they are all of one. */
export function vpcOf(facts: Facts, subnets: Value, fallback: Value = none): Vpc {
  const { known, others } = resourcesOf(facts, subnets, subnetType)
  const [subnet] = known
  const value = subnet ? facts.get(subnet, 'VpcId') : isAbsent(fallback) ? (others[0] ?? subnets) : fallback
  const resource = resourceOf(facts, value, vpcType)
  return { name: resource?.id ?? 'the VPC', resource, value }
}

export type Ranges = {
  readonly known: readonly Range[]
  /** What keeps all of its addresses from being known. */
  readonly others: readonly Value[]
}

/** The address ranges of a VPC, its own and those that are added: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function rangesOf(facts: Facts, vpc: Resource): Ranges {
  const known: Range[] = []
  const others: Value[] = []
  const add = (value: Value): void => {
    const text = textOf(value)
    const range = text === undefined ? undefined : parseRange(text)
    if (range) known.push(range)
    else others.push(value)
  }
  const own = facts.get(vpc, 'CidrBlock')
  const pool = facts.get(vpc, 'Ipv4IpamPoolId')
  if (!isAbsent(own) || isAbsent(pool)) add(own)
  else others.push(pool)
  for (const block of facts.candidates('AWS::EC2::VPCCidrBlock')) {
    const answer = isIt(facts, facts.get(block, 'VpcId'), vpc.key)
    if (answer.is === 'no' || !facts.exists(block)) continue
    if (answer.is === 'maybe') others.push(answer.value)
    for (const name of ['CidrBlock', 'Ipv6CidrBlock']) {
      const value = facts.get(block, name)
      if (!isAbsent(value)) add(value)
    }
    const unlisted = ['Ipv4IpamPoolId', 'Ipv6IpamPoolId', 'Ipv6Pool', 'AmazonProvidedIpv6CidrBlock']
      .map((name) => facts.get(block, name))
      .find((value) => !isAbsent(value) && booleanOf(value, false) !== false)
    if (unlisted) others.push(unlisted)
  }
  return { known, others }
}

/** Types that bring packets from other networks into a VPC. */
const entrances = [
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::ClientVpnTargetNetworkAssociation',
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::VPNConnection',
  'AWS::EC2::VPNGateway',
  'AWS::GlobalAccelerator::EndpointGroup',
  'AWS::NetworkManager::VpcAttachment',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation',
]

/** Routes to anything but the VPC itself, the internet, NAT and AWS's own services. */
const farTargets = [
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'CoreNetworkArn',
  'LocalGatewayId',
  'InstanceId',
  'NetworkInterfaceId',
  'VpcEndpointId',
  'OdbNetworkArn',
]

/** What may bring packets with foreign addresses to hosts of the templates' VPCs, in any world. */
export const entranceSources = (facts: Facts): readonly Resource[] =>
  facts.candidates(
    ...entrances,
    'AWS::EC2::Route',
    'AWS::EC2::Instance',
    'AWS::EC2::NetworkInterface',
    'AWS::EC2::VPCGatewayAttachment',
  )

/** A value: what keeps it from being known whether it is one at all. */
export type Entrance = 'yes' | 'no' | 'maybe' | Value

/** Whether this one does so for hosts in a range. */
export function entranceOf(facts: Facts, resource: Resource, from: Range): Entrance {
  switch (resource.type) {
    case 'AWS::EC2::Route':
      return leadsTo(facts, resource, from) ? farEndOf(facts, resource) : 'no'
    // An appliance sends on what others sent, but not everything need come to it.
    case 'AWS::EC2::Instance':
    case 'AWS::EC2::NetworkInterface':
      return isAppliance(facts, resource) ? 'maybe' : 'no'
    case 'AWS::EC2::VPCGatewayAttachment':
      return isAbsent(facts.get(resource, 'VpnGatewayId')) ? 'no' : 'maybe'
    default:
      return 'maybe'
  }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html */
const isAppliance = (facts: Facts, resource: Resource): boolean =>
  booleanOf(facts.get(resource, 'SourceDestCheck'), true) !== true

/** A route of the templates to an end of the templates says that the range lies there. */
function farEndOf(facts: Facts, route: Resource): Entrance {
  const value = farTargets.map((name) => facts.get(route, name)).find((each) => !isAbsent(each))
  if (!value) {
    const gateway = facts.get(route, 'GatewayId')
    const of = isAbsent(gateway) ? undefined : gatewayOf(facts, gateway)
    if (of && 'unknown' in of) return of.unknown
    return of?.known === 'vpn' ? 'maybe' : 'no'
  }
  const appliance = resourceOf(facts, value, 'AWS::EC2::Instance', 'AWS::EC2::NetworkInterface')
  if (appliance) return booleanOf(facts.get(appliance, 'SourceDestCheck'), true) === false ? 'yes' : 'maybe'
  return resourceOf(facts, value, 'AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGateway') ? 'yes' : 'maybe'
}

/** A range is reached from where a route says that it lies. */
function leadsTo(facts: Facts, route: Resource, from: Range): boolean {
  const { ranges } = destinationOf(facts, route)
  return ranges === undefined || ranges.some((range) => overlaps(range, from))
}

/** Whether a gateway is one of a VPN, as far as it is known. */
export function mayBeVpn(facts: Facts, gateway: Value): boolean {
  if (isAbsent(gateway)) return false
  const of = gatewayOf(facts, gateway)
  return 'unknown' in of || of.known === 'vpn'
}
