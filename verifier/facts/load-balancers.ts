/** Load balancers, their listeners, and the target groups to which these forward. */
import type { Resource } from '../resolve/program.ts'
import { entry, integerOf, isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'
import { resourceOf } from './identity.ts'

export const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
export const listenerType = 'AWS::ElasticLoadBalancingV2::Listener'
export const targetGroupType = 'AWS::ElasticLoadBalancingV2::TargetGroup'

export type Listener = {
  readonly resource: Resource
  /** Undefined when it is not known. */
  readonly port: number | undefined
  readonly protocol: Value
  /** Target groups of the templates to which it forwards, by default or by a rule. */
  readonly forwards: readonly Resource[]
  /** Values of forward actions that are none of the templates' target groups. */
  readonly others: readonly Value[]
}

/** `application`, `network`, `gateway`; undefined when it is not known. */
export const kindOf = (facts: Facts, loadBalancer: Resource): string | undefined => {
  const type = facts.get(loadBalancer, 'Type')
  return isAbsent(type) ? 'application' : textOf(type)
}

/** The API's default is internet-facing, https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const schemeOf = (facts: Facts, loadBalancer: Resource): Value => {
  const scheme = facts.get(loadBalancer, 'Scheme')
  return isAbsent(scheme) ? { kind: 'text', text: 'internet-facing' } : scheme
}

export const allListeners = (facts: Facts): readonly { readonly of: Value; readonly listener: Listener }[] =>
  facts.once(readListeners)

function readListeners(facts: Facts): { of: Value; listener: Listener }[] {
  const rules = facts
    .all('AWS::ElasticLoadBalancingV2::ListenerRule')
    .map((rule) => ({ of: facts.get(rule, 'ListenerArn'), actions: facts.get(rule, 'Actions') }))
  return facts.all(listenerType).map((resource) => {
    const actions = [
      facts.get(resource, 'DefaultActions'),
      ...rules
        .filter(({ of }) => resourceOf(facts.around.program, of, listenerType) === resource)
        .map((rule) => rule.actions),
    ]
    const targets = actions.flatMap(forwardsOf)
    const found = targets.map((value) => ({ value, group: resourceOf(facts.around.program, value, targetGroupType) }))
    return {
      of: facts.get(resource, 'LoadBalancerArn'),
      listener: {
        resource,
        port: integerOf(facts.get(resource, 'Port')),
        protocol: facts.get(resource, 'Protocol'),
        forwards: found.flatMap(({ group }) => group ?? []),
        others: found.flatMap(({ value, group }) => (group ? [] : [value])),
      },
    }
  })
}

/** Target groups that a list of actions names; the whole list when it is not known. */
function forwardsOf(actions: Value): Value[] {
  const items = itemsOf(actions)
  if (!items) return [actions]
  return items.flatMap((action) => {
    if (action.kind !== 'map') return [action]
    const single = entry(action, 'TargetGroupArn')
    const several = itemsOf(entry(entry(action, 'ForwardConfig'), 'TargetGroups')) ?? [entry(action, 'ForwardConfig')]
    return [
      ...(isAbsent(single) ? [] : [single]),
      ...several.map((each) => (each.kind === 'map' ? entry(each, 'TargetGroupArn') : each)),
    ]
  })
}

export const listenersOf = (facts: Facts, loadBalancer: Resource): Listener[] =>
  allListeners(facts)
    .filter(({ of }) => resourceOf(facts.around.program, of, loadBalancerType) === loadBalancer)
    .map(({ listener }) => listener)

/** Load balancers with a listener that forwards to the target group. */
export const inFrontOf = (facts: Facts, targetGroup: Resource): Resource[] => [
  ...new Set(
    allListeners(facts)
      .filter(({ listener }) => listener.forwards.includes(targetGroup))
      .flatMap(({ of }) => resourceOf(facts.around.program, of, loadBalancerType) ?? []),
  ),
]
