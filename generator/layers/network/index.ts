import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { wayOut } from '../egress/index.ts'
import { flowLogs } from './flow-logs.ts'
import { privateSubnets } from './private-subnets.ts'
import { zoneIds } from './subnets.ts'
import { vpc } from './vpc.ts'

/** VPC, private subnets, and the way out that the config asks for. */
export const network = (network: Network, observability: Observability): Fragment =>
  merge(zoneIds(network), vpc(network), privateSubnets(network), wayOut(network).resources(), flowLogs(observability))
