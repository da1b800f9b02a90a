import { regionalZoneIds } from '../../aws/vpc-link-zones.ts'
import type { Config } from '../../config/schema/index.ts'
import { vpcCidr } from '../parameters/network.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Task } from '../task/task.ts'
import { parseCidr } from './cidr.ts'
import { type Egress, egressOf } from './egress.ts'

export type Network = {
  readonly cidr: string
  /** Prefix length of `cidr`, 16..24. */
  readonly prefixLength: number
  readonly vpcCidr: Parameter
  /** 2..4 */
  readonly zones: number
  readonly egress: Egress
  /** Region -> Availability Zone ids in which VPC links exist, as many as `zones`. Regions with fewer are left out. */
  readonly regionalZoneIds: Readonly<Record<string, readonly string[]>>
}

export const networkOf = (config: Config, tasks: readonly Task[]): Network => {
  const { cidr, availabilityZones } = config.network
  return {
    cidr,
    prefixLength: parseCidr(cidr).prefixLength,
    vpcCidr: vpcCidr(cidr),
    zones: availabilityZones,
    egress: egressOf(config, tasks),
    regionalZoneIds: regionalZoneIds(availabilityZones),
  }
}

export const networkParameters = ({ vpcCidr, egress }: Network): Parameter[] => [
  vpcCidr,
  ...(egress.kind === 'endpoints' ? [egress.s3PrefixListId] : []),
  ...(egress.kind === 'endpoints' && egress.dynamoDbPrefixListId !== undefined ? [egress.dynamoDbPrefixListId] : []),
]
