/** Which VPC a door is in, and whether something there would be opened by it. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt, isSameOutside, other, resourceOf, yes } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { defaultGroupOf } from '../resolve/taint.ts'
import { any, isAbsent, nothing, piecesOf, type Taint, textOf, type Value } from '../resolve/value.ts'
import { isEndpointOfAws } from './egress.ts'
import { groupType } from './groups.ts'
import { forwardedGroups, groupsOf, loadBalancerType, subnetsOf, targetGroupType } from './load-balancers.ts'
import { tableType } from './routes.ts'
import { runsTasks, targetGroupsOf, taskGroups, taskSubnets, taskTypes } from './tasks.ts'
import { valuesAt } from './values-at.ts'
import { mayBeVpn, subnetType, vpcType } from './vpcs.ts'

/** Where a type names the VPC that it is in: by the VPC, or by something in one. */
const places: Readonly<Record<string, string>> = {
  'AWS::CloudFront::VpcOrigin': 'VpcOriginEndpointConfig.Arn',
  'AWS::EC2::CarrierGateway': 'VpcId',
  'AWS::EC2::ClientVpnAuthorizationRule': 'ClientVpnEndpointId',
  'AWS::EC2::ClientVpnEndpoint': 'VpcId SecurityGroupIds',
  'AWS::EC2::ClientVpnRoute': 'TargetVpcSubnetId',
  'AWS::EC2::ClientVpnTargetNetworkAssociation': 'SubnetId',
  'AWS::EC2::Instance':
    'SubnetId SecurityGroupIds NetworkInterfaces.SubnetId NetworkInterfaces.GroupSet NetworkInterfaces.NetworkInterfaceId',
  'AWS::EC2::InstanceConnectEndpoint': 'SubnetId SecurityGroupIds',
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': 'VpcId',
  'AWS::EC2::NetworkInterface': 'SubnetId GroupSet',
  'AWS::EC2::NetworkInterfaceAttachment': 'InstanceId NetworkInterfaceId',
  'AWS::EC2::Route': 'RouteTableId',
  'AWS::EC2::RouteServerPropagation': 'RouteTableId',
  'AWS::EC2::TransitGatewayAttachment': 'VpcId SubnetIds',
  'AWS::EC2::TransitGatewayVpcAttachment': 'VpcId SubnetIds',
  'AWS::EC2::VPCEndpoint': 'VpcId SubnetIds SecurityGroupIds RouteTableIds',
  'AWS::EC2::VPCEndpointService': 'NetworkLoadBalancerArns',
  'AWS::EC2::VPCGatewayAttachment': 'VpcId',
  'AWS::EC2::VPCPeeringConnection': 'VpcId PeerVpcId',
  'AWS::EC2::VPNGatewayRoutePropagation': 'RouteTableIds',
  'AWS::EC2::VerifiedAccessEndpoint':
    'SecurityGroupIds LoadBalancerOptions.LoadBalancerArn LoadBalancerOptions.SubnetIds NetworkInterfaceOptions.NetworkInterfaceId CidrOptions.SubnetIds RdsOptions.SubnetIds',
  'AWS::GlobalAccelerator::EndpointGroup': 'EndpointConfigurations.EndpointId',
  'AWS::NetworkManager::VpcAttachment': 'VpcArn SubnetArns',
  'AWS::RefactorSpaces::Application': 'VpcId',
  'AWS::VpcLattice::ResourceGateway': 'VpcIdentifier SubnetIds SecurityGroupIds',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': 'VpcIdentifier SecurityGroupIds',
  'AWS::VpcLattice::TargetGroup': 'Config.VpcIdentifier',
}

/** Things that stand in one VPC, and the properties from which it can be told. */
const inOneVpc: Readonly<Record<string, string>> = {
  [subnetType]: 'VpcId',
  [tableType]: 'VpcId',
  [groupType]: 'VpcId',
  [targetGroupType]: 'VpcId',
  'AWS::EC2::ClientVpnEndpoint': 'VpcId',
  'AWS::EC2::Instance': 'SubnetId SecurityGroupIds NetworkInterfaces.SubnetId',
  'AWS::EC2::NetworkInterface': 'SubnetId GroupSet',
}

/** Types that join a VPC to another network, where they have one of these properties. */
const joiners: Readonly<Record<string, string>> = {
  'AWS::EC2::ClientVpnTargetNetworkAssociation': '',
  'AWS::EC2::Instance': 'NetworkInterfaces',
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': '',
  'AWS::EC2::NetworkInterfaceAttachment': '',
  'AWS::EC2::Route':
    'CoreNetworkArn GatewayId InstanceId LocalGatewayId NetworkInterfaceId OdbNetworkArn TransitGatewayId VpcEndpointId VpcPeeringConnectionId',
  'AWS::EC2::RouteServerPropagation': '',
  'AWS::EC2::TransitGatewayAttachment': '',
  'AWS::EC2::TransitGatewayVpcAttachment': '',
  'AWS::EC2::VPCEndpoint': '',
  'AWS::EC2::VPCEndpointService': '',
  'AWS::EC2::VPCGatewayAttachment': 'VpnGatewayId',
  'AWS::EC2::VPCPeeringConnection': '',
  'AWS::EC2::VPNGatewayRoutePropagation': '',
  'AWS::NetworkManager::VpcAttachment': '',
  'AWS::VpcLattice::ResourceGateway': '',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': '',
  'AWS::VpcLattice::TargetGroup': '',
}

/** What a VPC is joined to: two that name the same one are joined to each other. */
const hubs = ['TransitGatewayId', 'CoreNetworkId', 'ServiceNetworkIdentifier']

/** Whether a door is in the VPC of a target, or in one that the templates join to it. */
export function standsWith(facts: Facts, door: Resource, target: Resource): Answer {
  const spots = spotsOf(facts, door)
  // What names no place may be anywhere.
  if (spots.length === 0) return yes
  const around = spotsOfTarget(facts, target)
  return worst(spots.map((spot) => areTogether(facts, spot, around)))
}

/** The same of all load balancers and tasks; one of them is enough. */
export function standsWithAny(facts: Facts, door: Resource): Answer {
  const things = facts.candidates(loadBalancerType, ...taskTypes)
  if (things.length === 0) return yes
  return worst(
    things.map((thing) => {
      if (thing.type !== loadBalancerType && !runsTasks(facts, thing)) return other
      const answer = standsWith(facts, door, thing)
      // Whether it is there is asked only where it would matter.
      return answer.is === 'no' || facts.exists(thing) ? answer : other
    }),
  )
}

/** Whether an internet gateway is attached to the VPC of a target, and which VPCs of the templates those are. */
export function hasInternetGateway(
  facts: Facts,
  target: Resource,
): { readonly answer: Answer; readonly vpcs: readonly Resource[] } {
  const around = spotsOfTarget(facts, target)
  const vpcs = around.filter(isVpc).map(({ vpc }) => vpc)
  const answers = facts.candidates('AWS::EC2::VPCGatewayAttachment').map((attachment) => {
    if (isAbsent(facts.get(attachment, 'InternetGatewayId'))) return other
    const spots = spotsOf(facts, attachment)
    const answer = worst(spots.flatMap((spot) => around.map((each) => isSameVpc(facts, spot, each))))
    return answer.is === 'no' || facts.exists(attachment) ? answer : other
  })
  const found = worst(answers)
  const [unknown] = around.flatMap((spot) => (isVpc(spot) ? [] : [spot.value]))
  return { answer: found.is === 'yes' || !unknown ? found : { is: 'maybe', value: unknown }, vpcs }
}

/** A yes, else a maybe, else the no that has to be said. */
const worst = (answers: readonly Answer[]): Answer =>
  answers.find(({ is }) => is === 'yes') ??
  answers.find(({ is }) => is === 'maybe') ??
  answers.find((each) => each.is === 'no' && each.because === 'by assumption') ??
  other

/** A VPC of the templates, or a value that names one or something in it; `isName`: the VPC itself. */
type Spot = { readonly vpc: Resource } | Named
type Named = { readonly value: Value; readonly isName: boolean }

const isVpc = (spot: Spot): spot is { readonly vpc: Resource } => 'vpc' in spot

const spotsOf = (facts: Facts, resource: Resource): readonly Spot[] => spotsAt(facts, resource, places[resource.type])

const spotsAt = (facts: Facts, resource: Resource, paths: string | undefined, depth = 0): readonly Spot[] =>
  (paths?.split(' ') ?? []).flatMap((path) =>
    valuesAt(facts, resource, path)
      .filter((value) => !arns.has(path) || isTainted(facts.taint(value)))
      .flatMap((value) => spotsOfValue(facts, value, names.has(path), depth)),
  )

/** Properties that name a VPC itself. */
const names: ReadonlySet<string> = new Set(['VpcId', 'PeerVpcId', 'VpcIdentifier', 'Config.VpcIdentifier'])

/** Composed as a text: only what went into it says where it is. */
const arns: ReadonlySet<string> = new Set(['VpcArn', 'SubnetArns'])

const deepest = 4

function spotsOfValue(facts: Facts, named: Value, isName: boolean, depth: number): readonly Spot[] {
  const value = ofArn(named)
  const vpc = resourceOf(facts, value, vpcType)
  if (vpc) return [{ vpc }]
  const balancer = resourceOf(facts, value, loadBalancerType)
  if (balancer) return spotsOfTarget(facts, balancer)
  const thing = depth < deepest ? resourceOf(facts, value, ...Object.keys(inOneVpc)) : undefined
  const found = thing ? spotsAt(facts, thing, inOneVpc[thing.type], depth + 1) : []
  return found.length > 0 ? found : [{ value, isName }]
}

/** `arn:aws:ec2:REGION:ACCOUNT:vpc/` and an id. */
function ofArn(value: Value): Value {
  if (value.kind !== 'joined') return value
  const [last, before] = [...value.parts].reverse()
  return last?.kind === 'ref' && before && /:(?:vpc|subnet)\/$/.test(textOf(before) ?? '') ? last : value
}

const isTainted = (taint: Taint): boolean => taint === 'all' || taint.size > 0

/** What it names counts; target groups, which are of the same VPC, where that does not say it. */
function spotsOfTarget(facts: Facts, target: Resource): readonly Spot[] {
  const isBalancer = target.type === loadBalancerType
  const subnets = piecesOf(isBalancer ? subnetsOf(facts, target) : taskSubnets(facts, target))
  const groups = (isBalancer ? groupsOf(facts, target) : taskGroups(facts, target)).known
  const named = [
    ...subnets.flatMap((value) => spotsOfValue(facts, value, false, 0)),
    ...groups.flatMap(({ resource, isDefault }) =>
      isDefault ? [{ vpc: resource }] : spotsAt(facts, resource, 'VpcId', 1),
    ),
  ]
  if (named.some(isVpc)) return named.filter(isVpc)
  const behind = isBalancer ? forwardedGroups(facts, target) : targetGroupsOf(facts, target).known
  // Where it forwards is known for some worlds only, so what it names also stays open.
  return [...named, ...behind.flatMap((group) => spotsAt(facts, group, 'VpcId', 1))]
}

function areTogether(facts: Facts, door: Spot, around: readonly Spot[]): Answer {
  const same = worst(around.map((spot) => isSameVpc(facts, door, spot)))
  if (same.is !== 'no') return same
  return worst([same, ...around.map((spot) => areJoined(facts, door, spot))])
}

function isSameVpc(facts: Facts, a: Spot, b: Spot): Answer {
  if (isVpc(a)) return isVpc(b) ? (a.vpc === b.vpc ? yes : other) : mayBeIn(facts, b, a.vpc)
  if (isVpc(b)) return mayBeIn(facts, a, b.vpc)
  return isSameOutside(a.value, b.value) === 'yes' ? yes : { is: 'maybe', value: a.value }
}

/** Something made only of things in other VPCs is not in this one. */
function mayBeIn(facts: Facts, { value, isName }: Named, vpc: Resource): Answer {
  const taint = facts.taint(value)
  // A table, subnet or load balancer from outside may stand in a VPC of the templates, its main table among them.
  if (taint === 'all' || (taint.size === 0 && !isName)) return { is: 'maybe', value }
  if (taint.size === 0) return isIt(facts, value, vpc.key)
  return [...taint].every((key) => isSurelyOfAnother(facts, key, vpc)) ? other : { is: 'maybe', value }
}

function isSurelyOfAnother(facts: Facts, key: string, vpc: Resource): boolean {
  const resource = facts.around.program.resources.get(key)
  if (!resource) return key.includes('.') && key !== defaultGroupOf(vpc.key)
  const spots = spotsOfValue(facts, { kind: 'ref', resource: key }, false, 0)
  return spots.length > 0 && spots.every((spot) => isVpc(spot) && spot.vpc !== vpc)
}

/** Two VPCs of the templates are joined for certain through the same peering or hub; from outside, nobody knows. */
function areJoined(facts: Facts, a: Spot, b: Spot): Answer {
  const ofB = joinersOf(facts, b)
  const ofA = isVpc(a) && ofB.length > 0 ? joinersOf(facts, a) : []
  const [first] = ofB
  if (!first || (isVpc(a) && ofA.length === 0)) return other
  const isSure = ofA.some((left) =>
    ofB.some(
      (right) =>
        left.isSure &&
        right.isSure &&
        (left.by === right.by ? isPeering(left.by) : haveSameHub(facts, left.by, right.by)),
    ),
  )
  return isSure ? yes : { is: 'maybe', value: any(first.by.id, nothing, { kind: 'opaque', name: first.by.id }) }
}

const isPeering = ({ type }: Resource): boolean => type === 'AWS::EC2::VPCPeeringConnection'

const haveSameHub = (facts: Facts, left: Resource, right: Resource): boolean =>
  hubs.some((name) => {
    const [one, another] = [facts.get(left, name), facts.get(right, name)]
    return !isAbsent(one) && isSameOutside(one, another) === 'yes'
  })

type Joiner = { readonly by: Resource; readonly isSure: boolean }

/** What joins it to other networks, as far as the templates know of it. */
const joinersOf = (facts: Facts, spot: Spot): readonly Joiner[] =>
  facts.candidates(...Object.keys(joiners)).flatMap((by): readonly Joiner[] => {
    if (!joins(facts, by)) return []
    const spots = spotsOf(facts, by)
    const is = spots.length === 0 ? 'maybe' : worst(spots.map((each) => isSameVpc(facts, each, spot))).is
    return is === 'no' || !facts.exists(by) ? [] : [{ by, isSure: is === 'yes' }]
  })

function joins(facts: Facts, resource: Resource): boolean {
  if (resource.type === 'AWS::EC2::VPCEndpoint') return isEndpointOfAws(facts, resource).is !== 'yes'
  const paths = joiners[resource.type]
  if (paths === undefined || paths === '') return paths === ''
  return paths
    .split(' ')
    .map((path) => ({ path, value: facts.get(resource, path) }))
    .some(({ path, value }) => !isAbsent(value) && (path !== 'GatewayId' || mayBeVpn(facts, value)))
}
