/** Listeners that are not in the templates, on which these write rules. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, anyOf, isSameOutside, other, resourceOf, sameOutside } from '../facts/identity.ts'
import { atomsOf, isChooser } from '../resolve/atoms.ts'
import { isStackName } from '../resolve/exports.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import { ruleSources, rulesBeside, rulesFrom, rulesInto } from './belonging.ts'
import { waysOnOutside } from './forwarding.ts'
import type { Direction, Group } from './groups.ts'
import { groupsOfLink } from './links.ts'
import { actionsOf, listenerRuleType, listenerType } from './load-balancers.ts'
import { methodsOf } from './request-methods.ts'
import { containerPorts, targetGroupsOf, taskGroups } from './tasks.ts'
import { unowned, type WayIn, waysToOutside } from './ways.ts'

export type OutsideListener = {
  /** As declarations call it. */
  readonly name: string
  readonly value: Value
}

/** A value that is one whole thing from outside. */
export function outsideListenerIn(facts: Facts, value: Value): OutsideListener | undefined {
  if (isAbsent(value) || value.kind === 'any' || resourceOf(facts, value, listenerType)) return undefined
  const [only, ...rest] = atomsOf(value, false)
  const isOne = only !== undefined && rest.length === 0 && !isChooser(only) && value.kind !== 'ref'
  return isOne ? { name: only.name, value } : undefined
}

/** Whether a value is that listener. */
const isThat = (facts: Facts, { value: listener }: OutsideListener, value: Value): Answer =>
  sameOutside(facts, value, listener)

/** Those whose rules of the templates lead to one of the target groups. */
export function outsideListenersBefore(facts: Facts, groups: readonly Resource[]): readonly OutsideListener[] {
  const found = rulesTo(facts, groups).flatMap((rule) => outsideListenerIn(facts, facts.get(rule, 'ListenerArn')) ?? [])
  return found.filter(({ name }, index) => found.findIndex((each) => each.name === name) === index)
}

/** Rules that lead to one of the target groups from a listener of which nobody knows which it is. */
export const rulesOfUnknown = (facts: Facts, groups: readonly Resource[]): readonly Resource[] =>
  rulesTo(facts, groups).filter((rule) => {
    const listener = facts.get(rule, 'ListenerArn')
    return !outsideListenerIn(facts, listener) && !resourceOf(facts, listener, listenerType)
  })

const rulesTo = (facts: Facts, groups: readonly Resource[]): readonly Resource[] =>
  facts
    .candidates(listenerRuleType)
    .filter(
      (rule) =>
        facts.exists(rule) &&
        actionsOf(facts, rule, 'Actions').some(({ group }) => group !== undefined && groups.includes(group)),
    )

/** Target groups to which rules of the templates lead from a listener that is not one of them. */
export const groupsBehind = (facts: Facts, listener: OutsideListener): readonly Resource[] => {
  const rules = facts
    .candidates(listenerRuleType)
    .filter((rule) => isThat(facts, listener, facts.get(rule, 'ListenerArn')).is === 'yes' && facts.exists(rule))
  return [...new Set(rules.flatMap((rule) => actionsOf(facts, rule, 'Actions').flatMap(({ group }) => group ?? [])))]
}

/** Ways of the templates that certainly lead there. */
export const waysToListener = (facts: Facts, listener: OutsideListener): readonly WayIn[] =>
  waysToOutside(facts, (target) => isThat(facts, listener, target).is === 'yes')

/** Whether a request of the integration, once it is at the listener, can come to one of the target groups. */
export function reachesBehind(
  facts: Facts,
  { api, integration }: WayIn,
  listener: OutsideListener,
  groups: readonly Resource[],
): boolean | Value {
  const methods = methodsOf(facts, api, integration)
  const ways = waysOnOutside(facts, (arn) => isThat(facts, listener, arn), integration.headers, methods)
  const there = ways.filter(({ group, isIdle }) => !isIdle && group !== undefined && groups.includes(group))
  return there.some(({ condition }) => !condition) || (there[0]?.condition ?? false)
}

/** Rules that are not the listener's, and by which assumption. */
export const rulesElsewhere = (facts: Facts, listener: OutsideListener): readonly Answer[] =>
  facts
    .candidates(listenerRuleType)
    .map((rule) => isThat(facts, listener, facts.get(rule, 'ListenerArn')))
    .filter(({ is }) => is === 'no')

export type Through = { readonly api: Resource; readonly answer: Answer }

/** Of each API of the templates, whether a request of it comes through the listener to one of the target groups. */
export function apisThrough(facts: Facts, listener: OutsideListener, groups: readonly Resource[]): readonly Through[] {
  const all = waysToOutside(facts, () => true)
  const ways = all.map((way): Through => ({ api: way.api, answer: comes(facts, way, listener, groups) }))
  return [...new Set(ways.map(({ api }) => api))].map((api) => ({
    api,
    answer: anyOf(ways.filter((way) => way.api === api).map(({ answer }) => answer)),
  }))
}

/** APIs to which the templates add a way there, although they are not, or perhaps not, among them. */
export const unownedThrough = (facts: Facts, listener: OutsideListener): readonly Value[] =>
  unowned(facts)
    .filter(({ integration }) => isThat(facts, listener, integration.target).is !== 'no')
    .map(({ owner }) => owner)

function comes(facts: Facts, way: WayIn, listener: OutsideListener, groups: readonly Resource[]): Answer {
  if (way.routed.is === 'no') return way.routed
  const there = isThat(facts, listener, way.integration.target)
  if (there.is === 'no' && there.because !== 'by assumption') return there
  const reached = reachesBehind(facts, way, listener, groups)
  if (reached === false) return other
  if (there.is !== 'yes') return there
  return reached === true ? way.routed : { is: 'maybe', value: reached }
}

/** Rules that lead to one of the target groups, and demand no header with the name of a stack. */
export const rulesForAnybody = (
  facts: Facts,
  listener: OutsideListener,
  groups: readonly Resource[],
): readonly Resource[] =>
  rulesTo(facts, groups).filter(
    (rule) => isThat(facts, listener, facts.get(rule, 'ListenerArn')).is === 'yes' && !demandsStackName(facts, rule),
  )

const demandsStackName = (facts: Facts, rule: Resource): boolean =>
  (itemsOf(facts.get(rule, 'Conditions')) ?? []).some((condition) => {
    if (condition.kind !== 'map' || textOf(entry(condition, 'Field')) !== 'http-header') return false
    const config = entry(condition, 'HttpHeaderConfig')
    const values = itemsOf(entry(config, 'Values')) ?? []
    return isAbsent(entry(config, 'RegexValues')) && values.length > 0 && values.every(isStackName)
  })

/** Groups from outside that rules of the tasks' groups admit: of them one is the load balancer's. */
export const groupsAdmitted = (facts: Facts, service: Resource): readonly Value[] =>
  taskGroups(facts, service).known.flatMap((group) =>
    ruleSources(facts, group, 'ingress')
      .filter((source) => facts.exists(source))
      .flatMap((source) => rulesFrom(facts, group, source, 'ingress').rules)
      .flatMap(({ peer }) => (peer.kind === 'unknown' && peer.isGroup ? [peer.value] : [])),
  )

/** By which groups a link comes to a load balancer from outside. */
export type Passage = {
  /** The group of the load balancer. */
  readonly balancer: Value
  /** The group of the link, where that is from outside too. */
  readonly link?: Value
  /** Of the rules of both sides, the one that the templates do not write. */
  readonly missing?: Direction
}

/** The link may open connections to the group, and the tasks admit it. `link`: undefined for one that no template makes. */
export function passageTo(
  facts: Facts,
  link: Resource | undefined,
  service: Resource | undefined,
): Passage | undefined {
  const admitted = service && groupsAdmitted(facts, service)
  const isOfBalancer = (value: Value): boolean =>
    admitted === undefined || admitted.some((each) => isSameOutside(each, value) === 'yes')
  if (!link) return passageBetween(facts, isOfBalancer)
  const links = groupsOfLink(facts, link).known
  const balancer = groupsOpened(facts, links).find(isOfBalancer)
  if (!balancer) return undefined
  return admitsLink(facts, balancer, links) ? { balancer } : { balancer, missing: 'ingress' }
}

/** Groups from outside to which the groups of a link may open connections. */
const groupsOpened = (facts: Facts, links: readonly Group[]): readonly Value[] =>
  links.flatMap((group) =>
    ruleSources(facts, group, 'egress')
      .filter((source) => facts.exists(source))
      .flatMap((source) => rulesFrom(facts, group, source, 'egress').rules)
      .flatMap(({ peer }) => (peer.kind === 'unknown' && peer.isGroup ? [peer.value] : [])),
  )

/** Whether the templates let the link into the group from outside. */
const admitsLink = (facts: Facts, outside: Value, links: readonly Group[]): boolean =>
  into(facts, outside, 'ingress').some(
    ({ peer }) => peer.kind === 'group' && links.some(({ key }) => key === peer.group.key),
  )

/** Neither group is of the templates; only their rules speak of both. */
function passageBetween(facts: Facts, isOfBalancer: (value: Value) => boolean): Passage | undefined {
  const admitting = betweenOutside(facts, 'ingress')
  const found = admitting.filter(({ of }) => isOfBalancer(of))
  // What a load balancer reaches admits it in the same way, and nothing comes into a link.
  const first = found.find(({ peer }) => !admitting.some(({ of }) => isSameOutside(of, peer) === 'yes')) ?? found[0]
  if (!first) return undefined
  const isLetOut = betweenOutside(facts, 'egress').some(
    ({ of, peer }) => isSameOutside(of, first.peer) === 'yes' && isSameOutside(peer, first.of) === 'yes',
  )
  const passage = { balancer: first.of, link: first.peer }
  return isLetOut ? passage : { ...passage, missing: 'egress' }
}

/** Rules of the templates that one group from outside gets about another one. */
const betweenOutside = (facts: Facts, direction: Direction): readonly { readonly of: Value; readonly peer: Value }[] =>
  rulesBeside(facts, direction)
    .map((source) => ({ source, of: facts.get(source, 'GroupId') }))
    .filter(({ source, of }) => (of.kind === 'outside' || of.kind === 'text') && facts.exists(source))
    .flatMap(({ source, of }) =>
      rulesInto(facts, of, source, direction).rules.flatMap(({ peer }) =>
        peer.kind === 'unknown' && peer.isGroup ? [{ of, peer: peer.value }] : [],
      ),
    )

/** Whether what carries the group from outside may open connections to the tasks. */
export function reachesTasks(facts: Facts, outside: Value, service: Resource): boolean {
  const { known } = taskGroups(facts, service)
  const ports = targetGroupsOf(facts, service).known.flatMap((group) => containerPorts(facts, service, group))
  return into(facts, outside, 'egress').some(
    ({ peer, carries }) =>
      peer.kind === 'group' &&
      known.some(({ key }) => key === peer.group.key) &&
      ports.some((port) => carries(port ?? 'unknown', true) !== false),
  )
}

const into = (facts: Facts, outside: Value, direction: Direction) =>
  rulesBeside(facts, direction)
    .filter((source) => facts.exists(source))
    .flatMap((source) => {
      const { answer, rules } = rulesInto(facts, outside, source, direction)
      return answer.is === 'yes' ? rules : []
    })
