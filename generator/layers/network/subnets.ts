/** Where subnets lie: which part of the VPC's range, which Availability Zone. */
import { empty, type Fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { cidr, findInMap, pseudo, select } from '../../cfn/intrinsics.ts'
import type { Value } from '../../cfn/value.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import { Vpc } from '../handles/network.ts'

/** Private subnets are 0..3 and public ones 4..7, so one more zone moves no subnet. */
const subnetCount = 8
const firstPublic = 4

/** An eighth of the VPC's range. */
const subnetRange = ({ prefixLength }: OwnNetwork, index: number): Value<string> =>
  select(index, cidr(getAtt(Vpc, 'CidrBlock'), subnetCount, 32 - prefixLength - 3))

export const privateSubnetRange = (network: OwnNetwork, zone: number): Value<string> => subnetRange(network, zone - 1)

export const publicSubnetRange = (network: OwnNetwork, zone: number): Value<string> =>
  subnetRange(network, firstPublic + zone - 1)

/** By zone id, not by name: names mean other zones in other accounts, and VPC links do not exist in all (AWS: http-api-vpc-links). */
export const zoneId = (zone: number): Value<string> => findInMap('RegionalZoneIds', pseudo('Region'), `Zone${zone}`)

export const zoneIds = ({ regionalZoneIds }: OwnNetwork): Fragment => ({
  ...empty,
  mappings: {
    RegionalZoneIds: Object.fromEntries(
      Object.entries(regionalZoneIds).map(([region, ids]) => [
        region,
        Object.fromEntries(ids.map((id, index) => [`Zone${index + 1}`, id])),
      ]),
    ),
  },
})
