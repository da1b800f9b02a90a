/** A way through the listener of a load balancer that is not in the templates. */
import type { Hop } from '../judge/findings.ts'
import type { Judgement } from '../judge/judgement.ts'
import {
  type OutsideListener,
  passageTo,
  reachesBehind,
  reachesTasks,
  rulesElsewhere,
} from '../relations/outside-listeners.ts'
import type { WayIn } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'
import { isSaidToCarry } from './outside-link.ts'

/** What a declaration about the group of its load balancer says with it. */
export const ofOthers = ({ name }: OutsideListener): string =>
  `the load balancer of ${name} is internal and in the VPC of its targets, and nothing but VPC links reaches it`

/** Rules that the templates do not show are tried beside theirs. */
export const rulesOfOthers = ({ name }: OutsideListener): string =>
  `rules of others on ${name} take no request that the rules of the templates would; where they lead, this API may lead too`

/** What to do about a rule between the link and the load balancer, and why. */
const isWithout = {
  egress: { settle: 'write the rule that lets the link out', because: 'no rule of the templates lets the link out' },
  ingress: { settle: 'write the rule that admits the link', because: 'no rule of the templates admits the link' },
} as const

/** `service`: undefined where others register the targets. */
export function throughOutside(
  judgement: Judgement,
  listener: OutsideListener,
  way: WayIn,
  groups: readonly Resource[],
  service: Resource | undefined,
  path: readonly Hop[],
): void {
  const { facts } = judgement
  const { name } = listener
  for (const answer of rulesElsewhere(facts, listener)) judgement.holds(answer, 'value', '')
  const reached = reachesBehind(facts, way, listener, groups)
  if (typeof reached === 'object')
    judgement.doubt(reached, 'value', `whether a request meets a rule on ${name} is not known`, path)
  else if (!reached)
    judgement.unsettled(
      name,
      `write a rule on ${name} that requests of ${way.integration.name} meet`,
      `no rule of the templates leads from ${way.integration.name} through ${name} to ${groups.map(({ id }) => id).join(' and ')}`,
      path,
    )
  const passage = passageTo(facts, way.link, service)
  if (passage === undefined) {
    judgement.unsettled(
      name,
      `let the link and ${service?.id ?? 'the targets'} name the group of the load balancer`,
      `no security group of the load balancer of ${name} is known to the link and to ${service?.id ?? 'the targets'}`,
      path,
    )
    return
  }
  const { balancer: group, link, missing } = passage
  judgement.doubt(group, 'carriers', `whether the load balancer of ${name} carries the group is not known`, path, [
    name,
  ])
  if (link) isSaidToCarry(judgement, way, link, path)
  if (missing) judgement.unsettled(name, isWithout[missing].settle, isWithout[missing].because, path)
  if (service && !reachesTasks(facts, group, service))
    judgement.unsettled(
      name,
      `write the rule by which the load balancer reaches ${service.id}`,
      `no rule of the templates lets the load balancer reach ${service.id}`,
      path,
    )
  judgement.assume(ofOthers(listener))
  judgement.assume(rulesOfOthers(listener))
}
