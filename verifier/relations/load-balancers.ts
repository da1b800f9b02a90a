/** Load balancers, their listeners, the rules of these, and the target groups to which they forward. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt, resourceOf } from '../facts/identity.ts'
import { mayName } from '../resolve/names.ts'
import { isOneOfSeveral, type Resource } from '../resolve/program.ts'
import {
  any,
  at,
  booleanOf,
  entry,
  integerOf,
  isAbsent,
  isOpen,
  itemsOf,
  keyOf,
  nothing,
  piecesOf,
  textOf,
  type Value,
} from '../resolve/value.ts'
import { type Carried, carriedGroups } from './groups.ts'
import { type Known, unlessBoolean, wordOf } from './known.ts'
import { mayShiftTo, shiftedTo } from './shifts.ts'
import { vpcOf } from './vpcs.ts'

export const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
export const listenerType = 'AWS::ElasticLoadBalancingV2::Listener'
export const listenerRuleType = 'AWS::ElasticLoadBalancingV2::ListenerRule'
export const targetGroupType = 'AWS::ElasticLoadBalancingV2::TargetGroup'

export type Kind = 'application' | 'network' | 'gateway'

export const kindOf = (facts: Facts, loadBalancer: Resource): Known<Kind> =>
  wordOf(facts.get(loadBalancer, 'Type'), ['application', 'network', 'gateway'], 'application')

/** The API's default is internet-facing, https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const schemeOf = (facts: Facts, loadBalancer: Resource): Known<'internal' | 'internet-facing'> =>
  wordOf(facts.get(loadBalancer, 'Scheme'), ['internal', 'internet-facing'], 'internet-facing')

export const hasNoScheme = (facts: Facts, loadBalancer: Resource): boolean =>
  isAbsent(facts.get(loadBalancer, 'Scheme'))

export const subnetsOf = (facts: Facts, loadBalancer: Resource): Value => {
  const subnets = facts.get(loadBalancer, 'Subnets')
  if (!isAbsent(subnets)) return subnets
  const mappings = facts.get(loadBalancer, 'SubnetMappings')
  const items = itemsOf(mappings)
  return items ? { kind: 'list', items: items.map((item) => entry(item, 'SubnetId')) } : mappings
}

export const groupsOf = (facts: Facts, loadBalancer: Resource): Carried =>
  carriedGroups(facts, facts.get(loadBalancer, 'SecurityGroups'), subnetsOf(facts, loadBalancer))

/** A network load balancer without groups takes every client, https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html */
export const hasNoGroup = (facts: Facts, loadBalancer: Resource): boolean =>
  piecesOf(facts.get(loadBalancer, 'SecurityGroups')).length === 0

const addressTypes = ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'] as const

/** Whether it has an address of IPv6, or the value that keeps that from being known. */
export function hasIpv6(facts: Facts, loadBalancer: Resource): boolean | Value {
  const type = wordOf(facts.get(loadBalancer, 'IpAddressType'), addressTypes, 'ipv4')
  return 'unknown' in type ? type.unknown : type.known !== 'ipv4'
}

/** Whether the internet comes to it by IPv6; internal load balancers refuse that unless told otherwise. */
export function hasPublicIpv6(facts: Facts, loadBalancer: Resource): boolean | Value {
  const any = hasIpv6(facts, loadBalancer)
  if (any === false) return false
  const attributes = facts.get(loadBalancer, 'LoadBalancerAttributes')
  const items = itemsOf(attributes)
  if (!items) return attributes
  const deny = items.find((each) => textOf(entry(each, 'Key')) === 'ipv6.deny_all_igw_traffic')
  const open = items.map((each) => entry(each, 'Key')).find((key) => textOf(key) === undefined)
  if (!deny) return open ?? false
  const value = entry(deny, 'Value')
  const denies = booleanOf(value, true)
  return denies === undefined ? unlessBoolean(value) : denies ? (open ?? false) : any
}

export const listenerSources = (facts: Facts): readonly Resource[] => facts.candidates(listenerType)

export const isListenerOf = (facts: Facts, listener: Resource, loadBalancer: Resource): Answer =>
  isIt(facts, facts.get(listener, 'LoadBalancerArn'), loadBalancer.key)

/** The load balancer of a listener, when it is one of the templates for certain. */
export const loadBalancerOf = (facts: Facts, listener: Resource): Resource | undefined =>
  resourceOf(facts, facts.get(listener, 'LoadBalancerArn'), loadBalancerType)

/** Undefined when it is not known. */
export const portOf = (facts: Facts, listener: Resource): number | undefined => integerOf(portIn(facts, listener))

/** As it is written. */
export const portIn = (facts: Facts, listener: Resource): Value => facts.get(listener, 'Port')

/** Protocols of listeners that no UDP packet reaches. */
const tcpOnly = new Set(['HTTP', 'HTTPS', 'TCP', 'TLS'])

export const isTcp = (facts: Facts, listener: Resource): boolean =>
  tcpOnly.has(textOf(facts.get(listener, 'Protocol')) ?? '')

/** Listeners that are certainly the load balancer's, in this world. */
export const listenersOf = (facts: Facts, loadBalancer: Resource): Resource[] =>
  listenerSources(facts).filter(
    (listener) => isListenerOf(facts, listener, loadBalancer).is === 'yes' && facts.exists(listener),
  )

export type Forward = {
  /** What forwards: the listener by its default action, or a rule. */
  readonly by: Resource
  /** The target group, when it is one of the templates for certain. */
  readonly group: Resource | undefined
  readonly value: Value
  /** Its weight is zero, so that it gets no request as long as nobody shifts it. */
  readonly isIdle?: true
  /** What keeps it from being known whether requests get that far. */
  readonly unless?: Value
}

/** Where a listener sends requests, by default and by its rules; what is not known may be any target group. */
export function forwardsOf(facts: Facts, listener: Resource): Forward[] {
  const rules = facts
    .candidates(listenerRuleType)
    .filter((rule) => isIt(facts, facts.get(rule, 'ListenerArn'), listener.key).is !== 'no' && facts.exists(rule))
  return [
    ...actionsOf(facts, listener, 'DefaultActions'),
    ...rules.flatMap((rule) => actionsOf(facts, rule, 'Actions')),
  ]
}

/** What a rule or listener writes, and where a deployment may point it. */
export function actionsOf(facts: Facts, by: Resource, name: 'Actions' | 'DefaultActions'): Forward[] {
  const actions = facts.get(by, name)
  const unless = stopsAt(actions, by)
  const written = targetsOf(actions).map((each) => ({ ...each, ...(unless ? { unless } : {}) }))
  const shifted = shiftedTo(facts, by)
    .filter((value) => !written.some((each) => keyOf(each.value) === keyOf(value)))
    .map((value): Pick<Forward, 'value' | 'isIdle' | 'unless'> => ({ value, isIdle: true }))
  return [...written, ...shifted].map((forward) => ({
    ...forward,
    by,
    group: resourceOf(facts, forward.value, targetGroupType),
  }))
}

const signsIn = ['authenticate-cognito', 'authenticate-oidc'] as const
const words = ['forward', 'jwt-validation', ...signsIn, 'fixed-response', 'redirect'] as const

/**
 * An action that may answer requests itself. Who has not signed in at the load balancer is sent away, where he cannot
 * come back through an API, unless the action lets him pass:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
function stopsAt(actions: Value, by: Resource): Value | undefined {
  const found = (itemsOf(actions) ?? []).map((action): Value | undefined => {
    if (action.kind !== 'map') return action
    const type = wordOf(entry(action, 'Type'), words, 'forward')
    if ('unknown' in type) return type.unknown
    if (type.known === 'forward' || type.known === 'jwt-validation') return undefined
    const configuration = type.known === 'authenticate-oidc' ? 'AuthenticateOidcConfig' : 'AuthenticateCognitoConfig'
    const otherwise = at(action, `${configuration}.OnUnauthenticatedRequest`)
    if (signsIn.some((each) => each === type.known) && textOf(otherwise) === 'allow') return undefined
    if (isOpen(otherwise)) return otherwise
    const name = `actions of ${by.id} that forward every request`
    return any(name, nothing, { kind: 'unreadable', name })
  })
  return found.find((each) => each !== undefined)
}

/** Target groups that a list of actions names; the whole list when it is not known. */
function targetsOf(actions: Value): Pick<Forward, 'value' | 'isIdle'>[] {
  const items = itemsOf(actions)
  if (!items) return [{ value: actions }]
  return items.flatMap((action) => {
    if (action.kind !== 'map') return [{ value: action }]
    const single = entry(action, 'TargetGroupArn')
    const config = entry(action, 'ForwardConfig')
    const several = piecesOf(entry(config, 'TargetGroups'))
    return [
      ...(isAbsent(single) ? [] : [{ value: single }]),
      ...several
        .map((each): Pick<Forward, 'value' | 'isIdle'> => {
          if (each.kind !== 'map') return { value: each }
          const isIdle = integerOf(entry(each, 'Weight')) === 0
          return { value: entry(each, 'TargetGroupArn'), ...(isIdle ? { isIdle } : {}) }
        })
        .filter(({ value }) => !isAbsent(value)),
    ]
  })
}

/** Load balancers whose listeners forward to the target group: for certain, and perhaps. */
export function inFrontOf(
  facts: Facts,
  targetGroup: Resource,
): {
  readonly known: readonly Resource[]
  readonly others: readonly { readonly by: Resource; readonly value: Value }[]
} {
  const known = new Set<Resource>()
  const others: { by: Resource; value: Value }[] = []
  for (const listener of facts.candidates(listenerType)) {
    if (!mayForwardTo(facts, listener, targetGroup) || !facts.exists(listener)) continue
    for (const { by, value } of forwardsOf(facts, listener)) {
      const answer = isIt(facts, value, targetGroup.key)
      if (answer.is === 'no') continue
      const loadBalancer = loadBalancerOf(facts, listener)
      if (answer.is === 'yes' && loadBalancer) known.add(loadBalancer)
      else if (answer.is === 'maybe') others.push({ by, value: answer.value })
      else others.push({ by, value: facts.get(listener, 'LoadBalancerArn') })
    }
  }
  return { known: [...known], others }
}

/** In no world does it forward there unless it, or a rule, may name the target group. */
const mayForwardTo = (facts: Facts, listener: Resource, group: Resource): boolean =>
  [listener, ...(facts.around.byType.get(listenerRuleType) ?? [])].some(
    (each) => mayName(facts.around.names, each.key, group.key) || mayShiftTo(facts, each, group),
  ) || isOneOfSeveral(facts.around.program)

export const isNetwork = (facts: Facts, loadBalancer: Resource): boolean =>
  textOf(facts.get(loadBalancer, 'Type')) === 'network'

/** Listeners that may be the load balancer's in this world, without asking whether each exists. */
export const certainListenersOf = (facts: Facts, loadBalancer: Resource): Resource[] =>
  listenerSources(facts).filter((listener) => isListenerOf(facts, listener, loadBalancer).is === 'yes')

/** Target groups of the templates to which its listeners may forward. */
export const forwardedGroups = (facts: Facts, loadBalancer: Resource): Resource[] => {
  const listeners = certainListenersOf(facts, loadBalancer)
  return facts
    .candidates(targetGroupType)
    .filter((group) => listeners.some((listener) => mayForwardTo(facts, listener, group)))
}

/** Targets that the template registers itself: addresses, instances, or another load balancer. */
export const targetsOfGroup = (facts: Facts, group: Resource): readonly Value[] =>
  piecesOf(facts.get(group, 'Targets')).map((each) => (each.kind === 'map' ? entry(each, 'Id') : each))

/** Whether the target group is in the VPC of subnets; a group of a kind without one, or an unknown VPC, counts as yes. */
export function isInVpcOf(facts: Facts, group: Resource, subnets: Value): Answer {
  const yes: Answer = { is: 'yes', because: 'the same resource' }
  const own = vpcOf(facts, subnets)
  const value = facts.get(group, 'VpcId')
  return !own.resource || isAbsent(value) ? yes : isIt(facts, value, own.resource.key)
}
