import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Cluster } from '../../model/cluster/cluster.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Running } from '../../model/service/running.ts'
import { fileSystems } from '../task/file-systems.ts'
import { task } from '../task/index.ts'
import { taskGroup } from '../task/task-group.ts'
import { calls } from './calls.ts'
import { execRights } from './exec.ts'
import { fargateService } from './fargate-service.ts'
import { scaling } from './scaling.ts'

export type Surroundings = {
  readonly cluster: Cluster
  readonly network: Network
  readonly observability: Observability
}

/** A service apart from the load balancer: no target group, no listener rule. Who may call it brings the rules along. */
export const apart = (
  service: Running,
  { cluster, network, observability }: Surroundings,
  rights: readonly object[] = [],
): Fragment =>
  merge(
    taskGroup(service, network),
    fileSystems(service, network),
    task(service, observability, [...rights, ...execRights(service, cluster)]),
    calls(service),
    fargateService(service, network),
    scaling(service),
  )
