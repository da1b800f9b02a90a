import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { type Handle, ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Network } from '../../model/network/network.ts'
import type { Service } from '../../model/service/service.ts'
import { wayOut } from '../egress/index.ts'
import { Cluster } from '../handles/cluster.ts'
import {
  listenerRule,
  loadBalancerEgressTo,
  fargateService as target,
  targetGroup,
  taskIngress,
} from '../handles/service.ts'
import { taskDefinition } from '../handles/task.ts'
import { nameTags } from '../tags.ts'
import { awsvpc } from '../task/awsvpc.ts'
import { capacity } from './capacity.ts'

export const fargateService = (service: Service, network: Network): Fragment =>
  fragment(
    resource(
      target(service),
      {
        Cluster: ref(Cluster),
        TaskDefinition: ref(taskDefinition(service)),
        ...capacity(service),
        PropagateTags: 'SERVICE',
        EnableExecuteCommand: false,
        // Without DesiredCount, so that a stack update does not undo what scaling decided.
        DeploymentConfiguration: {
          MinimumHealthyPercent: service.deployment.minimumHealthyPercent,
          MaximumPercent: service.deployment.maximumPercent,
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        },
        HealthCheckGracePeriodSeconds: service.health.gracePeriodSeconds,
        NetworkConfiguration: awsvpc(service, network),
        LoadBalancers: [
          { ContainerName: service.key, ContainerPort: service.port, TargetGroupArn: ref(targetGroup(service)) },
        ],
        Tags: nameTags(service.key),
      },
      {
        dependsOn: whatTasksNeed(service, network),
        why: 'Waits for everything that a task needs to start and be found healthy; otherwise the circuit breaker fails the first deployment.',
      },
    ),
  )

const whatTasksNeed = (service: Service, network: Network): Handle[] => [
  ...service.listenerRules.map((rule) => listenerRule(service, rule)),
  taskIngress(service),
  loadBalancerEgressTo(service),
  ...wayOut(network).readyBefore(service),
]
