/** Load balancers and tasks as things that packets may reach. */
import type { Facts } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'
import type { Carried } from './groups.ts'
import * as balancers from './load-balancers.ts'
import * as tasks from './tasks.ts'

export type Target = {
  readonly resource: Resource
  readonly groups: Carried
  readonly subnets: Value
  /** Whether it has a public address, so that the internet may be a source. */
  readonly isPublic: boolean
  /** Whether it has an address of IPv6 in this world, or the value that keeps that from being known. */
  readonly hasIpv6: (facts: Facts) => boolean | Value
  readonly isTask: boolean
}

export const loadBalancerAsTarget = (facts: Facts, resource: Resource): Target => {
  const scheme = balancers.schemeOf(facts, resource)
  return {
    resource,
    groups: balancers.groupsOf(facts, resource),
    subnets: balancers.subnetsOf(facts, resource),
    isPublic: 'known' in scheme && scheme.known === 'internet-facing',
    hasIpv6: (below) => balancers.hasIpv6(below, resource),
    isTask: false,
  }
}

export const tasksAsTarget = (facts: Facts, resource: Resource): Target => {
  const address = tasks.publicAddress(facts, resource)
  return {
    resource,
    groups: tasks.taskGroups(facts, resource),
    subnets: tasks.taskSubnets(facts, resource),
    isPublic: 'known' in address && address.known === 'ENABLED',
    hasIpv6: (below) => tasks.hasIpv6(below, resource),
    isTask: true,
  }
}
