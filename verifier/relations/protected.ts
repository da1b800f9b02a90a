/** What there is to protect: load balancers, tasks and APIs, in any world. */
import type { Facts, Surroundings } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import { apiTypes } from './apis.ts'
import { loadBalancerType } from './load-balancers.ts'
import { serviceType } from './tasks.ts'

export const protectedTypes = [loadBalancerType, serviceType, ...apiTypes] as const

/** A resource that is only a transform may be one of them. */
export const isAnythingProtected = ({ byType }: Surroundings): boolean =>
  protectedTypes.some((type) => byType.has(type))

/** Things with which a resource that is handed them could make another way in. */
const handles = [
  loadBalancerType,
  serviceType,
  ...apiTypes,
  'AWS::ApiGatewayV2::VpcLink',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::ECS::Cluster',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
]

export const protectedThings = ({ candidates }: Facts): readonly Resource[] => candidates(...handles)
