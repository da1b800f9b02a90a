import { regionalZoneIds } from '../../aws/vpc-link-zones.ts'
import type { Config } from '../../config/schema/index.ts'
import { DEFAULT_CIDR, DEFAULT_ZONES } from '../../config/schema/network.ts'
import { existingSubnet, existingVpc, existingVpcCidr, vpcCidr } from '../parameters/network.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Task } from '../task/task.ts'
import { parseCidr } from './cidr.ts'
import { type ExistingEgress, egressParameters, existingEgressOf, type OwnEgress, ownEgressOf } from './egress.ts'

type Common = {
  /** 2..4 */
  readonly zones: number
  /** The VPC's range of addresses; in an existing one, only the probe asks for it. */
  readonly cidr: Parameter
}

export type OwnNetwork = Common & {
  readonly kind: 'new'
  readonly range: string
  /** Prefix length of the range, 16..24. */
  readonly prefixLength: number
  readonly egress: OwnEgress
  /** Region -> Availability Zone ids in which VPC links exist, as many as `zones`. Regions with fewer are left out. */
  readonly regionalZoneIds: Readonly<Record<string, readonly string[]>>
}

/** Somebody else's, by id. */
export type ExistingNetwork = Common & {
  readonly kind: 'existing'
  readonly vpc: Parameter
  readonly subnets: readonly Parameter[]
  readonly egress: ExistingEgress
}

export type Network = OwnNetwork | ExistingNetwork

export const networkOf = (config: Config, tasks: readonly Task[]): Network => {
  const { cidr: range = DEFAULT_CIDR, availabilityZones = DEFAULT_ZONES, existing } = config.network
  if (existing === undefined)
    return {
      kind: 'new',
      zones: availabilityZones,
      range,
      prefixLength: parseCidr(range).prefixLength,
      cidr: vpcCidr(range),
      egress: ownEgressOf(config, tasks),
      regionalZoneIds: regionalZoneIds(availabilityZones),
    }
  const { vpc, subnets, cidr, endpoints } = existing
  const zones = subnets?.length ?? availabilityZones
  return {
    kind: 'existing',
    zones,
    vpc: existingVpc(vpc),
    subnets: Array.from({ length: zones }, (_, index) => existingSubnet(index, subnets?.[index])),
    cidr: existingVpcCidr(cidr),
    egress: existingEgressOf(config, tasks, endpoints),
  }
}

export const networkParameters = (network: Network, probed: boolean): Parameter[] =>
  network.kind === 'new'
    ? [network.cidr, ...egressParameters(network.egress)]
    : [network.vpc, ...network.subnets, ...(probed ? [network.cidr] : []), ...egressParameters(network.egress)]
