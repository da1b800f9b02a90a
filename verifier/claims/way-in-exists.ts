/** The API reaches the service through the VPC link; otherwise everything is isolated because nothing works. */
import type { Claim } from '../judge/claim.ts'
import type { Hop } from '../judge/findings.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { assumption, quoted } from '../judge/settle.ts'
import { answersClients, deployedAfter, hasTasks, judgeEntrance, takesFromApi } from '../obligations/barriers.ts'
import { letsThrough } from '../obligations/hops.ts'
import { hasInterface } from '../obligations/interface.ts'
import { isApplicationLike } from '../obligations/kind.ts'
import { inOneVpc, namesListener } from '../obligations/link-ends.ts'
import { letsLinkThrough } from '../obligations/outside-link.ts'
import { throughOutside } from '../obligations/outside-listener.ts'
import { inVpcOf, takesTasks } from '../obligations/registered.ts'
import { allRead, nothingUnread } from '../obligations/unread.ts'
import { apiTypes } from '../relations/apis.ts'
import { ruleAnswers, waysOf } from '../relations/forwarding.ts'
import { isGround, mayBePartOf } from '../relations/ground.ts'
import { groupsOfLink } from '../relations/links.ts'
import {
  groupsOf,
  listenerRuleType,
  listenersOf,
  loadBalancerType,
  portOf,
  subnetsOf,
} from '../relations/load-balancers.ts'
import { leavesBy } from '../relations/outputs.ts'
import {
  groupsBehind,
  type OutsideListener,
  outsideListenerIn,
  outsideListenersBefore,
  reachesBehind,
  waysToListener,
} from '../relations/outside-listeners.ts'
import { hasOtherTargets, mayRegister } from '../relations/registration.ts'
import { methodsOf } from '../relations/request-methods.ts'
import { isServedBy, stageSources } from '../relations/stages.ts'
import {
  containerPorts,
  definitionType,
  loadBalancersOf,
  registeredPorts,
  servicesBehind,
  servicesPerhapsBehind,
  serviceType,
  targetGroupsOf,
  taskGroups,
  taskSetType,
} from '../relations/tasks.ts'
import {
  listenersOfWay,
  routesBehind,
  strayIntegrations,
  unknownWays,
  unreadWays,
  type WayIn,
  waysByName,
  waysTo,
} from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'

export const wayInExists: Claim = {
  id: 'way-in-exists',
  title: 'The API reaches the service through the VPC link',
  about: 'each load balancer',
  text: 'An API reaches the service through the VPC link, shown hop by hop, from a stage and an endpoint that answer to the port of a container. A domain that looks elsewhere (RoutingMode), a listener that demands a certificate of clients or shows one of a private authority, a weight of 0 and a web ACL that blocks everything are no way. Without it, everything else holds only because nothing works, and the whole is never proved.',
  targets: [loadBalancerType, serviceType, ...apiTypes],
  judge: (judgement, target) => {
    if (target.type === loadBalancerType) return judgeLoadBalancer(judgement, target)
    return target.type === serviceType ? judgeService(judgement, target) : judgeApi(judgement, target)
  },
}

/** Only where the load balancer is elsewhere; otherwise the load balancer's own verdict says it. */
function judgeService(judgement: Judgement, service: Resource): boolean {
  const { facts } = judgement
  const { known, others } = targetGroupsOf(facts, service)
  const named = waysByName(facts, service)
  if (known.length === 0 && others.length === 0 && named.length > 0) {
    judgement.some(named, (each, way) => judgeWayByName(each, service, way))
    return true
  }
  if ((known.length === 0 && others.length === 0) || loadBalancersOf(facts, service).length > 0) return false
  const ways = outsideListenersBefore(facts, known).flatMap((listener) =>
    waysToListener(facts, listener).map((way) => ({ listener, way })),
  )
  if (ways.length > 0) {
    judgement.some(ways, (each, { listener, way }) => judgeWayOutside(each, listener, way, known, service))
    return true
  }
  const [value] = others
  const because = `the load balancer of ${service.id} is not in the templates`
  if (value) judgement.doubt(value, 'value', because, [hop(facts, service)])
  else
    judgement.unsettled(service.id, 'verify the template of the load balancer together with this one', because, [
      hop(facts, service),
    ])
  return true
}

/** The link finds tasks by their name in Cloud Map: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
function judgeWayByName(judgement: Judgement, service: Resource, way: WayIn): void {
  const { facts } = judgement
  const path: Hop[] = [
    hop(facts, way.api),
    { node: way.integration.name, ...way.integration.place },
    hop(facts, service),
  ]
  judgeApiSide(judgement, way, path)
  hasTasks(judgement, service, path)
  if (!hasInterface(judgement, service)) return
  if (!way.link)
    judgement.doubt(
      way.integration.link,
      'value',
      `the VPC link of ${way.integration.name} is not in the templates`,
      path,
    )
  else
    letsThrough(
      judgement,
      { resource: way.link, groups: groupsOfLink(facts, way.link) },
      { resource: service, groups: taskGroups(facts, service) },
      registeredPorts(facts, service),
    )
  judgement.reason(`the API reaches ${service.id} through the VPC link, by its name in Cloud Map`)
}

/** Through a listener that is not in the templates, by rules that are. */
function judgeWayOutside(
  judgement: Judgement,
  listener: OutsideListener,
  way: WayIn,
  groups: readonly Resource[],
  service?: Resource,
): void {
  const { facts } = judgement
  const path: Hop[] = [
    hop(facts, way.api),
    { node: way.integration.name, ...way.integration.place },
    { node: listener.name },
    ...(service ? [hop(facts, service)] : groups.map((group) => hop(facts, group))),
  ]
  judgeApiSide(judgement, way, path)
  throughOutside(judgement, listener, way, groups, service, path)
  nothingUnread(judgement, [...groups, ...(service ? [service] : [])])
  allRead(judgement, isOnTheWay)
  if (service) {
    hasTasks(judgement, service, path)
    if (hasInterface(judgement, service))
      for (const group of groups)
        if (targetGroupsOf(facts, service).known.includes(group)) takesTasks(judgement, service, group, path)
    judgement.reason(`the API reaches ${service.id} through the VPC link and the listener ${listener.name}`)
  } else judgeTargetsElsewhere(judgement, listener.name, groups, path, `no service is behind ${listener.name}`)
}

/** An integration whose end is not in the templates is judged with the services behind it, where rules of the templates lead there. */
function judgeApi(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  let isJudged = false
  for (const { name, place, value } of strayIntegrations(facts, target)) {
    const listener = outsideListenerIn(facts, value)
    const groups = listener ? groupsBehind(facts, listener) : []
    const alone = groups.filter((group) => servicesBehind(facts, group).length === 0)
    if (groups.length > 0 && alone.length === 0) continue
    if (listener && alone.length > 0)
      for (const way of waysToListener(facts, listener).filter(({ integration }) => integration.name === name)) {
        const reaches = (some: readonly Resource[]) => reachesBehind(facts, way, listener, some) !== false
        const mine = alone.filter((group) => reaches([group]))
        // What is behind the same listener for others is no way of this API, which has one to services of its own.
        if (mine.length === 0 && reaches(groups)) continue
        isJudged = true
        judgeWayOutside(judgement, listener, way, mine.length > 0 ? mine : alone)
      }
    else {
      isJudged = true
      judgement.doubt(value, 'value', `where ${name} leads is not in the templates`, [
        hop(facts, target),
        { node: name, ...place },
      ])
    }
  }
  return isJudged
}

function judgeLoadBalancer(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  if (!isApplicationLike(judgement, target)) return false
  // One way is enough; what is said of the target groups of others is no mistake.
  for (const group of facts.candidates('AWS::ElasticLoadBalancingV2::TargetGroup'))
    if (servicesBehind(facts, group).length === 0) judgement.leavesOpen(group.id, 'targets')
  const ways = waysTo(facts, target)
  if (ways.length > 0) {
    judgement.some(ways, (each, way) => judgeWay(each, target, way))
    return true
  }
  const because = `no API of the templates leads to ${target.id}`
  const end = hop(facts, target)
  const by = leavesBy(facts, [target, ...listenersOf(facts, target)])
  const [unread] = unreadWays(facts)
  const [unknown] = unknownWays(facts, target)
  nothingUnread(judgement, [target, ...listenersOf(facts, target)])
  if (judgement.hasFindings()) return true
  if (unread) judgement.doubt(unread, 'opens', `${because}, as far as is known`, [end])
  if (unknown) judgement.doubt(unknown, 'value', `${because}, as far as is known`, [end])
  if (judgement.hasFindings()) return true
  if (by.length > 0)
    judgement.unsettled(
      target.id,
      'verify the template of the API together with this one',
      `${because}, but it leaves the template by an output: ${by.join(', ')}`,
      [end],
    )
  else judgement.refute(because, [{ node: 'API' }, end], 'add an integration through a VPC link to its listener')
  return true
}

function judgeWay(judgement: Judgement, target: Resource, way: WayIn): void {
  const { facts } = judgement
  const path: Hop[] = [
    hop(facts, way.api),
    { node: way.integration.name, ...way.integration.place },
    ...(way.through ? [hop(facts, way.through)] : []),
    hop(facts, target),
  ]
  judgeApiSide(judgement, way, path)
  if (way.unknownListener)
    judgement.doubt(
      way.unknownListener,
      'value',
      `to which port of ${target.id} ${way.integration.name} leads is not known`,
      path,
    )
  const first = way.through ?? target
  namesListener(judgement, way, path)
  inOneVpc(judgement, way.link, first, path)
  if (!way.link)
    letsLinkThrough(
      judgement,
      way,
      { resource: first, groups: groupsOf(facts, first) },
      way.listener ? [portOf(facts, way.listener)] : [undefined],
      path,
    )
  else if (way.link.type === 'AWS::ApiGatewayV2::VpcLink')
    letsThrough(
      judgement,
      { resource: way.link, groups: groupsOfLink(facts, way.link) },
      { resource: first, groups: groupsOf(facts, first) },
      way.listener ? [portOf(facts, way.listener)] : [undefined],
    )
  if (way.through)
    letsThrough(
      judgement,
      { resource: way.through, groups: groupsOf(facts, way.through) },
      { resource: target, groups: groupsOf(facts, target) },
      listenersOf(facts, target).map((listener) => portOf(facts, listener)),
    )
  const listeners = listenersOfWay(facts, target, way)
  takesFromApi(judgement, way, listeners, path)
  answersClients(judgement, target, way.link, path)
  judgeTargets(judgement, target, listeners, way)
}

function judgeApiSide(judgement: Judgement, { api, integration, routed }: WayIn, path: readonly Hop[]): void {
  const { facts } = judgement
  allRead(judgement, (each, below) => mayBePartOf(below, each, api, 'any'))
  if (routed.is === 'no' && !isUnreadRoute(judgement, api, integration))
    judgement.refute(
      `no route leads to ${integration.name}`,
      path,
      `give a route the target integrations/\${${integration.name}}`,
    )
  else if (routed.is === 'maybe')
    judgement.doubt(routed.value, 'value', `no known route leads to ${integration.name}`, path)
  judgeEntrance(judgement, api, path)
  const stages = stageSources(facts, api)
  const by = leavesBy(facts, [api])
  if (stages.length === 0) {
    const because = `no stage of ${api.id} is in the templates`
    if (by.length > 0)
      judgement.unsettled(api.id, 'verify the template of the stage together with this one', because, path)
    else judgement.refute(because, path, 'add a stage')
    return
  }
  judgement.some(stages, (each, stage) => {
    const served = isServedBy(each.facts, api, stage)
    if (served.is === 'no') each.refute(served.because, path, served.remedy)
    else if (served.is === 'maybe') each.doubt(served.value, 'value', served.because, path)
    else if (served.deployment) deployedAfter(each, served.deployment, routesBehind(each.facts, api, integration), path)
  })
}

/** Between the load balancer and a container. */
const isOnTheWay = (resource: Resource): boolean =>
  isGround(resource) || [listenerRuleType, definitionType, serviceType, taskSetType].includes(resource.type)

/** What is not read may hold the route. */
function isUnreadRoute(judgement: Judgement, api: Resource, { resource }: WayIn['integration']): boolean {
  const before = judgement.leaves.length
  nothingUnread(judgement, [api, ...(resource ? [resource] : [])])
  return judgement.leaves.slice(before).some(({ findings }) => findings.length > 0)
}

function judgeTargets(
  judgement: Judgement,
  target: Resource,
  listeners: readonly Resource[],
  { api, integration }: WayIn,
): void {
  const { facts } = judgement
  const path = [hop(facts, target), ...listeners.map((each) => hop(facts, each))]
  const methods = methodsOf(facts, api, integration)
  const found = listeners.map((listener) => waysOf(facts, listener, target, integration.headers, methods))
  const all = found.flatMap((each) => each.ways)
  const ways = all.filter(({ isIdle }) => !isIdle)
  const isClosed = found.every((each) => each.isClosed)
  const groups = [...new Set(ways.flatMap(({ group }) => group ?? []))]
  const unknown = ways.find(({ group }) => group === undefined)?.value
  const leaves = (all: readonly Resource[]): readonly string[] => leavesBy(facts, all)
  if (groups.length === 0) {
    const because =
      all.length > ways.length
        ? `the target groups of ${target.id} have the weight 0, and get no request`
        : `no listener of ${target.id} forwards to a target group of the templates`
    const by = leaves(listeners)
    if (unknown) judgement.doubt(unknown, 'value', because, path)
    else if (by.length > 0 && !isClosed)
      judgement.unsettled(
        target.id,
        'verify the template of the services together with this one',
        `${because}, but the listener leaves the template by an output: ${by.join(', ')}`,
        path,
      )
    else judgement.refute(because, path, 'forward to a target group, with a weight above 0')
    return
  }
  const condition = ways.find((way) => way.condition && way.group)?.condition
  if (condition && ways.every((way) => way.condition || !way.group))
    judgement.doubt(condition, 'value', `whether a request meets a rule of ${target.id} is not known`, path)
  for (const listener of listeners)
    for (const answer of ruleAnswers(facts, listener)) if (answer.is === 'no') judgement.holds(answer, 'value', '')
  for (const group of groups) inVpcOf(judgement, group, target, subnetsOf(facts, target), path)
  nothingUnread(judgement, [...listeners, ...groups])
  allRead(judgement, isOnTheWay)
  const services = groups.flatMap((group) => servicesBehind(facts, group).map((service) => ({ service, group })))
  if (services.length === 0) {
    const because = `no service of the templates is behind ${target.id}`
    const by = leaves(groups)
    const perhaps = servicesPerhapsBehind(facts, groups)
    if (perhaps) {
      judgement.doubt(perhaps.value, perhaps.facet, `${because} for certain, but ${perhaps.service.id} may`, path)
      return
    }
    const given = groups.flatMap((group) => mayRegister(facts, group))
    if (groups.some((group) => hasOtherTargets(facts, group)))
      judgement.reason(`${target.id} forwards to ${groups.map(({ id }) => id).join(', ')}`)
    else if (by.length > 0)
      judgeTargetsElsewhere(
        judgement,
        target.id,
        groups,
        path,
        `${because}, but its target group leaves the template by an output: ${by.join(', ')}`,
      )
    else if (given.length > 0)
      judgeTargetsElsewhere(
        judgement,
        target.id,
        groups,
        path,
        `${because}, but ${given.map(({ id }) => id).join(', ')} may register targets with its target group`,
      )
    else judgement.refute(because, path, 'attach an ECS service to its target group')
    return
  }
  for (const { service, group } of services) {
    hasTasks(judgement, service, path)
    if (!hasInterface(judgement, service)) continue
    takesTasks(judgement, service, group, path)
    letsThrough(
      judgement,
      { resource: target, groups: groupsOf(facts, target) },
      { resource: service, groups: taskGroups(facts, service) },
      containerPorts(facts, service, group),
    )
  }
  judgement.reason(
    `the API reaches ${[...new Set(services.map(({ service }) => service.id))].join(' and ')} through the VPC link and ${target.id}`,
  )
}

/** Who registers targets with a group that leaves the templates is not shown by them. */
function judgeTargetsElsewhere(
  judgement: Judgement,
  before: string,
  groups: readonly Resource[],
  path: readonly Hop[],
  because: string,
): void {
  const declared = groups.filter(({ id }) => judgement.declared(id, 'targets').includes('elsewhere'))
  const [group] = groups
  if (declared.length === 0)
    judgement.unsettled(
      before,
      `verify the template of the services together with this one, or declare: --assume ${quoted(`${group?.id}.targets=elsewhere`)}`,
      because,
      path,
    )
  for (const { id } of declared) {
    judgement.assume(assumption(id, 'targets', 'elsewhere'))
    judgement.reason(`the API reaches what is registered with ${id} through the VPC link and ${before}`)
  }
}
