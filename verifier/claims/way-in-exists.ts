/** The API reaches the service through the VPC link; otherwise everything is isolated because nothing works. */
import { allApis, apisOnLinks, httpApis, linkOf, restApis } from '../facts/apis.ts'
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import { type Listener, listenersOf, listenerType, loadBalancerType } from '../facts/load-balancers.ts'
import type { Integration } from '../facts/route.ts'
import { loadBalancersOf, servicesBehind, serviceType, targetGroupsOf, taskGroups } from '../facts/services.ts'

import { type Group, groupsIn, groupsOf, type Rule } from '../network/groups.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import { type Claim, hop, type Judgement } from './judgement.ts'
import { leaves } from './leaves.ts'
import { isApplicationLike } from './targets.ts'

export const wayInExists: Claim = {
  id: 'way-in-exists',
  targets: [loadBalancerType, serviceType, ...httpApis, ...restApis],
  judge: (facts, judgement, target) => {
    if (target.type === loadBalancerType) return judgeLoadBalancer(facts, judgement, target)
    return target.type === serviceType ? judgeService(facts, judgement, target) : judgeApi(facts, judgement, target)
  },
}

/** Only where the load balancer is elsewhere; otherwise the load balancer's own verdict says it. */
function judgeService(facts: Facts, judgement: Judgement, service: Resource): boolean {
  const { known, others } = targetGroupsOf(facts, service)
  if ((known.length === 0 && others.length === 0) || loadBalancersOf(facts, service).length > 0) return false
  const [value] = others
  const because = `the load balancer of ${service.id} is not in the templates`
  if (value) judgement.doubt(value, 'value', because, [hop(facts, service)])
  else
    judgement.gap(service.id, 'verify the template of the load balancer together with this one', because, [
      hop(facts, service),
    ])
  return true
}

function judgeApi(facts: Facts, judgement: Judgement, target: Resource): boolean {
  const api = apisOnLinks(facts).find(({ resource }) => resource === target)
  if (!api) return false
  const strays = api.integrations.filter((each) => !leadsToLoadBalancer(facts, each))
  for (const { name, place, target: value } of strays)
    judgement.doubt(value, 'value', `where ${name} leads is not in the templates`, [
      hop(facts, target),
      { node: name, ...place },
    ])
  return strays.length > 0
}

const leadsToLoadBalancer = (facts: Facts, integration: Integration): boolean =>
  resourceOf(facts.around.program, integration.target, listenerType) !== undefined ||
  v1Targets(facts, integration).length > 0

/** A link of the first generation names its network load balancer itself. */
function v1Targets(facts: Facts, integration: Integration): Resource[] {
  const link = linkOf(facts, integration)
  if (link?.type !== 'AWS::ApiGateway::VpcLink') return []
  return (itemsOf(facts.get(link, 'TargetArns')) ?? []).flatMap(
    (value) => resourceOf(facts.around.program, value, loadBalancerType) ?? [],
  )
}

function judgeLoadBalancer(facts: Facts, judgement: Judgement, target: Resource): boolean {
  if (isApplicationLike(facts, target) === false) return false
  const listeners = listenersOf(facts, target)
  const apis = allApis(facts)
  const ways = apis.flatMap((api) =>
    api.integrations.flatMap((integration) => {
      const reached = resourceOf(facts.around.program, integration.target, listenerType)
      const listener = listeners.find(({ resource }) => resource === reached)
      const isRouted = api.routes.some(({ leadsTo }) => leadsTo === integration.name)
      return listener || v1Targets(facts, integration).includes(target)
        ? [{ api, integration, listener, isRouted }]
        : []
    }),
  )
  const isHandedOn = leaves([target, ...listeners.map(({ resource }) => resource)])
  const way = ways.find(({ isRouted }) => isRouted) ?? ways[0]
  const end = hop(facts, target)
  if (!way) {
    const because = `no API of the templates leads to ${target.id}`
    const unread = apis.flatMap((api) => [...api.unread, ...api.integrations.map((each) => each.target)]).find(isOpen)
    if (unread) judgement.doubt(unread, 'value', `${because}, as far as is known`, [end])
    else if (isHandedOn)
      judgement.gap(
        target.id,
        'verify the template of the API together with this one',
        `${because}, but it leaves the template by an output`,
        [end],
      )
    else judgement.refute(because, [{ node: 'API' }, end], 'add an integration through a VPC link to its listener')
    return true
  }
  const path = [hop(facts, way.api.resource), { node: way.integration.name, ...way.integration.place }, end]
  if (!way.isRouted) {
    const unread = way.api.unread[0]
    if (unread) judgement.doubt(unread, 'value', `no known route leads to ${way.integration.name}`, path)
    else
      judgement.refute(
        `no route leads to ${way.integration.name}`,
        path,
        `give a route the target integrations/\${${way.integration.name}}`,
      )
    return true
  }
  const link = linkOf(facts, way.integration)
  if (!link)
    judgement.doubt(
      way.integration.link,
      'value',
      `the VPC link of ${way.integration.name} is not in the templates`,
      path,
    )
  else if (link.type === 'AWS::ApiGatewayV2::VpcLink')
    judgeHop(facts, judgement, {
      from: { resource: link, groups: facts.get(link, 'SecurityGroupIds') },
      to: { resource: target, groups: facts.get(target, 'SecurityGroups') },
      port: way.listener?.port,
    })
  judgeTargets(facts, judgement, target, way.listener ? [way.listener] : listeners, isHandedOn)
  return true
}

function judgeTargets(
  facts: Facts,
  judgement: Judgement,
  target: Resource,
  listeners: readonly Listener[],
  isHandedOn: boolean,
): void {
  const groups = listeners.flatMap(({ forwards }) => forwards)
  const others = listeners.flatMap((listener) => listener.others)
  const services = groups.flatMap((group) => servicesBehind(facts, group))
  const path = [hop(facts, target), ...listeners.map(({ resource }) => hop(facts, resource))]
  if (groups.length === 0) {
    const because = `no listener of ${target.id} forwards to a target group of the templates`
    const [unknown] = others
    if (unknown) judgement.doubt(unknown, 'value', because, path)
    else if (isHandedOn)
      judgement.gap(
        target.id,
        'verify the template of the services together with this one',
        `${because}, but the listener leaves the template by an output`,
        path,
      )
    else judgement.refute(because, path, 'forward to a target group')
    return
  }
  if (services.length === 0) {
    const hasTargets = groups.some((group) => !isAbsent(facts.get(group, 'Targets')))
    const isNamed = [...facts.around.mentions].some(([key, named]) => {
      const resource = facts.around.program.resources.get(key)
      const isListening = resource?.type.startsWith('AWS::ElasticLoadBalancingV2::Listener')
      return !isListening && groups.some((group) => named.has(group.key))
    })
    const because = `no service of the templates stands behind ${target.id}`
    if (hasTargets || isNamed) judgement.reason(`${target.id} forwards to ${groups.map(({ id }) => id).join(', ')}`)
    else if (leaves(groups))
      judgement.gap(
        target.id,
        'verify the template of the services together with this one',
        `${because}, but its target group leaves the template by an output`,
        path,
      )
    else judgement.refute(because, path, 'attach an ECS service to its target group')
    return
  }
  for (const service of new Set(services))
    judgeHop(facts, judgement, {
      from: { resource: target, groups: facts.get(target, 'SecurityGroups') },
      to: { resource: service, groups: taskGroups(facts, service) },
      port: undefined,
    })
  if (judgement.findings.length === 0)
    judgement.reason(
      `the API reaches ${[...new Set(services)].map(({ id }) => id).join(' and ')} through the VPC link and ${target.id}`,
    )
}

type Side = { readonly resource: Resource; readonly groups: Value }

/** Whether security groups let one side through to the other. Unknown groups are no reason to doubt that it works. */
function judgeHop(
  facts: Facts,
  judgement: Judgement,
  { from, to, port }: { from: Side; to: Side; port: number | undefined },
): void {
  const groups = groupsOf(facts)
  const [source, target] = [groupsIn(facts, groups, from.groups), groupsIn(facts, groups, to.groups)]
  const path = [hop(facts, from.resource), hop(facts, to.resource)]
  for (const { side, known, others, direction, peers } of [
    { side: from, ...source, direction: 'egress' as const, peers: target },
    { side: to, ...target, direction: 'ingress' as const, peers: source },
  ]) {
    const unknown = others[0] ?? peers.others[0] ?? known.flatMap((group) => group[direction]().unread)[0]
    const rules = known.flatMap((group) => group[direction]().rules)
    if (known.length === 0 && !unknown) continue
    const lets = (rule: Rule): boolean =>
      rule.carries(port) !== false && mayName(rule, peers.known, peers.others.length > 0)
    if (rules.some(lets)) continue
    const because = `no ${direction} rule of ${side.resource.id} lets ${direction === 'egress' ? `it reach ${to.resource.id}` : `${from.resource.id} in`}`
    if (unknown) judgement.doubt(unknown, direction, because, path)
    else judgement.refute(because, path, `add the ${direction} rule`)
  }
}

function mayName({ peer }: Rule, peers: readonly Group[], hasUnknown: boolean): boolean {
  if (peer.kind === 'unknown') return true
  if (peer.kind === 'group') return hasUnknown || peers.some(({ key }) => key === peer.key)
  return true
}

const isOpen = (value: Value): boolean => textOf(value) === undefined && !isAbsent(value)
