/** The VPC link is the only source that reaches a listener, the load balancer the only one that reaches a task. */

import type { Facts } from '../facts/facts.ts'
import { listenersOf, loadBalancerType } from '../facts/load-balancers.ts'
import {
  definitionsOf,
  hasOwnInterface,
  loadBalancersOf,
  runsTasks,
  targetGroupsOf,
  taskTypes,
} from '../facts/services.ts'
import { groupsIn, groupsOf } from '../network/groups.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import { guard } from './guard.ts'
import { type Allowed, soleSource } from './ingress.ts'
import { type Claim, hop, type Judgement } from './judgement.ts'
import { doubtInterface, isApplicationLike, loadBalancerAsTarget, tasksAsTarget } from './targets.ts'

/** A load balancer that reaches itself is no other source. */
const linkTo = (target: Resource): Allowed => ({
  name: 'the VPC link',
  isAllowed: (member) => member.type === 'AWS::ApiGatewayV2::VpcLink' || member === target,
})

export const soleEntrance: Claim = {
  id: 'sole-entrance',
  targets: [loadBalancerType, ...taskTypes],
  judge: (facts, judgement, target) =>
    target.type === loadBalancerType
      ? judgeLoadBalancer(facts, judgement, target)
      : judgeTasks(facts, judgement, target),
}

function judgeLoadBalancer(facts: Facts, judgement: Judgement, target: Resource): boolean {
  const kind = isApplicationLike(facts, target)
  if (kind === false) return false
  if (kind === undefined)
    judgement.doubt(facts.get(target, 'Type'), 'value', `what kind of load balancer ${target.id} is, is not known`)
  const guarded = loadBalancerAsTarget(facts, target)
  const listeners = listenersOf(facts, target)
  if (guarded.hasNoGroup) {
    const isNetwork = textOf(facts.get(target, 'Type')) === 'network'
    judgement.refute(
      isNetwork
        ? `${target.id} has no security group, so its listeners are open to every client`
        : `${target.id} has no security group, so it gets the default group of its VPC`,
      [{ node: isNetwork ? 'any host of the VPC' : 'any host with the default group of the VPC' }, hop(facts, target)],
      'give it a security group that admits only the group of the VPC link',
    )
  }
  soleSource(facts, judgement, guarded, linkTo(target))
  guard(facts, judgement, [
    target,
    ...listeners.flatMap(({ resource, forwards }) => [resource, ...forwards]),
    ...groupResources(facts, guarded.groups),
    ...linkGroups(facts),
  ])
  if (judgement.findings.length === 0 && judgement.reasons.size === 0)
    judgement.reason(`no rule admits anything to ${target.id}`)
  return true
}

function judgeTasks(facts: Facts, judgement: Judgement, target: Resource): boolean {
  if (!runsTasks(facts, target)) return false
  if (hasOwnInterface(facts, target) !== true) {
    doubtInterface(facts, judgement, target)
    return true
  }
  const guarded = tasksAsTarget(facts, target)
  const { known, others } = targetGroupsOf(facts, target)
  const inFront = loadBalancersOf(facts, target)
  const isAlone = known.length === 0 && others.length === 0
  // Without a load balancer the link may lead to the tasks itself, through Cloud Map.
  const allowed: Allowed = isAlone
    ? { ...linkTo(target), isAllowed: ({ type }) => type === 'AWS::ApiGatewayV2::VpcLink' }
    : { name: `the load balancer of ${target.id}`, isAllowed: (member) => inFront.includes(member) }
  if (isAbsent(guarded.groups) || itemsOf(guarded.groups)?.length === 0)
    judgement.refute(
      `${target.id} names no security group, so its tasks get the default group of the VPC`,
      [{ node: 'any host with the default group of the VPC' }, hop(facts, target)],
      'give it a security group that admits only the group of the load balancer',
    )
  soleSource(facts, judgement, guarded, allowed)
  guard(facts, judgement, [
    target,
    ...definitionsOf(facts, target),
    ...known,
    ...groupResources(facts, guarded.groups),
    ...inFront.flatMap((each) => groupResources(facts, facts.get(each, 'SecurityGroups'))),
  ])
  if (judgement.findings.length === 0 && judgement.reasons.size === 0)
    judgement.reason(`no rule admits anything to the tasks of ${target.id}`)
  return true
}

function groupResources(facts: Facts, value: Value): Resource[] {
  const { known } = groupsIn(facts, groupsOf(facts), value)
  return known.flatMap(({ key }) => facts.around.program.resources.get(key) ?? [])
}

const linkGroups = (facts: Facts): Resource[] => [
  ...facts.all('AWS::ApiGatewayV2::VpcLink'),
  ...facts
    .all('AWS::ApiGatewayV2::VpcLink')
    .flatMap((each) => groupResources(facts, facts.get(each, 'SecurityGroupIds'))),
]
