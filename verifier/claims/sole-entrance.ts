/** The VPC link is the only source that reaches a listener, the load balancer the only one that reaches a task. */

import type { Facts } from '../facts/facts.ts'
import type { Claim } from '../judge/claim.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { hasInterface } from '../obligations/interface.ts'
import { isApplicationLike } from '../obligations/kind.ts'
import { ofOthers } from '../obligations/outside-listener.ts'
import { type Allowed, nothingElseInto, soleSource } from '../obligations/sources.ts'
import { allRead, nothingUnread, strangers } from '../obligations/unread.ts'
import { linkType } from '../relations/apis.ts'
import { ruleSources } from '../relations/belonging.ts'
import { ecsMakesGateway, gatewaysOf } from '../relations/ecs-gateways.ts'
import { isGround } from '../relations/ground.ts'
import { linkGroupResources, linksOf } from '../relations/links.ts'
import {
  certainListenersOf,
  forwardedGroups,
  hasNoGroup,
  isNetwork,
  loadBalancerType,
} from '../relations/load-balancers.ts'
import { groupsAdmitted, outsideListenersBefore } from '../relations/outside-listeners.ts'
import { loadBalancerAsTarget, type Target, tasksAsTarget } from '../relations/targets.ts'
import {
  definitionsOf,
  isInFrontAtTimes,
  loadBalancersOf,
  namesNoGroup,
  perhapsInFront,
  runsTasks,
  targetGroupsOf,
  taskTypes,
} from '../relations/tasks.ts'
import { outsideLinks } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'

/** A load balancer that reaches itself is not another source. */
const linkTo = (facts: Facts, target: Resource): Allowed => ({
  name: 'the VPC link',
  isAllowed: (_facts, member) => member.type === linkType || member === target,
  carriers: [...linksOf(facts).map(({ id }) => id), ...outsideLinks(facts)],
})

export const soleEntrance: Claim = {
  id: 'sole-entrance',
  title: 'Only the VPC link reaches a listener, only its load balancer reaches a task',
  about: 'each load balancer and each service',
  text: 'Only the VPC link reaches a listener; only its load balancer reaches a task.',
  targets: [loadBalancerType, ...taskTypes],
  judge: (judgement, target) =>
    target.type === loadBalancerType ? judgeLoadBalancer(judgement, target) : judgeTasks(judgement, target),
}

/** Who has the id of a rule may change it. */
const rulesOfGroups = (facts: Facts, { groups }: Target): readonly Resource[] =>
  groups.known.flatMap((group) => ruleSources(facts, group, 'ingress'))

function judgeLoadBalancer(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  if (!isApplicationLike(judgement, target)) return false
  const guarded = loadBalancerAsTarget(facts, target)
  if (hasNoGroup(facts, target) && (isNetwork(facts, target) || guarded.groups.known.length > 0)) {
    const isOpen = isNetwork(facts, target)
    judgement.refute(
      isOpen
        ? `${target.id} has no security group, so its listeners are open to every client`
        : `${target.id} has no security group, so it gets the default group of its VPC`,
      [{ node: isOpen ? 'any host of the VPC' : 'any host with the default group of the VPC' }, hop(facts, target)],
      'give it a security group that admits only the group of the VPC link',
    )
  }
  soleSource(judgement, guarded, linkTo(facts, target))
  nothingUnread(
    judgement,
    [
      target,
      ...certainListenersOf(facts, target),
      ...forwardedGroups(facts, target),
      ...linksOf(facts),
      ...linkGroupResources(facts),
    ],
    guarded.groups.known,
  )
  strangers(judgement, rulesOfGroups(facts, guarded))
  allRead(judgement, isGround)
  if (!judgement.hasFindings() && !judgement.hasReasons()) judgement.reason(`no rule admits anything to ${target.id}`)
  return true
}

function judgeTasks(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  if (!runsTasks(facts, target)) return false
  if (!hasInterface(judgement, target)) return true
  const guarded = tasksAsTarget(facts, target)
  const { known, others } = targetGroupsOf(facts, target)
  const inFront = loadBalancersOf(facts, target)
  // Without a load balancer the link may lead to the tasks itself, through Cloud Map.
  const isAlone = known.length === 0 && others.length === 0
  const perhaps = perhapsInFront(facts, target)
  const outside = inFront.length > 0 ? [] : outsideListenersBefore(facts, known)
  const allowed: Allowed = isAlone
    ? { ...linkTo(facts, target), isAllowed: (_facts, { type }) => type === linkType }
    : {
        name: `the load balancer of ${target.id}`,
        isAllowed: (_facts, member) =>
          inFront.includes(member) ||
          isInFrontAtTimes(facts, member, target) ||
          (member.type === loadBalancerType && perhaps ? perhaps : false),
        carriers: [...inFront.map(({ id }) => id), ...outside.map(({ name }) => name)],
      }
  if (namesNoGroup(facts, target) && guarded.groups.known.length > 0)
    judgement.refute(
      `${target.id} names no security group, so its tasks get the default group of the VPC`,
      [{ node: 'any host with the default group of the VPC' }, hop(facts, target)],
      'give it a security group that admits only the group of the load balancer',
    )
  soleSource(judgement, guarded, allowed)
  if (outside.length > 0)
    for (const value of groupsAdmitted(facts, target))
      nothingElseInto(judgement, value, guarded, {
        ...linkTo(facts, target),
        isAllowed: (_facts, { type }) => type === linkType,
      })
  for (const listener of outside) judgement.assume(ofOthers(listener))
  for (const { gateway, because, value } of gatewaysOf(facts, target))
    if (value) judgement.doubt(value, 'opens', because, [hop(facts, target)])
    else judgement.refute(because, [hop(facts, gateway), hop(facts, target)], ecsMakesGateway)
  nothingUnread(
    judgement,
    [target, ...definitionsOf(facts, target), ...known],
    [...guarded.groups.known, ...inFront.flatMap((each) => loadBalancerAsTarget(facts, each).groups.known)],
  )
  strangers(judgement, rulesOfGroups(facts, guarded))
  allRead(judgement, isGround)
  if (!judgement.hasFindings() && !judgement.hasReasons())
    judgement.reason(`no rule admits anything to the tasks of ${target.id}`)
  return true
}
