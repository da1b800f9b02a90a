/** Whether a VPC link that no template makes gets through, by what is said of a group that rules name. */
import type { Facts } from '../facts/facts.ts'
import type { Hop } from '../judge/findings.ts'
import type { Judgement } from '../judge/judgement.ts'
import { ruleSources, rulesBeside, rulesFrom, rulesInto } from '../relations/belonging.ts'
import type { Group } from '../relations/groups.ts'
import type { Rule } from '../relations/rules.ts'
import { outsideLink, type WayIn } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'
import { Undecided } from '../resolve/world.ts'
import { lets, type Side } from './hops.ts'

/**
 * `to` admits a group from outside, which the link is said to carry, and the templates let that group out to `to`. What
 * other rules the group has, they do not say.
 */
export function letsLinkThrough(
  judgement: Judgement,
  way: WayIn,
  to: Side,
  ports: readonly (number | undefined)[],
  path: readonly Hop[],
): void {
  const { facts } = judgement
  const linkName = outsideLink(way)
  const sources = to.groups.known.flatMap((group) =>
    ruleSources(facts, group, 'ingress')
      .map((source) => ({ group, source }))
      .filter((each) => mayAdmit(facts, each, ports)),
  )
  if (linkName === undefined || sources.length === 0) {
    isUnknown(judgement, way, path)
    return
  }
  judgement.some(sources, (each, admitting) => {
    const rule = admittedBy(each.facts, admitting, ports)
    if (rule?.peer.kind !== 'unknown') {
      isUnknown(each, way, path)
      return
    }
    const { value } = rule.peer
    isSaidToCarry(each, way, value, path)
    const out = `no egress rule of the templates lets the group of ${linkName} reach ${to.resource.id}`
    const settle = 'verify the template of the VPC link together with this one, or add the egress rule to its group'
    const beside = rulesBeside(each.facts, 'egress')
    if (beside.length === 0) each.unsettled(linkName, settle, out, path)
    else
      each.some(beside, (below, egress) => {
        const given = rulesInto(below.facts, value, egress, 'egress')
        const isLet = given.rules.some((one) => lets(one, to.groups, ports)) && below.facts.exists(egress)
        if (!isLet || given.answer.is !== 'yes') below.unsettled(linkName, settle, out, path)
      })
  })
}

const unknownLink = ({ integration }: WayIn): string => `the VPC link of ${integration.name} is not in the templates`

const isUnknown = (judgement: Judgement, way: WayIn, path: readonly Hop[]): void =>
  judgement.doubt(way.integration.link, 'value', unknownLink(way), path)

/** A group from outside, which the link must be declared to carry. */
export function isSaidToCarry(judgement: Judgement, way: WayIn, group: Value, path: readonly Hop[]): void {
  const name = outsideLink(way)
  if (name === undefined) isUnknown(judgement, way, path)
  else judgement.doubt(group, 'carriers', unknownLink(way), path, [name])
}

type Admitting = { readonly group: Group; readonly source: Resource }

/** A rule that admits a group from outside. */
const admittedBy = (
  facts: Facts,
  { group, source }: Admitting,
  ports: readonly (number | undefined)[],
): Rule | undefined => {
  const { answer, rules } = rulesFrom(facts, group, source, 'ingress')
  if (answer.is !== 'yes' || !facts.exists(source)) return undefined
  return rules.find(
    ({ peer, carries }) =>
      peer.kind === 'unknown' && peer.isGroup && ports.some((port) => carries(port ?? 'unknown', true) === true),
  )
}

/** In some world below this one. */
function mayAdmit(facts: Facts, admitting: Admitting, ports: readonly (number | undefined)[]): boolean {
  try {
    return admittedBy(facts, admitting, ports) !== undefined
  } catch (error) {
    if (error instanceof Undecided) return true
    throw error
  }
}
