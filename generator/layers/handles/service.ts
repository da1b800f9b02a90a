/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'
import type { ListenerRule } from '../../model/load-balancer/listener-rules.ts'
import type { Service } from '../../model/service/service.ts'

export const targetGroup = ({ id }: Service) => handle('AWS::ElasticLoadBalancingV2::TargetGroup', `${id}TargetGroup`)
export const listenerRule = ({ id }: Service, { suffix }: ListenerRule) =>
  handle('AWS::ElasticLoadBalancingV2::ListenerRule', `${id}ListenerRule${suffix}`)
export const loadBalancerEgressTo = ({ id }: Service) =>
  handle('AWS::EC2::SecurityGroupEgress', `LoadBalancerEgressTo${id}`)
export const taskIngress = ({ id }: Service) =>
  handle('AWS::EC2::SecurityGroupIngress', `${id}TaskIngressFromLoadBalancer`)
export const fargateService = ({ id }: Service) => handle('AWS::ECS::Service', `${id}Service`)
export const scalingPolicy = ({ id }: Service, metric: string) =>
  handle('AWS::ApplicationAutoScaling::ScalingPolicy', `${id}${metric}Scaling`)
export const scalableTarget = ({ id }: Service) =>
  handle('AWS::ApplicationAutoScaling::ScalableTarget', `${id}ScalableTarget`)
