import type { Config } from '../../config/schema/index.ts'
import { deletionProtection, listenerArn, loadBalancerGroup, serverName } from '../parameters/load-balancer.ts'
import type { Parameter } from '../parameters/parameter.ts'

export type OwnLoadBalancer = {
  readonly kind: 'new'
  readonly accessLogs: boolean
  readonly deletionProtection: Parameter
}

/** One of others, on which there may be further applications. */
export type ExistingLoadBalancer = {
  readonly kind: 'existing'
  readonly listener: Parameter
  readonly group: Parameter
  /** What API Gateway verifies. */
  readonly serverName: Parameter
}

export type LoadBalancer = OwnLoadBalancer | ExistingLoadBalancer

export const loadBalancerOf = ({
  accessLogs = true,
  deletionProtection: isProtected = false,
  existing,
}: Config['loadBalancer']): LoadBalancer =>
  existing === undefined
    ? { kind: 'new', accessLogs, deletionProtection: deletionProtection(isProtected) }
    : {
        kind: 'existing',
        listener: listenerArn(existing.listener),
        group: loadBalancerGroup(existing.securityGroup),
        serverName: serverName(existing.serverName),
      }

export const loadBalancerParameters = (loadBalancer: LoadBalancer): Parameter[] =>
  loadBalancer.kind === 'new'
    ? [loadBalancer.deletionProtection]
    : [loadBalancer.listener, loadBalancer.group, loadBalancer.serverName]

/** Whether other applications may be on it, so that its rules must tell them apart. */
export const isShared = ({ existing }: Config['loadBalancer']): boolean => existing !== undefined
