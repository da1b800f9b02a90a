import { type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { EgressPorts } from '../../model/network/egress.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import {
  InternetGateway,
  InternetGatewayAttachment,
  natAddress,
  natGateway,
  PublicDefaultRoute,
  PublicRouteTable,
  publicRouteTableAssociation,
  publicSubnet,
} from '../handles/egress.ts'
import { Vpc } from '../handles/network.ts'
import { publicSubnetRange, zoneId } from '../network/subnets.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'
import { defaultRouteTo, internetGateway, throughNat } from './internet.ts'
import type { WayOut } from './way-out.ts'

/** One gateway in each zone, so that a zone that fails takes no other along. */
export const nat = (network: OwnNetwork, ports: EgressPorts): WayOut =>
  throughNat(network, ports, () =>
    merge(internetGateway(), publicRoute(), ...zones(network).map((zone) => fragment(...inZone(network, zone)))),
  )

const publicRoute = (): Fragment =>
  fragment(
    resource(PublicRouteTable, { VpcId: ref(Vpc), Tags: nameTags('public') }),
    resource(
      PublicDefaultRoute,
      { RouteTableId: ref(PublicRouteTable), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref(InternetGateway) },
      {
        dependsOn: [InternetGatewayAttachment],
        why: 'Only the NAT gateways live in the subnets that have this route.',
      },
    ),
  )

const inZone = (network: OwnNetwork, zone: number): Entry[] => [
  resource(publicSubnet(zone), {
    VpcId: ref(Vpc),
    AvailabilityZoneId: zoneId(zone),
    CidrBlock: publicSubnetRange(network, zone),
    MapPublicIpOnLaunch: false,
    Tags: nameTags(`public-${zone}`),
  }),
  resource(publicRouteTableAssociation(zone), {
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
]
