import { existing, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { wayOut } from '../egress/index.ts'
import { privateSubnet, Vpc } from '../handles/network.ts'
import { zones } from '../zones.ts'
import { flowLogs } from './flow-logs.ts'
import { privateSubnets } from './private-subnets.ts'
import { zoneIds } from './subnets.ts'
import { vpc } from './vpc.ts'

/** VPC, private subnets, and the way out that the config asks for. The flow logs of an existing VPC are its owner's. */
export const network = (network: Network, observability: Observability): Fragment =>
  network.kind === 'existing'
    ? merge(existing(Vpc, ...zones(network).map(privateSubnet)), wayOut(network).resources())
    : merge(
        zoneIds(network),
        vpc(network),
        privateSubnets(network),
        wayOut(network).resources(),
        flowLogs(observability),
      )
