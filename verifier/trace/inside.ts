/** From the VPC link to a container: groups, TLS, listener, target group, tasks. */
import { resourceOf } from '../facts/identity.ts'
import {
  blockingAcls,
  closedAcls,
  hasNoTrustedCertificate,
  mayShowCertificate,
  mutualModeOf,
  runsNoTask,
} from '../relations/barriers.ts'
import { certificatesOf, covers, isOpenName, labelOf, namesOf } from '../relations/certificates.ts'
import { groupsOfLink, linkIn, linkType } from '../relations/links.ts'
import { balancersAt, listenersAt, nameOfProtocol, protocolOf } from '../relations/listeners.ts'
import {
  groupsOf,
  hasNoGroup,
  isInVpcOf,
  isNetwork,
  listenersOf,
  loadBalancerOf,
  loadBalancerType,
  portOf,
  subnetsOf,
  targetsOfGroup,
} from '../relations/load-balancers.ts'
import { type Peer, passes } from '../relations/passing.ts'
import type { Integration } from '../relations/route.ts'
import {
  containerPorts,
  definitionsOf,
  interfaceOf,
  registeredPorts,
  registriesOf,
  registryType,
  serviceSources,
  servicesBehind,
  taskGroups,
  taskSubnets,
} from '../relations/tasks.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, integerOf, isAbsent, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { inWords, nameOfOutside } from '../resolve/words.ts'
import type { Through } from './api.ts'
import { hasRules, rangesOfSubnets, type Sender, throughListener } from './listener.ts'
import type { Arriving } from './rule-match.ts'
import type { Walk } from './walk.ts'

type Own = Peer & { kind: 'own' }

/** What an integration through a VPC link comes to. */
export function fromIntegration(walk: Walk, { api, integration, arriving }: Through): undefined {
  const { facts } = walk
  const link = linkIn(facts, integration.link)
  const name = nameOfOutside(integration.link)
  if (link) walk.pass(link, 'the VPC link')
  else if (isAbsent(integration.link) || integration.link.kind === 'ref')
    return walk.unknown(nodeOf(integration), 'its VPC link is not known', integration.link)
  else
    walk.passIf(
      { node: name },
      'a VPC link that is not in the templates',
      `the groups of ${name} and of the load balancer let each other through`,
    )
  const from: Own | undefined =
    link?.type === linkType
      ? { kind: 'own', groups: groupsOfLink(facts, link), subnets: facts.get(link, 'SubnetIds') }
      : undefined
  const registry = resourceOf(facts, integration.target, registryType)
  if (registry && link) return byName(walk, link, from, registry)
  const { known, value } = listenersAt(facts, integration)
  const [listener] = known
  if (!listener) {
    const outside = { outside: integration.target }
    if (balancersAt(facts, integration).length === 0 && hasRules(walk, outside))
      return fromOutside(walk, outside, integration, arriving)
    const [balancer] = balancersAt(facts, integration)
    return balancer
      ? walk.stop(balancer, `no listener at port ${integration.port ?? '?'}`)
      : walk.unknown(nodeOf(integration), 'the listener is not known', value)
  }
  const balancer = loadBalancerOf(facts, listener)
  if (!balancer) return walk.unknown(listener, 'its load balancer is not known', facts.get(listener, 'LoadBalancerArn'))
  if (
    from &&
    link &&
    !isLetThrough(
      walk,
      { resource: link, peer: from },
      { resource: balancer, peer: balancerAsPeer(walk, balancer) },
      portOf(facts, listener),
    )
  )
    return undefined
  if (!takesConnection(walk, api, integration, listener)) return undefined
  const sender: Sender = {
    ranges: from ? rangesOfSubnets(walk, from.subnets) : undefined,
    headers: integration.headers,
  }
  return fromListener(walk, listener, balancer, arriving, sender)
}

/** Of a listener that is not in the templates, only their rules are known. */
function fromOutside(
  walk: Walk,
  listener: { readonly outside: Value },
  { verified, headers }: Integration,
  arriving: Arriving,
): undefined {
  const name = nameOfOutside(listener.outside)
  const covers = verified.kind === 'name' ? ` its certificate covers ${inWords(verified.value)},` : ''
  walk.passIf(
    { node: name },
    'a listener that is not in the templates',
    `its groups let the link in and tasks out,${covers} and no rule of others on ${name} takes the request first`,
  )
  const [group] = throughListener(walk, listener, arriving, { ranges: undefined, headers }) ?? []
  if (!group) return undefined
  walk.pass(group, 'a target group')
  const [service] = servicesBehind(walk.facts, group)
  if (!service) return walk.reach(group, 'what somebody else registers with it', group.id)
  return atTasks(walk, service, containerPorts(walk.facts, service, group)[0], containerIn(walk, service, group))
}

const nodeOf = ({ name, place }: Integration) => ({ node: name, place })

const balancerAsPeer = ({ facts }: Walk, balancer: Resource): Own => ({
  kind: 'own',
  groups:
    isNetwork(facts, balancer) && hasNoGroup(facts, balancer)
      ? { known: [], others: [], isDefault: false }
      : groupsOf(facts, balancer),
  subnets: subnetsOf(facts, balancer),
})

/** What a listener does with a request that has come to it. */
export function fromListener(
  walk: Walk,
  listener: Resource,
  balancer: Resource,
  arriving: Arriving,
  sender: Sender,
): undefined {
  const { facts } = walk
  for (const { resource: acl, isClosed } of blockingAcls(facts, balancer))
    return 'unknown' in isClosed
      ? walk.unknown(acl, 'whether it blocks every request is not known', isClosed.unknown)
      : walk.answer(acl, 403, `blocks every request to ${balancer.id}`)
  const groups = throughListener(walk, listener, arriving, sender)
  if (!groups) return undefined
  const from = balancerAsPeer(walk, balancer)
  const [group, ...others] = groups
  if (!group) return undefined
  walk.pass(
    group,
    others.length > 0
      ? `a target group, as the weights say; or ${others.map(({ id }) => id).join(', ')}`
      : 'a target group',
  )
  const place = isInVpcOf(facts, group, subnetsOf(facts, balancer))
  if (place.is !== 'yes')
    return place.is === 'maybe' || place.because === 'by assumption'
      ? walk.unknown(group, 'its VPC is not known', place.value)
      : walk.stop(group, `its targets are in another VPC than ${balancer.id}`)
  const [service] = servicesBehind(facts, group)
  if (service)
    return toTasks(
      walk,
      { resource: balancer, peer: from },
      service,
      containerPorts(facts, service, group)[0],
      containerIn(walk, service, group),
    )
  const [target] = targetsOfGroup(facts, group)
  const next = target && resourceOf(facts, target, loadBalancerType)
  if (next) return toBalancer(walk, { resource: balancer, peer: from }, group, next, arriving, sender)
  if (target) return walk.reach(group, `a target that it lists: ${inWords(target)}`, group.id)
  return walk.reach(group, 'what somebody else registers with it', group.id)
}

/** A load balancer that is the target of another one. */
function toBalancer(
  walk: Walk,
  from: Side,
  group: Resource,
  balancer: Resource,
  arriving: Arriving,
  sender: Sender,
): undefined {
  const { facts } = walk
  const port = integerOf(facts.get(group, 'Port'))
  const listener = listenersOf(facts, balancer).find((each) => portOf(facts, each) === port)
  if (!listener) return walk.stop(balancer, `no listener at port ${port ?? '?'}`)
  if (
    balancer === from.resource ||
    !isLetThrough(walk, from, { resource: balancer, peer: balancerAsPeer(walk, balancer) }, port)
  )
    return undefined
  walk.pass(listener, `${nameOfProtocol(facts, listener)} :${port ?? '?'}`)
  return fromListener(walk, listener, balancer, arriving, { ...sender, ranges: undefined })
}

/** The name of the container that a service registers with a target group. */
function containerIn({ facts }: Walk, service: Resource, group: Resource): string | undefined {
  const items = piecesOf(facts.get(service, 'LoadBalancers'))
  const own = items.find((item) => resourceOf(facts, entry(item, 'TargetGroupArn'), group.type) === group) ?? items[0]
  return own && textOf(entry(own, 'ContainerName'))
}

type Side = { readonly resource: Resource; readonly peer: Own }

function toTasks(
  walk: Walk,
  from: Side,
  service: Resource,
  port: number | undefined,
  container: string | undefined,
): undefined {
  const { facts } = walk
  const network = interfaceOf(facts, service)
  if (network.is === 'unknown') return walk.unknown(service, network.because, network.value)
  const to: Side = {
    resource: service,
    peer: { kind: 'own', groups: taskGroups(facts, service), subnets: taskSubnets(facts, service) },
  }
  if (!isLetThrough(walk, from, to, port)) return undefined
  return atTasks(walk, service, port, container)
}

/** In a container, where tasks run. */
function atTasks(walk: Walk, service: Resource, port: number | undefined, container: string | undefined): undefined {
  const { facts } = walk
  const none = runsNoTask(facts, service)
  if ('unknown' in none) return walk.unknown(service, 'whether it runs a task is not known', none.unknown)
  if (none.known) return walk.stop(service, 'it runs no task: its DesiredCount is 0')
  const [definition] = definitionsOf(facts, service)
  const name = container ?? 'a container'
  if (definition) walk.pass(definition, `the container ${name}`)
  return walk.reach(service, `${name}${port === undefined ? '' : `, port ${port}`}`, service.id, {
    ...(container === undefined ? {} : { container }),
    ...(port === undefined ? {} : { port }),
  })
}

/** The link finds tasks by their name in Cloud Map. */
function byName(walk: Walk, link: Resource, from: Own | undefined, registry: Resource): undefined {
  const { facts } = walk
  walk.pass(registry, 'the name in Cloud Map')
  const service = serviceSources(facts).find(
    (each) => facts.exists(each) && registriesOf(facts, each).includes(registry),
  )
  if (!service) return walk.unknown(registry, 'no service of the templates has this name')
  const peer: Own = from ?? {
    kind: 'own',
    groups: { known: [], others: [], isDefault: false },
    subnets: { kind: 'none' },
  }
  return toTasks(walk, { resource: link, peer }, service, registeredPorts(facts, service)[0], undefined)
}

/** Both sides must let it through; network ACLs of the templates too. */
function isLetThrough(walk: Walk, from: Side, to: Side, port: number | undefined): boolean {
  const traffic = `tcp/${port ?? '?'}`
  return (
    isOpenSide(walk, from, to, 'egress', port, `${from.resource.id} may open ${traffic} to ${to.resource.id}`) &&
    isOpenSide(walk, to, from, 'ingress', port, `${to.resource.id} admits ${from.resource.id} on ${traffic}`) &&
    [from, to].every(({ peer }) => isPastAcls(walk, peer.subnets))
  )
}

function isOpenSide(
  walk: Walk,
  side: Side,
  other: Side,
  direction: 'ingress' | 'egress',
  port: number | undefined,
  says: string,
): boolean {
  const { known, others } = side.peer.groups
  // Without groups, a network load balancer or a link of the first generation lets everything through.
  if (known.length === 0 && others.length === 0) return true
  const passing = passes(walk.facts, side.peer.groups, direction, other.peer, port)
  if (passing.is === 'yes') {
    walk.pass({ node: passing.rule.name, place: passing.rule.place }, says)
    return true
  }
  if (passing.is === 'maybe') walk.unknown(side.resource, `whether ${says} is not known`, passing.value)
  else
    walk.stop(
      known[0]?.resource ?? side.resource,
      `no ${direction} rule: ${says.replace(' may open ', ' may not open ').replace(' admits ', ' does not admit ')}`,
    )
  return false
}

export function isPastAcls(walk: Walk, subnets: Value): boolean {
  const [acl] = closedAcls(walk.facts, subnets)
  if (!acl) return true
  if ('unknown' in acl.isClosed)
    walk.unknown(acl.resource, 'whether it lets anything through is not known', acl.isClosed.unknown)
  else walk.stop(acl.resource, 'it lets nothing into its subnets, or nothing out of them')
  return false
}

/** Whether API Gateway and the listener agree on TLS, and on the name. */
function takesConnection(walk: Walk, api: Resource, { verified, name }: Integration, listener: Resource): boolean {
  const { facts } = walk
  const protocol = protocolOf(facts, listener)
  const port = portOf(facts, listener) ?? '?'
  if ('unknown' in protocol) {
    walk.unknown(listener, 'its protocol is not known', protocol.unknown)
    return false
  }
  const isTls = protocol.known === 'HTTPS' || protocol.known === 'TLS'
  const shown = `${nameOfProtocol(facts, listener)} :${port}`
  if (verified.kind === 'unknown') {
    walk.unknown(listener, `which name ${name} verifies is not known`, verified.value)
    return false
  }
  if (!isTls || verified.kind === 'none') {
    if (!isTls && verified.kind === 'none') walk.pass(listener, `${shown}, without TLS`)
    else
      walk.stop(
        listener,
        isTls
          ? `${shown}, but ${verified.kind === 'none' ? verified.because : ''}`
          : `${shown} has no TLS, which ${name} speaks`,
      )
    return isTls === (verified.kind !== 'none')
  }
  const mode = mutualModeOf(facts, listener)
  if ('unknown' in mode) walk.unknown(listener, 'whether it asks for a certificate is not known', mode.unknown)
  else if (mode.known === 'verify' && !mayShowCertificate(facts, api))
    walk.stop(listener, `${shown} takes only clients with a certificate, and ${api.id} shows none`)
  else return isCovered(walk, listener, shown, verified.value)
  return false
}

function isCovered(walk: Walk, listener: Resource, shown: string, host: Value): boolean {
  const { facts } = walk
  const untrusted = hasNoTrustedCertificate(facts, listener)
  if ('known' in untrusted && untrusted.known) {
    walk.stop(listener, `${shown}: its certificate is of a private authority, which API Gateway does not trust`)
    return false
  }
  const declared = (name: string): readonly string[] => facts.around.assumed.get(`${name}.covers`) ?? []
  const found = certificatesOf(facts, listener)
    .filter((each) => !isAbsent(each))
    .map((each) => namesOf(facts, each, declared))
  const names = found.flatMap((each) => ('names' in each ? each.names : []))
  const wanted = inWords(host)
  if (names.some((each) => covers(each, host))) {
    walk.pass(listener, `${shown}; its certificate covers ${wanted}`)
    return true
  }
  const open = found.find((each) => 'unknown' in each)
  if (open === undefined && !isOpenName(host) && !names.some(isOpenName)) {
    walk.stop(listener, `${shown}; its certificate covers ${names.map(labelOf).join(', ') || 'nothing'}, not ${wanted}`)
    return false
  }
  walk.passIf(
    listener,
    `${shown}; what its certificate covers is not in the templates`,
    `a certificate of ${listener.id} that covers ${wanted}`,
  )
  return true
}
