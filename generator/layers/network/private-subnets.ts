import { empty, type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { getAtt, handle, ref } from '../../cfn/handle.ts'
import { cidr, findInMap, pseudo, select } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Value } from '../../cfn/value.ts'
import type { Model } from '../../model/model.ts'
import { privateRouteTable, privateSubnet, Vpc } from '../handles.ts'
import { nameTags } from '../names.ts'
import { zones } from '../zones.ts'

/** Private subnets are 0..3 and public ones 4..7, so one more zone moves no subnet. */
const subnetCount = 8
const firstPublic = 4

/** An eighth of the VPC's range. */
const subnetRange = (model: Model, index: number): Value<string> =>
  select(index, cidr(getAtt(Vpc, 'CidrBlock'), subnetCount, 32 - model.network.prefixLength - 3))

/** By zone id, not by name: names mean other zones in other accounts, and VPC links do not exist in all (AWS: http-api-vpc-links). */
export const zoneId = (zone: number): Value<string> => findInMap('RegionalZoneIds', pseudo('Region'), `Zone${zone}`)

export const zoneIds = (model: Model): Fragment => ({
  ...empty,
  mappings: {
    RegionalZoneIds: Object.fromEntries(
      Object.entries(model.network.regionalZoneIds).map(([region, ids]) => [
        region,
        Object.fromEntries(ids.map((id, index) => [`Zone${index + 1}`, id])),
      ]),
    ),
  },
})

export const privateSubnets = (model: Model): Fragment =>
  merge(
    ...zones(model).map((zone) =>
      fragment(
        resource(privateSubnet(zone), {
          VpcId: ref(Vpc),
          AvailabilityZoneId: zoneId(zone),
          CidrBlock: subnetRange(model, zone - 1),
          MapPublicIpOnLaunch: false,
          Tags: nameTags(`private-${zone}`),
        }),
        resource(privateRouteTable(zone), { VpcId: ref(Vpc), Tags: nameTags(`private-${zone}`) }),
        resource(handle('AWS::EC2::SubnetRouteTableAssociation', `PrivateRouteTableAssociation${zone}`), {
          SubnetId: ref(privateSubnet(zone)),
          RouteTableId: ref(privateRouteTable(zone)),
        }),
      ),
    ),
  )

export const publicSubnetRange = (model: Model, zone: number): Value<string> =>
  subnetRange(model, firstPublic + zone - 1)
