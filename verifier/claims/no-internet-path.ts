/** No path from the internet to a load balancer or task, except through the API. */

import type { Facts } from '../facts/facts.ts'
import { resourcesOf } from '../facts/identity.ts'
import { loadBalancerType, schemeOf } from '../facts/load-balancers.ts'
import { definitionsOf, hasOwnInterface, publicAddress, runsTasks, taskTypes } from '../facts/services.ts'
import { mayBePublic } from '../network/cidr.ts'
import { groupsIn, groupsOf } from '../network/groups.ts'
import type { Resource } from '../resolve/program.ts'
import { booleanOf, entry, isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import { guard } from './guard.ts'
import type { Guarded } from './ingress.ts'
import { type Claim, hop, type Judgement } from './judgement.ts'
import { doubtInterface, isApplicationLike, loadBalancerAsTarget, tasksAsTarget } from './targets.ts'

export const noInternetPath: Claim = {
  id: 'no-internet-path',
  targets: [loadBalancerType, ...taskTypes],
  judge: (facts, judgement, target) => {
    if (target.type === loadBalancerType) {
      if (isApplicationLike(facts, target) === false) return false
      const guarded = loadBalancerAsTarget(facts, target)
      const isNetwork = textOf(facts.get(target, 'Type')) === 'network'
      addressed(facts, judgement, target, guarded, schemeOf(facts, target), 'internal', isNetwork && guarded.hasNoGroup)
      return true
    }
    if (!runsTasks(facts, target)) return false
    if (hasOwnInterface(facts, target) !== true) {
      doubtInterface(facts, judgement, target)
      return true
    }
    addressed(facts, judgement, target, tasksAsTarget(facts, target), publicAddress(facts, target), 'DISABLED', false)
    return true
  },
}

function addressed(
  facts: Facts,
  judgement: Judgement,
  target: Resource,
  guarded: Guarded,
  address: Value,
  isPrivate: string,
  isOpenToAll: boolean,
): void {
  const accelerated = facts
    .all('AWS::GlobalAccelerator::EndpointGroup')
    .find(({ key }) => facts.around.mentions.get(key)?.has(target.key))
  guard(facts, judgement, [target, ...definitionsOf(facts, target)])
  if (textOf(address) === isPrivate && !accelerated) {
    const door = mayHaveIpv6(facts, guarded) ? publicDoor(facts, guarded, 6) : undefined
    if (door?.kind === 'open')
      judgement.gap(
        target.id,
        `take the rule ${door.name} away`,
        `${door.name} admits ${door.text}, and ${target.id} may have an IPv6 address, which is a public one`,
        [{ node: 'internet', via: `${door.name} ${door.text}` }, hop(facts, target)],
      )
    else judgement.reason(`${target.id} has no public address`)
    return
  }
  const door = publicDoor(facts, guarded)
  const isKnown = textOf(address) !== undefined || accelerated !== undefined
  const way = accelerated ? `Global Accelerator ${accelerated.id}` : 'its public address'
  const path = (via: string) => [{ node: 'internet', via: `${way}, ${via}` }, hop(facts, target)]
  if (isOpenToAll) {
    const because = `${target.id} has no security group, so its listeners are open to every client`
    if (isKnown) judgement.refute(because, path('no security group'), 'make it internal and give it a security group')
    else judgement.doubt(address, 'value', because, path('no security group'))
  } else if (door?.kind === 'open') {
    const because = `${door.name} admits ${door.text} to ${target.id}`
    if (isKnown)
      judgement.refute(
        because,
        path(`${door.name} ${door.text}`),
        `${isPrivate === 'internal' ? 'make it internal' : `write AssignPublicIp: ${isPrivate}`}, and admit no public range`,
      )
    else judgement.doubt(address, 'value', because, path(`${door.name} ${door.text}`))
  } else if (door)
    judgement.doubt(
      door.value,
      'ingress',
      `a rule of ${target.id} admits a source that is not known`,
      path('an unknown source'),
    )
  else judgement.reason(`${target.id} may have a public address, but its security groups admit none of the internet`)
}

type PublicDoor =
  | { readonly kind: 'open'; readonly name: string; readonly text: string }
  | { readonly kind: 'unknown'; readonly value: Value }

/** Internal load balancers refuse IPv6 from the internet unless told otherwise; tasks take what their subnet gives. */
function mayHaveIpv6(facts: Facts, { resource, subnets, hasIpv6 }: Guarded): boolean {
  if (resource.type === loadBalancerType) {
    const attributes = itemsOf(facts.get(resource, 'LoadBalancerAttributes')) ?? []
    const deny = attributes.find((each) => textOf(entry(each, 'Key')) === 'ipv6.deny_all_igw_traffic')
    return hasIpv6 && deny !== undefined && booleanOf(entry(deny, 'Value'), true) !== true
  }
  const { known, others } = resourcesOf(facts.around.program, subnets, 'AWS::EC2::Subnet')
  return (
    others.length > 0 ||
    known.some((subnet) => ['Ipv6CidrBlock', 'Ipv6Native'].some((name) => !isAbsent(facts.get(subnet, name))))
  )
}

function publicDoor(facts: Facts, guarded: Guarded, family?: 4 | 6): PublicDoor | undefined {
  const groups = groupsOf(facts)
  const { known, others } = groupsIn(facts, groups, guarded.groups)
  let unknown: Value | undefined = others[0]
  for (const group of known) {
    unknown ??= group.ingress().unread[0]
    for (const rule of group.ingress().rules) {
      const carries = guarded.ports.map((port) => rule.carries(port, guarded.isTcp))
      if (carries.every((each) => each === false)) continue
      if (rule.peer.kind === 'unknown') unknown ??= rule.peer.value
      else if (
        rule.peer.kind === 'range' &&
        mayBePublic(rule.peer.range) &&
        (!family || rule.peer.range.family === family)
      ) {
        if (carries.some((each) => each === true)) return { kind: 'open', name: rule.name, text: rule.peer.text }
        unknown ??= rule.open[0]
      }
    }
  }
  return unknown ? { kind: 'unknown', value: unknown } : undefined
}
