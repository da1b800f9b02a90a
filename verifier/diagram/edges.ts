/** Who may open connections to whom, by security groups. */
import type { Facts } from '../facts/facts.ts'
import { ruleSources, rulesFrom } from '../relations/belonging.ts'
import { type Peer, passes } from '../relations/passing.ts'
import type { Rule } from '../relations/rules.ts'
import type { Member } from './boxes.ts'
import type { Edge } from './picture.ts'

const asPeer = ({ groups, subnets }: Member): Peer => ({ kind: 'own', groups, subnets })

/** What stands between two that belong together: allowed, or blocked by a rule that is missing. */
export function edgeBetween(facts: Facts, from: Member, to: Member, port: number | undefined): Edge {
  const sides = [
    hasGroups(from) ? passes(facts, from.groups, 'egress', asPeer(to), port) : undefined,
    hasGroups(to) ? passes(facts, to.groups, 'ingress', asPeer(from), port) : undefined,
  ]
  const label = `tcp/${port ?? '?'}`
  const ends = { from: from.resource.key, to: to.resource.key }
  if (sides.some((side) => side?.is === 'no')) return { ...ends, label: `${label}, no rule`, kind: 'blocked' }
  return { ...ends, label: sides.some((side) => side?.is === 'maybe') ? `${label} ?` : label, kind: 'allowed' }
}

const hasGroups = ({ groups: { known, others } }: Member): boolean => known.length + others.length > 0

/** Rules of one direction that certainly belong to the groups of a member. */
export const rulesOfMember = (facts: Facts, { groups }: Member, direction: 'ingress' | 'egress'): readonly Rule[] =>
  groups.known.flatMap((group) =>
    ruleSources(facts, group, direction)
      .filter((source) => facts.exists(source))
      .flatMap((source) => {
        const { answer, rules } = rulesFrom(facts, group, source, direction)
        return answer.is === 'yes' ? rules : []
      }),
  )

/** The ports on which a rule of the target lets the groups of the source in. */
export const portsBetween = (facts: Facts, from: Member, to: Member): readonly (number | undefined)[] => [
  ...new Set(
    rulesOfMember(facts, to, 'ingress')
      .filter(({ peer }) => peer.kind === 'group' && from.groups.known.some(({ key }) => key === peer.group.key))
      .map(({ port }) => port),
  ),
]
