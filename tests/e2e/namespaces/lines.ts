/** The lines of security groups, with addresses instead of groups. */
import type { Facts } from '../../../verifier/facts/facts.ts'
import { ruleSources, rulesFrom } from '../../../verifier/relations/belonging.ts'
import { carrierSources, carries } from '../../../verifier/relations/carriers.ts'
import type { Carried, Direction } from '../../../verifier/relations/groups.ts'
import type { Rule } from '../../../verifier/relations/rules.ts'
import { textOf } from '../../../verifier/resolve/value.ts'

/** One line of a security group: who, with what. */
export type Line = { readonly peers: readonly string[]; readonly traffic: string }

/** Of an interface with these groups. `addresses`: of each that carries a group. */
export function linesOf(
  facts: Facts,
  { known, others }: Carried,
  direction: Direction,
  addresses: ReadonlyMap<string, string>,
): Line[] {
  if (others.length > 0) throw new Error('a security group is not known')
  return known.flatMap((group) =>
    ruleSources(facts, group, direction).flatMap((source) => {
      const { answer, rules, unread } = rulesFrom(facts, group, source, direction)
      if (answer.is === 'no') return []
      if (answer.is === 'maybe' || unread.length > 0) throw new Error(`rules of ${group.name} are not known`)
      return rules.flatMap((rule) => {
        const peers = peersOf(facts, rule, direction, addresses)
        return peers.length > 0 ? [{ peers, traffic: rule.traffic }] : []
      })
    }),
  )
}

function peersOf(
  facts: Facts,
  { name, peer }: Rule,
  direction: Direction,
  addresses: ReadonlyMap<string, string>,
): string[] {
  if (peer.kind === 'range') return peer.range.family === 4 ? [peer.text] : []
  // The addresses of S3, by their prefix list: no host of this network has one.
  if (direction === 'egress' && peer.kind === 'unknown' && /^pl-/.test(textOf(peer.value) ?? '')) return []
  if (peer.kind === 'unknown') throw new Error(`the peer of ${name} is not known`)
  return carrierSources(facts, peer.group)
    .filter((member) => carries(facts, member, peer.group).is === 'yes' && facts.exists(member))
    .map((member) => {
      const address = addresses.get(member.key)
      if (address === undefined) throw new Error(`${member.id} carries a group and has no place in this network`)
      return address
    })
}
