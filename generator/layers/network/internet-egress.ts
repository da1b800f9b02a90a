import { empty, type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { getAtt, handle, ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import { defaultRoute, privateRouteTable, Vpc } from '../handles.ts'
import { nameTags } from '../names.ts'
import { zones } from '../zones.ts'
import { publicSubnetRange, zoneId } from './private-subnets.ts'

const InternetGateway = handle('AWS::EC2::InternetGateway', 'InternetGateway')
const InternetGatewayAttachment = handle('AWS::EC2::VPCGatewayAttachment', 'InternetGatewayAttachment')
const PublicRouteTable = handle('AWS::EC2::RouteTable', 'PublicRouteTable')
const RegionalNatGateway = handle('AWS::EC2::NatGateway', 'RegionalNatGateway')
const publicSubnet = (zone: number) => handle('AWS::EC2::Subnet', `PublicSubnet${zone}`)
const natGateway = (zone: number) => handle('AWS::EC2::NatGateway', `NatGateway${zone}`)
const natAddress = (zone: number) => handle('AWS::EC2::EIP', `NatAddress${zone}`)

/** `egress: nat` or `regional-nat`: tasks may open connections to the internet; nothing comes in that way. */
export const internetEgress = (model: Model): Fragment =>
  model.network.egress.kind === 'endpoints'
    ? empty
    : merge(internetGateway(), model.network.egress.kind === 'nat' ? natPerZone(model) : regionalNat(model))

const internetGateway = (): Fragment =>
  fragment(
    resource(InternetGateway, { Tags: nameTags('internet-gateway') }),
    resource(InternetGatewayAttachment, { VpcId: ref(Vpc), InternetGatewayId: ref(InternetGateway) }),
  )

const natPerZone = (model: Model): Fragment =>
  merge(
    fragment(
      resource(PublicRouteTable, { VpcId: ref(Vpc), Tags: nameTags('public') }),
      resource(
        handle('AWS::EC2::Route', 'PublicDefaultRoute'),
        { RouteTableId: ref(PublicRouteTable), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref(InternetGateway) },
        {
          dependsOn: [InternetGatewayAttachment],
          why: 'Only the NAT gateways live in the subnets that have this route.',
        },
      ),
    ),
    ...zones(model).map((zone) =>
      fragment(
        resource(publicSubnet(zone), {
          VpcId: ref(Vpc),
          AvailabilityZoneId: zoneId(zone),
          CidrBlock: publicSubnetRange(model, zone),
          MapPublicIpOnLaunch: false,
          Tags: nameTags(`public-${zone}`),
        }),
        resource(handle('AWS::EC2::SubnetRouteTableAssociation', `PublicRouteTableAssociation${zone}`), {
          SubnetId: ref(publicSubnet(zone)),
          RouteTableId: ref(PublicRouteTable),
        }),
        resource(
          natAddress(zone),
          { Domain: 'vpc', Tags: nameTags(`nat-${zone}`) },
          { dependsOn: [InternetGatewayAttachment] },
        ),
        resource(natGateway(zone), {
          AllocationId: getAtt(natAddress(zone), 'AllocationId'),
          SubnetId: ref(publicSubnet(zone)),
          Tags: nameTags(`nat-${zone}`),
        }),
        defaultRouteTo(zone, natGateway(zone)),
      ),
    ),
  )

const regionalNat = (model: Model): Fragment =>
  fragment(
    resource(
      RegionalNatGateway,
      { AvailabilityMode: 'regional', ConnectivityType: 'public', VpcId: ref(Vpc), Tags: nameTags('nat') },
      {
        dependsOn: [InternetGatewayAttachment],
        why: 'One gateway that follows the tasks into their zones and needs no public subnet (AWS: nat-gateways-regional).',
      },
    ),
    ...zones(model).map((zone) => defaultRouteTo(zone, RegionalNatGateway)),
  )

const defaultRouteTo = (zone: number, gateway: typeof RegionalNatGateway) =>
  resource(defaultRoute(zone), {
    RouteTableId: ref(privateRouteTable(zone)),
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: ref(gateway),
  })
