/** Whether security groups let packets of one side in at another, and by which rule. */
import type { Facts } from '../facts/facts.ts'
import { resourcesOf } from '../facts/identity.ts'
import { inside, mayBePublic, overlaps, parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { textOf, type Value } from '../resolve/value.ts'
import { ruleSources, rulesFrom } from './belonging.ts'
import type { Carried, Direction } from './groups.ts'
import type { Rule } from './rules.ts'
import { subnetType } from './vpcs.ts'

/** Who sends or receives. */
export type Peer =
  | { readonly kind: 'own'; readonly groups: Carried; readonly subnets: Value }
  /** Some host with an address in the ranges, which carries no group of the templates. */
  | { readonly kind: 'stranger'; readonly ranges: readonly Range[] }
  | { readonly kind: 'internet' }

export type Passing =
  | { readonly is: 'yes'; readonly rule: Rule }
  | { readonly is: 'no'; readonly rules: readonly Rule[] }
  | { readonly is: 'maybe'; readonly value: Value }

/** Whether the groups let TCP through to the port, or from it; undefined where the port is not known. */
export function passes(
  facts: Facts,
  { known, others }: Carried,
  direction: Direction,
  peer: Peer,
  port: number | undefined,
): Passing {
  const seen: Rule[] = []
  let open: Value | undefined = others[0]
  for (const group of known)
    for (const source of ruleSources(facts, group, direction)) {
      if (!facts.exists(source)) continue
      const { answer, rules, unread } = rulesFrom(facts, group, source, direction)
      if (answer.is === 'no') continue
      open ??= unread[0]
      for (const rule of rules) {
        seen.push(rule)
        const carries = rule.carries(port ?? 'unknown', true)
        const holds = carries === false ? false : isPeer(facts, rule, peer)
        if (holds === false) continue
        if (answer.is === 'yes' && carries === true && holds === true) return { is: 'yes', rule }
        open ??= answer.is === 'maybe' ? answer.value : holds === true ? rule.open : holds
      }
    }
  return open ? { is: 'maybe', value: open } : { is: 'no', rules: seen }
}

/** The value is what keeps it from being known. */
function isPeer(facts: Facts, { peer }: Rule, other: Peer): boolean | Value {
  if (peer.kind === 'unknown') return peer.isGroup && other.kind !== 'own' ? false : peer.value
  if (peer.kind === 'group') {
    if (other.kind !== 'own') return false
    return other.groups.known.some(({ key }) => key === peer.group.key) || (other.groups.others[0] ?? false)
  }
  if (other.kind === 'internet') return mayBePublic(peer.range)
  if (other.kind === 'stranger') return other.ranges.some((range) => overlaps(range, peer.range))
  const ranges = addressesOf(facts, other.subnets)
  if (ranges.length > 0 && ranges.every((range) => inside(range, peer.range))) return true
  return ranges.length > 0 && !ranges.some((range) => overlaps(range, peer.range)) ? false : peer.value
}

/** Ranges of subnets of the templates, as far as all are known. */
function addressesOf(facts: Facts, subnets: Value): readonly Range[] {
  const { known, others } = resourcesOf(facts, subnets, subnetType)
  const ranges = known.map((subnet: Resource) => parseRange(textOf(facts.get(subnet, 'CidrBlock')) ?? ''))
  return others.length > 0 ? [] : ranges.filter((range) => range !== undefined)
}
