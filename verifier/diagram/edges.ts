/** Who may open connections to whom, by security groups. */
import type { Facts } from '../facts/facts.ts'
import { ruleSources, rulesFrom } from '../relations/belonging.ts'
import type { Direction } from '../relations/groups.ts'
import { type Passing, type Peer, passes } from '../relations/passing.ts'
import type { Rule } from '../relations/rules.ts'
import type { Member } from './boxes.ts'
import type { Edge, Reason } from './picture.ts'

const asPeer = ({ groups, subnets }: Member): Peer => ({ kind: 'own', groups, subnets })

/** What stands between two that belong together: allowed, or blocked by a rule that is missing. */
export function edgeBetween(
  facts: Facts,
  from: Member,
  to: Member,
  port: number | undefined,
  because: readonly Reason[] = [],
): Edge {
  const label = `tcp/${port ?? '?'}`
  const sides = [sideOf(facts, from, to, 'egress', port), sideOf(facts, to, from, 'ingress', port)].filter(
    (side) => side !== undefined,
  )
  const edge = {
    from: from.resource.key,
    to: to.resource.key,
    because: [...because, ...sides.map(({ reason }) => reason)],
  }
  if (sides.some(({ is }) => is === 'no')) return { ...edge, label: `${label}, no rule`, kind: 'blocked' }
  return { ...edge, label: sides.some(({ is }) => is === 'maybe') ? `${label} ?` : label, kind: 'allowed' }
}

type Side = { readonly is: Passing['is']; readonly reason: Reason }

/** What the groups of one side say; undefined where it has none. */
function sideOf(
  facts: Facts,
  side: Member,
  other: Member,
  direction: Direction,
  port: number | undefined,
): Side | undefined {
  if (!hasGroups(side)) return undefined
  const passing = passes(facts, side.groups, direction, asPeer(other), port)
  const says = said[direction][passing.is](side.resource.id, other.resource.id, `tcp/${port ?? '?'}`)
  if (passing.is === 'yes') return { is: 'yes', reason: byRule(passing.rule, says) }
  const [group] = side.groups.known
  return { is: passing.is, reason: { says, ...(group ? group.place : facts.place(side.resource)) } }
}

type Words = Readonly<Record<Passing['is'], (side: string, other: string, traffic: string) => string>>

const said: Readonly<Record<Direction, Words>> = {
  egress: {
    yes: (side, other, traffic) => `${side} may open ${traffic} to ${other}`,
    no: (side, other, traffic) => `no rule lets ${side} open ${traffic} to ${other}`,
    maybe: (side, other, traffic) => `whether ${side} may open ${traffic} to ${other} is not known`,
  },
  ingress: {
    yes: (side, other, traffic) => `${side} admits ${other} on ${traffic}`,
    no: (side, other, traffic) => `no rule of ${side} admits ${other} on ${traffic}`,
    maybe: (side, other, traffic) => `whether ${side} admits ${other} on ${traffic} is not known`,
  },
}

export const byRule = ({ name, place }: Rule, says: string): Reason => ({ says: `${says}, by ${name}`, ...place })

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

/** One edge for each pair, with all that goes over it; blocked only where nothing passes. */
export function distinct(edges: readonly Edge[]): readonly Edge[] {
  const byEnds = new Map<string, Edge>()
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to])
    const before = byEnds.get(key)
    if (before?.kind === edge.kind) byEnds.set(key, together(before, edge))
    else if (before === undefined || edge.kind !== 'blocked') byEnds.set(key, edge)
  }
  return [...byEnds.values()]
}

function together(one: Edge, other: Edge): Edge {
  const labels = one.label.split(', ')
  const all = [...(one.because ?? []), ...(other.because ?? [])]
  return {
    ...one,
    label: labels.includes(other.label) ? one.label : `${one.label}, ${other.label}`,
    because: [...new Map(all.map((reason) => [JSON.stringify(reason), reason])).values()],
  }
}
