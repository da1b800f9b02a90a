import type { Config } from '../../config/schema/index.ts'
import { deletionProtection, listenerArn, loadBalancerGroup, serverName } from '../parameters/load-balancer.ts'
import type { Parameter } from '../parameters/parameter.ts'

export type OwnLoadBalancer = {
  readonly kind: 'new'
  readonly accessLogs: boolean
  readonly deletionProtection: Parameter
  /** Other applications may be on it. */
  readonly isShared: boolean
}

/** One of others, on which there may be further applications. */
export type ExistingLoadBalancer = {
  readonly kind: 'existing'
  readonly listener: Parameter
  readonly group: Parameter
  /** What API Gateway verifies. */
  readonly serverName: Parameter
  readonly isShared: true
}

export type LoadBalancer = OwnLoadBalancer | ExistingLoadBalancer

export const loadBalancerOf = (config: Pick<Config, 'loadBalancer' | 'share'>): LoadBalancer => {
  const { accessLogs = true, deletionProtection: isProtected = false, existing } = config.loadBalancer
  return existing === undefined
    ? { kind: 'new', accessLogs, deletionProtection: deletionProtection(isProtected), isShared: isShared(config) }
    : {
        kind: 'existing',
        listener: listenerArn(existing.listener),
        group: loadBalancerGroup(existing.securityGroup),
        serverName: serverName(existing.serverName),
        isShared: true,
      }
}

export const loadBalancerParameters = (loadBalancer: LoadBalancer): Parameter[] =>
  loadBalancer.kind === 'new'
    ? [loadBalancer.deletionProtection]
    : [loadBalancer.listener, loadBalancer.group, loadBalancer.serverName]

/** Whether other applications may be on it, so that its rules must tell them apart. */
export const isShared = ({ loadBalancer, share }: Pick<Config, 'loadBalancer' | 'share'>): boolean =>
  share || loadBalancer.existing !== undefined
