import { type Fragment, merge } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import type { Cluster } from '../../model/cluster/cluster.ts'
import type { LoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Service } from '../../model/service/service.ts'
import { listenerRule, loadBalancerEgressTo, targetGroup as target, taskIngress } from '../handles/service.ts'
import { fileSystems } from '../task/file-systems.ts'
import { task } from '../task/index.ts'
import { calls } from './calls.ts'
import { alarmsOf, shiftBetween, shiftingRole } from './deployment.ts'
import { deploymentAlarms } from './deployment-alarms.ts'
import { execRights } from './exec.ts'
import { fargateService } from './fargate-service.ts'
import { listenerRules } from './listener-rules.ts'
import { requestScaling, scaling } from './scaling.ts'
import { targetGroups } from './target-group.ts'

type Surroundings = {
  readonly cluster: Cluster
  readonly network: Network
  readonly loadBalancer: LoadBalancer
  readonly observability: Observability
}

/** `taskGroup`: the group of its tasks with its rules, which the isolation probe watches too. */
export const service = (
  service: Service,
  taskGroup: Fragment,
  { cluster, network, loadBalancer, observability }: Surroundings,
): Fragment =>
  merge(
    taskGroup,
    targetGroups(service),
    listenerRules(service),
    fileSystems(service, network),
    shiftingRole(service),
    deploymentAlarms(service, loadBalancer),
    task(service, observability, execRights(service, cluster)),
    calls(service),
    fargateService(service, network, front(service)),
    scaling(service),
    requestScaling(service, loadBalancer),
  )

const front = (service: Service) => ({
  properties: {
    HealthCheckGracePeriodSeconds: service.health.gracePeriodSeconds,
    LoadBalancers: [
      {
        ContainerName: service.key,
        ContainerPort: service.port,
        TargetGroupArn: ref(target(service)),
        AdvancedConfiguration: shiftBetween(service),
      },
    ],
  },
  alarms: alarmsOf(service),
  readyBefore: [
    ...service.listenerRules.map((rule) => listenerRule(service, rule)),
    taskIngress(service),
    loadBalancerEgressTo(service),
  ],
})
