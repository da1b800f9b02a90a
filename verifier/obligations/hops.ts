/** Whether security groups let one side through to the other. */
import type { Facts } from '../facts/facts.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { ruleSources, rulesFrom } from '../relations/belonging.ts'
import type { Carried, Direction } from '../relations/groups.ts'
import { isNetwork } from '../relations/load-balancers.ts'
import { maySpeakOf, type Rule, rulesOf } from '../relations/rules.ts'
import type { Resource } from '../resolve/program.ts'
import { nothingUnread } from './unread.ts'

export type Side = { readonly resource: Resource; readonly groups: Carried }

/** `ports`: one of them is enough; undefined for one that is not known. */
export function letsThrough(judgement: Judgement, from: Side, to: Side, ports: readonly (number | undefined)[]): void {
  oneSide(judgement, from, to, 'egress', ports)
  oneSide(judgement, from, to, 'ingress', ports)
}

function oneSide(
  judgement: Judgement,
  from: Side,
  to: Side,
  direction: Direction,
  ports: readonly (number | undefined)[],
): void {
  const { facts } = judgement
  const [side, other] = direction === 'egress' ? [from, to] : [to, from]
  const { known, others, isDefault } = side.groups
  // A network load balancer without groups lets everything through.
  if (known.length === 0 && others.length === 0) return
  if (isDefault && isNetworkWithout(facts, side.resource)) return
  const path = [hop(facts, from.resource), hop(facts, to.resource)]
  const because = `no ${direction} rule of ${side.resource.id} lets ${direction === 'egress' ? `it reach ${to.resource.id}` : `${from.resource.id} in`}`
  const unknown = others[0] ?? other.groups.others[0]
  const sources = known.flatMap((group) => ruleSources(facts, group, direction).map((source) => ({ group, source })))
  const fail = (each: Judgement): void => {
    if (unknown) each.doubt(unknown, direction, because, path)
    else each.refute(because, path, `add the ${direction} rule`)
  }
  // What is not read may hold the rule.
  const before = new Set(judgement.leaves)
  nothingUnread(judgement, [], known)
  if (judgement.leaves.some((leaf) => !before.has(leaf) && leaf.findings.length > 0)) return
  if (sources.length === 0) {
    fail(judgement)
    return
  }
  judgement.some(sources, (each, { group, source }) => {
    const { answer, rules, unread } = rulesFrom(each.facts, group, source, direction)
    const isThere = answer.is !== 'no' && each.facts.exists(source)
    if (isThere && answer.is === 'yes' && rules.some((rule) => lets(rule, other.groups, ports))) return
    if (isThere && unread[0]) each.doubt(unread[0], direction, because, path)
    else if (isThere && answer.is === 'maybe' && rules.some((rule) => lets(rule, other.groups, ports)))
      each.doubt(answer.value, 'value', because, path)
    else if (
      answer.is === 'no' &&
      answer.because === 'by assumption' &&
      mayLet(each.facts, source, direction, other.groups, ports)
    )
      // An assumption may serve a proof, and refutes nothing.
      each.doubt(answer.value, 'value', because, path)
    else fail(each)
  })
}

const mayLet = (
  facts: Facts,
  source: Resource,
  direction: Direction,
  peers: Carried,
  ports: readonly (number | undefined)[],
): boolean => facts.exists(source) && rulesOf(facts, source, direction).rules.some((rule) => lets(rule, peers, ports))

/** Whether a rule, of whatever group, speaks of the other side and one of the ports. */
export const lets = (rule: Rule, peers: Carried, ports: readonly (number | undefined)[]): boolean =>
  ports.some((port) => rule.carries(port ?? 'unknown', true) !== false) && maySpeakOf(rule, peers)

const isNetworkWithout = (facts: Facts, resource: Resource): boolean =>
  resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && isNetwork(facts, resource)
