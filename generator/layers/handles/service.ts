/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'
import type { ListenerRule } from '../../model/load-balancer/listener-rules.ts'
import type { Callee } from '../../model/service/calls.ts'
import type { Fronted } from '../../model/service/fronted.ts'
import type { Running } from '../../model/service/running.ts'
import type { Service } from '../../model/service/service.ts'

export const targetGroup = ({ id }: Fronted) => handle('AWS::ElasticLoadBalancingV2::TargetGroup', `${id}TargetGroup`)
export const alternateTargetGroup = ({ id }: Fronted) =>
  handle('AWS::ElasticLoadBalancingV2::TargetGroup', `${id}AlternateTargetGroup`)
/** With it ECS moves the weights of the service's rule. */
export const infrastructureRole = ({ id }: Service) => handle('AWS::IAM::Role', `${id}InfrastructureRole`)
export const errorAlarm = ({ id }: Service) => handle('AWS::CloudWatch::Alarm', `${id}ErrorAlarm`)
export const connectionAlarm = ({ id }: Service) => handle('AWS::CloudWatch::Alarm', `${id}ConnectionAlarm`)
export const listenerRule = ({ id }: Fronted, { suffix }: ListenerRule) =>
  handle('AWS::ElasticLoadBalancingV2::ListenerRule', `${id}ListenerRule${suffix}`)
export const loadBalancerEgressTo = ({ id }: Fronted) =>
  handle('AWS::EC2::SecurityGroupEgress', `LoadBalancerEgressTo${id}`)
export const taskIngress = ({ id }: Fronted) =>
  handle('AWS::EC2::SecurityGroupIngress', `${id}TaskIngressFromLoadBalancer`)
export const callEgress = ({ id }: Running, callee: Callee) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}Calls${callee.id}Egress`)
export const callIngress = ({ id }: Running, callee: Callee) =>
  handle('AWS::EC2::SecurityGroupIngress', `${id}Calls${callee.id}Ingress`)
export const fargateService = ({ id }: Pick<Running, 'id'>) => handle('AWS::ECS::Service', `${id}Service`)
export const scalingPolicy = ({ id }: Running, metric: string) =>
  handle('AWS::ApplicationAutoScaling::ScalingPolicy', `${id}${metric}Scaling`)
export const scalableTarget = ({ id }: Running) =>
  handle('AWS::ApplicationAutoScaling::ScalableTarget', `${id}ScalableTarget`)
export const queueBacklogAlarm = ({ id }: Running) => handle('AWS::CloudWatch::Alarm', `${id}QueueBacklogAlarm`)
export const queueEmptyAlarm = ({ id }: Running) => handle('AWS::CloudWatch::Alarm', `${id}QueueEmptyAlarm`)
