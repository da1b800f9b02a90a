import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { type Handle, ref } from '../../cfn/handle.ts'
import { type Properties, resource } from '../../cfn/resource.ts'
import type { Network } from '../../model/network/network.ts'
import type { Running } from '../../model/service/running.ts'
import { wayOut } from '../egress/index.ts'
import { Cluster } from '../handles/cluster.ts'
import { fargateService as target } from '../handles/service.ts'
import { taskDefinition } from '../handles/task.ts'
import { nameTags } from '../tags.ts'
import { awsvpc } from '../task/awsvpc.ts'
import { mountable } from '../task/file-systems.ts'
import { reachRules } from '../task/reaches.ts'
import { readyForCalls, serviceConnect } from './calls.ts'
import { capacity } from './capacity.ts'
import { deploymentConfiguration } from './deployment.ts'

/** What stands in front of the tasks; nothing for a worker. */
type Front = {
  readonly properties: Pick<Properties<'AWS::ECS::Service'>, 'LoadBalancers' | 'HealthCheckGracePeriodSeconds'>
  readonly readyBefore: readonly Handle[]
  /** Names of alarms that roll a deployment back. */
  readonly alarms: readonly object[]
}

export const fargateService = (service: Running, network: Network, front?: Front): Fragment =>
  fragment(
    resource(
      target(service),
      {
        Cluster: ref(Cluster),
        TaskDefinition: ref(taskDefinition(service)),
        ...capacity(service),
        PropagateTags: 'SERVICE',
        EnableExecuteCommand: service.exec,
        // Without DesiredCount, so that a stack update does not undo what scaling decided.
        DeploymentConfiguration: deploymentConfiguration(service, front?.alarms) as never,
        HealthCheckGracePeriodSeconds: front?.properties.HealthCheckGracePeriodSeconds,
        NetworkConfiguration: awsvpc(service, network),
        LoadBalancers: front?.properties.LoadBalancers,
        ServiceConnectConfiguration: serviceConnect(service),
        Tags: nameTags(service.key),
      },
      {
        dependsOn: [
          ...(front?.readyBefore ?? []),
          ...wayOut(network).readyBefore(service),
          ...mountable(service, network),
          ...reachRules(service),
          ...readyForCalls(service),
        ],
        why: `Waits for everything that a task needs to start${front ? ' and be found healthy' : ''}; otherwise the circuit breaker fails the first deployment.`,
      },
    ),
  )
