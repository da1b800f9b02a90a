import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Model } from '../../model/model.ts'
import { endpoints } from './endpoints.ts'
import { flowLogs } from './flow-logs.ts'
import { internetEgress } from './internet-egress.ts'
import { privateSubnets, zoneIds } from './private-subnets.ts'
import { vpc } from './vpc.ts'

/** VPC, private subnets, and either endpoints or NAT: never both, and no internet route unless the config asks for NAT. */
export const network = (model: Model): Fragment =>
  merge(
    zoneIds(model),
    vpc(),
    privateSubnets(model),
    model.network.egress.kind === 'endpoints' ? endpoints(model) : empty,
    internetEgress(model),
    flowLogs(),
  )
