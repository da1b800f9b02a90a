/** Load balancers and services as things that packets may reach. */
import type { Facts } from '../facts/facts.ts'
import { kindOf, listenersOf, schemeOf } from '../facts/load-balancers.ts'
import { publicAddress, serviceType, taskGroups, taskSubnets } from '../facts/services.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import type { Guarded } from './ingress.ts'
import type { Hop, Judgement } from './judgement.ts'

/** Protocols of listeners that no UDP packet reaches. */
const tcpOnly = new Set(['HTTP', 'HTTPS', 'TCP', 'TLS'])

/** An application load balancer without groups has the default group of its VPC. */
export function loadBalancerAsTarget(facts: Facts, resource: Resource): Guarded & { readonly hasNoGroup: boolean } {
  const listeners = listenersOf(facts, resource)
  const ports = listeners.map(({ port }) => port)
  const groups = facts.get(resource, 'SecurityGroups')
  const addresses = textOf(facts.get(resource, 'IpAddressType'))
  return {
    resource,
    groups,
    hasNoGroup: isAbsent(groups) || itemsOf(groups)?.length === 0,
    subnets: subnetsOf(facts, resource),
    // Listeners may come from elsewhere.
    ports: ports.length === 0 ? [undefined] : ports,
    isTcp: listeners.length > 0 && listeners.every(({ protocol }) => tcpOnly.has(textOf(protocol) ?? '')),
    isPublic: textOf(schemeOf(facts, resource)) === 'internet-facing',
    hasIpv6: !(isAbsent(facts.get(resource, 'IpAddressType')) || addresses === 'ipv4'),
  }
}

const subnetsOf = (facts: Facts, resource: Resource): Value => {
  const subnets = facts.get(resource, 'Subnets')
  if (!isAbsent(subnets)) return subnets
  const mapped = itemsOf(facts.get(resource, 'SubnetMappings')) ?? []
  return {
    kind: 'list',
    items: mapped.map((item) => (item.kind === 'map' ? (item.entries.get('SubnetId') ?? item) : item)),
  }
}

/** A container may listen on any port, whatever its definition says. */
export const tasksAsTarget = (facts: Facts, resource: Resource): Guarded => ({
  resource,
  groups: taskGroups(facts, resource),
  subnets: taskSubnets(facts, resource),
  ports: [undefined],
  isTcp: false,
  isPublic: textOf(publicAddress(facts, resource)) === 'ENABLED',
  hasIpv6: true,
})

export const isApplicationLike = (facts: Facts, resource: Resource): boolean | undefined => {
  const kind = kindOf(facts, resource)
  return kind === undefined ? undefined : kind === 'application' || kind === 'network'
}

/** Tasks that are not known to have a network interface of their own. */
export function doubtInterface(
  facts: Facts,
  judgement: Judgement,
  tasks: Resource,
  because = `the tasks of ${tasks.id} share the network of their container instance, which is not modelled`,
  path: readonly Hop[] = [],
): void {
  if (tasks.type !== serviceType) {
    judgement.doubt({ kind: 'ref', resource: tasks.key }, 'ingress', because, path)
    return
  }
  const configuration = facts.get(tasks, 'NetworkConfiguration')
  judgement.doubt(isAbsent(configuration) ? facts.get(tasks, 'TaskDefinition') : configuration, 'value', because, path)
}
