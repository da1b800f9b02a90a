import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import { privateRouteTable, privateRouteTableAssociation, privateSubnet, Vpc } from '../handles/network.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'
import { privateSubnetRange, zoneId } from './subnets.ts'

export const privateSubnets = (network: OwnNetwork): Fragment =>
  fragment(
    ...zones(network).flatMap((zone) => [
      resource(privateSubnet(zone), {
        VpcId: ref(Vpc),
        AvailabilityZoneId: zoneId(zone),
        CidrBlock: privateSubnetRange(network, zone),
        MapPublicIpOnLaunch: false,
        Tags: nameTags(`private-${zone}`),
      }),
      resource(privateRouteTable(zone), { VpcId: ref(Vpc), Tags: nameTags(`private-${zone}`) }),
      resource(privateRouteTableAssociation(zone), {
        SubnetId: ref(privateSubnet(zone)),
        RouteTableId: ref(privateRouteTable(zone)),
      }),
    ]),
  )
