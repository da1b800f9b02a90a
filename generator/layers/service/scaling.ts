import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { join, sub } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { LoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Running } from '../../model/service/running.ts'
import type { Service } from '../../model/service/service.ts'
import { Cluster } from '../handles/cluster.ts'
import { fargateService, scalableTarget, scalingPolicy, targetGroup } from '../handles/service.ts'
import { fullName } from '../load-balancer/full-name.ts'
import { paramOf } from '../parameters.ts'

const scalableDimension = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' }

/** Between a minimum and a maximum, by the average load; a queue decides alone. */
export const scaling = (service: Running): Fragment => {
  const { cpu, memory, queue } = service.scale
  const { minTasks, maxTasks } = service.parameters
  return fragment(
    resource(scalableTarget(service), {
      ...scalableDimension,
      ResourceId: sub(`service/\${${Cluster.id}}/\${${fargateService(service).id}.Name}`),
      MinCapacity: paramOf(minTasks),
      MaxCapacity: paramOf(maxTasks),
      ScheduledActions: scheduledActions(service),
    }),
    ...(queue ? [] : [policy(service, 'Cpu', cpu, { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' })]),
    ...(queue || memory === undefined
      ? []
      : [policy(service, 'Memory', memory, { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' })]),
  )
}

export const requestScaling = (service: Service, loadBalancer: LoadBalancer): Fragment => {
  const { requestsPerTarget } = service.scale
  return requestsPerTarget === undefined
    ? empty
    : fragment(
        policy(service, 'Request', requestsPerTarget, {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: join('/', [fullName(loadBalancer), getAtt(targetGroup(service), 'TargetGroupFullName')]),
        }),
      )
}

const scheduledActions = ({ key, scale }: Running) =>
  scale.schedule.length === 0
    ? undefined
    : scale.schedule.map(({ cron, timezone, min, max }, index) => ({
        ScheduledActionName: `${key}-${index + 1}`,
        Schedule: `cron(${cron})`,
        Timezone: timezone,
        ScalableTargetAction: { MinCapacity: min, MaxCapacity: max },
      }))

type Metric = { readonly PredefinedMetricType: string; readonly ResourceLabel?: Intrinsic }

const policy = (service: Running, name: string, TargetValue: number, PredefinedMetricSpecification: Metric): Entry =>
  resource(scalingPolicy(service, name), {
    PolicyName: `${service.key}-${name.toLowerCase()}`,
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: ref(scalableTarget(service)),
    TargetTrackingScalingPolicyConfiguration: {
      PredefinedMetricSpecification,
      TargetValue,
      ScaleInCooldown: service.scale.cooldownSeconds.in,
      ScaleOutCooldown: service.scale.cooldownSeconds.out,
    },
  })
