/** No path from the internet to a load balancer or task, except through the API. */
import type { Claim } from '../judge/claim.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { hasInterface } from '../obligations/interface.ts'
import { eachPublicRule, throughOthers } from '../obligations/internet.ts'
import { isApplicationLike } from '../obligations/kind.ts'
import { allRead, nothingUnread } from '../obligations/unread.ts'
import { gatewaysOf } from '../relations/ecs-gateways.ts'
import { isGround } from '../relations/ground.ts'
import type { Known } from '../relations/known.ts'
import {
  certainListenersOf,
  hasNoGroup,
  hasPublicIpv6,
  isNetwork,
  loadBalancerType,
  schemeOf,
} from '../relations/load-balancers.ts'
import { loadBalancerAsTarget, type Target, tasksAsTarget } from '../relations/targets.ts'
import { definitionsOf, hasIpv6, publicAddress, runsTasks, targetGroupsOf, taskTypes } from '../relations/tasks.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'

export const noInternetPath: Claim = {
  id: 'no-internet-path',
  title: 'No path from the internet to a load balancer or task, except through the API',
  about: 'each load balancer and each service',
  text: 'Nothing on the internet reaches it except through the API, not even by way of another load balancer or gateway.',
  targets: [loadBalancerType, ...taskTypes],
  judge: (judgement, target) =>
    target.type === loadBalancerType ? judgeLoadBalancer(judgement, target) : judgeTasks(judgement, target),
}

function judgeLoadBalancer(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  if (!isApplicationLike(judgement, target)) return false
  const guarded = loadBalancerAsTarget(facts, target)
  const isOpenToAll = isNetwork(facts, target) && hasNoGroup(facts, target)
  byAddress(judgement, guarded, schemeOf(facts, target), 'internal', isOpenToAll, hasPublicIpv6(facts, target))
  throughOthers(judgement, guarded, [hop(facts, target)])
  // From the ARN of a listener that of its load balancer can be told.
  nothingUnread(judgement, [target, ...certainListenersOf(facts, target)])
  allRead(judgement, isGround)
  return true
}

function judgeTasks(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  if (!runsTasks(facts, target)) return false
  if (!hasInterface(judgement, target)) return true
  const guarded = tasksAsTarget(facts, target)
  byAddress(judgement, guarded, publicAddress(facts, target), 'DISABLED', false, hasIpv6(facts, target))
  throughOthers(judgement, guarded, [hop(facts, target)])
  for (const { gateway, because, isPublic, value } of gatewaysOf(facts, target)) {
    if (isPublic === false) continue
    const path = [{ node: 'internet' }, ...(gateway ? [hop(facts, gateway)] : []), hop(facts, target)]
    if (gateway && isPublic)
      judgement.refute(because, path, `write Scheme: internal in ${gateway.id}, or remove the connector`)
    else if (value) judgement.doubt(value, 'opens', because, path)
    else judgement.gap(gateway?.id ?? target.id, 'opens', because, path)
  }
  nothingUnread(judgement, [target, ...definitionsOf(facts, target), ...targetGroupsOf(facts, target).known])
  allRead(judgement, isGround)
  return true
}

function byAddress(
  judgement: Judgement,
  guarded: Target,
  address: Known<string>,
  isPrivate: string,
  isOpenToAll: boolean,
  ipv6: boolean | Value,
): void {
  const { facts } = judgement
  const target = guarded.resource
  const path = (via: string) => [{ node: 'internet', via }, hop(facts, target)]
  if ('known' in address && address.known === isPrivate) {
    if (ipv6 !== false)
      eachPublicRule(
        judgement,
        guarded,
        6,
        (each, via) => {
          const because = `${via} is admitted, and ${target.id} may have an IPv6 address, which is a public one`
          if (ipv6 !== true && !guarded.isTask) each.doubt(ipv6, 'value', because, path(via))
          else each.unsettled(target.id, 'change the template: admit no range of IPv6', because, path(via))
        },
        (each, value, via, facet) =>
          each.doubt(
            value,
            facet,
            `${target.id} may have an IPv6 address, and what admits the internet is not known: ${via}`,
            path(via),
          ),
      )
    judgement.reason(`${target.id} has no public address`)
    return
  }
  const way = (via: string) => path(`its public address, ${via}`)
  const unknown = 'unknown' in address ? address.unknown : undefined
  const remedy = `${isPrivate === 'internal' ? 'make it internal' : `write AssignPublicIp: ${isPrivate}`}, and admit no public range`
  if (isOpenToAll) {
    const because = `${target.id} has no security group, so its listeners are open to every client`
    if (unknown) judgement.doubt(unknown, 'value', because, way('no security group'))
    else judgement.refute(because, way('no security group'), 'make it internal and give it a security group')
    return
  }
  eachPublicRule(
    judgement,
    guarded,
    undefined,
    (each, via) => {
      const because = `${via.split(' ')[0]} admits ${via.split(' ').slice(1).join(' ')} to ${target.id}`
      if (unknown) each.doubt(unknown, 'value', because, way(via))
      else each.refute(because, way(via), remedy)
    },
    (each, value, via, facet) =>
      each.doubt(value, facet, `a rule of ${target.id} admits a source that is not known`, way(via)),
  )
  nothingUnread(judgement, [], guarded.groups.known)
  judgement.reason(`${target.id} may have a public address, but its security groups admit none of the internet`)
}
