/** How the internet comes to an interface: by an address of its own, or through what is in front of it. */

import type { Facet } from '../declarations.ts'
import type { Facts } from '../facts/facts.ts'
import type { Hop } from '../judge/findings.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { type Belonging, ruleSources, rulesBeside, rulesFrom, rulesInto } from '../relations/belonging.ts'
import { carries } from '../relations/carriers.ts'
import { balancersBefore, gatewaySources, leadsToTarget, needsInternetGateway } from '../relations/fronts.ts'
import type { Group } from '../relations/groups.ts'
import { hasNoGroup, isListenerOf, isNetwork, listenerSources, schemeOf } from '../relations/load-balancers.ts'
import { facetOf, maySpeakOf, type Rule } from '../relations/rules.ts'
import { loadBalancerAsTarget, type Target } from '../relations/targets.ts'
import { unseenFronts } from '../relations/unseen-fronts.ts'
import { rangesOf, vpcOf } from '../relations/vpcs.ts'
import { hasInternetGateway } from '../relations/whereabouts.ts'
import { mayBePublic, overlaps } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { originsOf, textOf, type Value } from '../resolve/value.ts'
import { perhapsIpv6 } from './ipv6.ts'
import { carriedTo } from './ports.ts'
import { nothingUnread } from './unread.ts'

type Found = (judgement: Judgement, via: string) => void
/** `facet`: what there is to say of the value. */
type Open = (judgement: Judgement, value: Value, via: string, facet: Facet) => void

/** Each rule that lets a host of the internet in; `open` where a rule or its group is not known. */
export function eachPublicRule(
  judgement: Judgement,
  target: Target,
  family: 4 | 6 | undefined,
  found: Found,
  open: Open,
): void {
  for (const value of target.groups.others) open(judgement, value, 'a group that is not in the templates', 'ingress')
  eachRule(
    judgement,
    target,
    (each, rule) => {
      const carried = carriedBy(each.facts, target, rule)
      if (carried === false) return
      const { peer } = rule
      // A group as a source means private addresses: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
      if (peer.kind === 'unknown') {
        if (!peer.isGroup) open(each, peer.value, `${rule.name} from an unknown source`, facetOf(peer, 'ingress'))
      }
      if (peer.kind !== 'range' || !mayBePublic(peer.range) || (family && peer.range.family !== family)) return
      const has = peer.range.family === 4 || target.hasIpv6(each.facts)
      if (has === false) return
      const via = `${rule.name} ${peer.text}`
      if (carried !== true) open(each, carried, via, 'value')
      else if (has === true) found(each, via)
      else
        perhapsIpv6(each, target, has, `${via} is admitted`, [
          { node: 'internet', via },
          hop(each.facts, target.resource),
        ])
    },
    open,
  )
}

/** Each rule of the target's groups, in its own worlds. */
function eachRule(
  judgement: Judgement,
  target: Target,
  judge: (judgement: Judgement, rule: Rule) => void,
  open: Open,
): void {
  const giveTo = (each: Judgement, name: string, source: Resource, { answer, rules, unread }: Belonging): void => {
    if (answer.is === 'no') each.holds(answer, 'value', '')
    if (answer.is === 'no' || !each.facts.exists(source)) return
    for (const value of unread) open(each, value, `rules of ${name}`, 'ingress')
    for (const rule of rules) {
      if (answer.is === 'yes') judge(each, rule)
      else if (isOfInterest(rule)) open(each, answer.value, `${source.id}, perhaps of ${name}`, 'value')
    }
  }
  for (const group of target.groups.known)
    judgement.each(ruleSources(judgement.facts, group, 'ingress'), (each, source) =>
      giveTo(each, group.name, source, rulesFrom(each.facts, group, source, 'ingress')),
    )
  // What is said of a group from outside is not said of the rules that the templates themselves write into it.
  for (const value of target.groups.isDefault ? [] : target.groups.others)
    judgement.each(rulesBeside(judgement.facts, 'ingress'), (each, source) =>
      giveTo(each, 'a group that is not in the templates', source, rulesInto(each.facts, value, source, 'ingress')),
    )
}

const isOfInterest = ({ peer }: Rule): boolean => peer.kind !== 'group'

/** On which of its ports anything listens is known for a load balancer only; a value where it is open. */
function carriedBy(facts: Facts, { resource, isTask }: Target, rule: Rule): boolean | Value {
  const any = rule.carries('any') ?? rule.open
  if (isTask || any === false) return any
  const mine = listenerSources(facts).filter(
    (each) => isListenerOf(facts, each, resource).is !== 'no' && facts.exists(each),
  )
  if (mine.length === 0) return any
  const answers = mine.map((listener) => carriedTo(facts, rule, listener))
  return answers.find((each) => each === true) ?? answers.find((each) => each !== false) ?? false
}

const deepest = 5

/** What the internet has come to, and how; a doubt where it is not known. */
type Arrival = {
  readonly because: string
  readonly path: readonly Hop[]
  readonly remedy: string
  readonly doubt: { readonly value: Value; readonly facet: Facet } | undefined
}
type Arrive = (judgement: Judgement, arrival: Arrival) => void

/** Load balancers and gateways before it, hop by hop, as far as each group admits the one before. */
export function throughOthers(judgement: Judgement, target: Target, path: readonly Hop[]): void {
  eachWayThrough(judgement, target, path, [], (each, { because, path: way, remedy, doubt }) => {
    if (doubt) each.doubt(doubt.value, doubt.facet, because, way)
    else each.refute(because, way, remedy)
  })
  throughUnseen(judgement, target, path)
}

/** What a load balancer passes on that the templates do not show to be in front. */
function throughUnseen(judgement: Judgement, target: Target, path: readonly Hop[]): void {
  for (const { name, by, what, isOfOthers } of unseenFronts(judgement.facts, target.resource))
    eachPublicRule(
      judgement,
      target,
      undefined,
      (each, via) =>
        each.unsettled(
          name,
          `change the template: let ${target.resource.id} admit nothing but the group of its own load balancer`,
          `${via} is admitted, and ${what} may pass on the address of its client`,
          [{ node: 'internet', via }, ...(by ? [hop(each.facts, by)] : [{ node: name }]), ...path],
        ),
      (each, value, via, facet) => {
        // Where others would have to open the group as well, that is asked by sole-entrance.
        if (!isOfOthers)
          each.doubt(
            value,
            facet,
            `whether ${name} brings the internet to ${target.resource.id} is not known: ${via}`,
            path,
          )
      },
    )
}

function eachWayThrough(
  judgement: Judgement,
  target: Target,
  path: readonly Hop[],
  seen: readonly Resource[],
  arrive: Arrive,
): void {
  if (seen.includes(target.resource) || seen.length > deepest) return
  judgement.each(gatewaySources(judgement.facts), (each, gateway) =>
    throughGateway(each, gateway, target, path, arrive),
  )
  judgement.each(balancersBefore(judgement.facts, target.resource), (each, { by, answer, ports }) => {
    const { facts } = each
    const way = [hop(facts, by), ...path]
    if (answer.is === 'maybe')
      each.doubt(answer.value, 'value', `whether ${by.id} leads to ${target.resource.id} is not known`, way)
    if (answer.is !== 'yes') return
    const before = { front: loadBalancerAsTarget(facts, by), ports }
    const onward: Arrive = (last, arrival) => {
      if (!mayLetOut(last.facts, before, target)) return
      eachAdmission(last, target, before, (below, admission) =>
        arrive(below, { ...arrival, because: `${arrival.because}, and ${admission}` }),
      )
    }
    const scheme = schemeOf(facts, by)
    if (!('known' in scheme) || scheme.known !== 'internal')
      openTo(each, before.front, 'unknown' in scheme ? scheme.unknown : undefined, target, way, onward)
    eachWayThrough(each, before.front, way, [...seen, target.resource], onward)
  })
}

function throughGateway(
  judgement: Judgement,
  gateway: Resource,
  target: Target,
  path: readonly Hop[],
  arrive: Arrive,
): void {
  const { facts } = judgement
  const answer = leadsToTarget(facts, gateway, target.resource)
  if (answer.is === 'no' || !facts.exists(gateway)) return
  const way = [{ node: 'internet', via: gateway.id }, hop(facts, gateway), ...path]
  if (answer.is === 'maybe') {
    judgement.doubt(answer.value, 'value', `whether ${gateway.id} leads to ${target.resource.id} is not known`, way)
    return
  }
  if (needsInternetGateway(gateway) && !isOnInternet(judgement, gateway, target, way)) return
  eachAdmission(judgement, target, undefined, (each, via) =>
    arrive(each, {
      because: `${gateway.id} brings the internet to ${target.resource.id}: ${via}`,
      path: way,
      remedy: `remove ${gateway.id}, or admit nothing but the group of the VPC link`,
      doubt: undefined,
    }),
  )
}

/** Both want an internet gateway, though nothing is routed to it; no other way into the VPC is made by one of them. */
function isOnInternet(judgement: Judgement, gateway: Resource, { resource }: Target, way: readonly Hop[]): boolean {
  const { answer, vpcs } = hasInternetGateway(judgement.facts, resource)
  if (answer.is === 'yes') return true
  if (answer.is === 'maybe') {
    const [origin] = originsOf(answer.value)
    const name = origin?.name ?? textOf(answer.value) ?? 'the VPC'
    judgement.unsettled(
      name,
      `give the template that holds the VPC of ${resource.id} and its gateways, and refer to it there`,
      `${gateway.id} leads to ${resource.id}; whether an internet gateway is attached to its VPC is not known`,
      way,
    )
    return false
  }
  judgement.holds(answer, 'value', '')
  nothingUnread(judgement, vpcs)
  judgement.reason(`${gateway.id} brings nothing to ${resource.id}: no internet gateway is attached to its VPC`)
  return false
}

/** What is in front of a target, and the ports it sends to. */
type Before = { readonly front: Target; readonly ports: readonly (number | undefined)[] }

/** A public load balancer that lets the internet in. */
function openTo(
  judgement: Judgement,
  front: Target,
  scheme: Value | undefined,
  target: Target,
  way: readonly Hop[],
  arrive: Arrive,
): void {
  const { id } = front.resource
  const path = [{ node: 'internet', via: `the public address of ${id}` }, ...way]
  const reached = (each: Judgement, via: string): void =>
    arrive(each, {
      because: `the internet reaches ${target.resource.id} through ${id}: ${via}`,
      path,
      remedy: `make ${id} internal, or let ${target.resource.id} admit only the group of its own load balancer`,
      doubt: scheme && { value: scheme, facet: 'value' },
    })
  if (hasNoGroup(judgement.facts, front.resource) && isNetwork(judgement.facts, front.resource)) {
    reached(judgement, `${id} has no security group`)
    return
  }
  eachPublicRule(judgement, front, undefined, reached, (each, value, via, facet) =>
    arrive(each, {
      because: `whether ${id} lets the internet in is not known: ${via}`,
      path,
      remedy: '',
      doubt: { value, facet },
    }),
  )
}

/** Each rule of the target that may let the one before it in. */
function eachAdmission(judgement: Judgement, target: Target, before: Before | undefined, found: Found): void {
  const front = before?.front
  const from = front ? front.resource.id : 'a gateway'
  for (const value of target.groups.others)
    judgement.doubt(value, 'ingress', `whether ${target.resource.id} admits ${from} is not known`)
  if (target.groups.known.length === 0 && target.groups.others.length === 0) found(judgement, 'no group is in between')
  eachRule(
    judgement,
    target,
    (each, rule) => {
      const isCarried = before
        ? before.ports.some((port) => rule.carries(port ?? 'unknown', true) !== false)
        : carriedBy(each.facts, target, rule) !== false
      if (!isCarried) return
      const ipv6 = bothIpv6(each.facts, rule, target, front)
      if (ipv6 === false) return
      const admits = mayAdmit(each.facts, rule, target, front)
      if (admits !== false && ipv6 !== true)
        perhapsIpv6(each, target, ipv6, `${rule.name} may admit ${from}`, [hop(each.facts, target.resource)])
      else if (admits === true) found(each, `${rule.name} admits it`)
      else if (admits)
        each.doubt(
          admits,
          rule.peer.kind === 'unknown' ? facetOf(rule.peer, 'ingress') : 'ingress',
          `whether ${rule.name} admits ${from} is not known`,
        )
    },
    (each, value, via, facet) =>
      each.doubt(value, facet, `whether ${target.resource.id} admits ${from} is not known: ${via}`),
  )
}

/** Whether a range of IPv6 means anything between the two; true for what is no such range. */
function bothIpv6(facts: Facts, { peer }: Rule, target: Target, front: Target | undefined): boolean | Value {
  if (peer.kind !== 'range' || peer.range.family === 4) return true
  const answers = [target.hasIpv6(facts), front?.hasIpv6(facts) ?? true]
  return !answers.includes(false) && (answers.find((each) => each !== true) ?? true)
}

/** True, false, or what keeps it from being known. */
function mayAdmit(facts: Facts, { peer }: Rule, target: Target, front: Target | undefined): boolean | Value {
  if (peer.kind === 'unknown') return peer.value
  if (peer.kind === 'group') {
    if (!front) return false
    if (front.groups.known.some(({ key }: Group) => key === peer.group.key)) return true
    return carries(facts, front.resource, peer.group).is === 'yes'
  }
  // A network load balancer passes on the address of its client, to another load balancer always:
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
  const isPassedOn = front !== undefined && isNetwork(facts, front.resource)
  if (isPassedOn && mayBePublic(peer.range)) return true
  if (isPassedOn && !target.isTask) return false
  const vpc = vpcOf(facts, target.subnets)
  if (!vpc.resource) return true
  const { known, others } = rangesOf(facts, vpc.resource)
  return known.some((range) => overlaps(range, peer.range)) ? true : (others[0] ?? false)
}

/** Whether the groups of the one before let it send there, as far as is known. */
function mayLetOut(facts: Facts, { front, ports }: Before, target: Target): boolean {
  const { known, others } = front.groups
  if (
    others.length > 0 ||
    known.length === 0 ||
    (hasNoGroup(facts, front.resource) && isNetwork(facts, front.resource))
  )
    return true
  return known.some((group) =>
    ruleSources(facts, group, 'egress').some((source) => {
      const { answer, rules, unread } = rulesFrom(facts, group, source, 'egress')
      if (answer.is === 'no' || !facts.exists(source)) return false
      return (
        unread.length > 0 ||
        rules.some(
          (rule) =>
            ports.some((port) => rule.carries(port ?? 'unknown', true) !== false) && maySpeakOf(rule, target.groups),
        )
      )
    }),
  )
}
