/**
 * Load balancers that may send to a load balancer or to tasks, though no listener of the templates shows it: those of a
 * target group from outside or that leaves the templates, and those that send to addresses; accelerators too. A network
 * load balancer or an accelerator passes on the address of its client, so a range that no host of the VPC has may come in
 * through one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.html
 */
import type { Facts } from '../facts/facts.ts'
import { isIt } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { isOpen, textOf, type Value } from '../resolve/value.ts'
import {
  forwardsOf,
  inFrontOf,
  isNetwork,
  listenersOf,
  loadBalancerType,
  schemeOf,
  targetGroupType,
  targetsOfGroup,
} from './load-balancers.ts'
import { leavesBy } from './outputs.ts'
import { targetGroupsOf } from './tasks.ts'
import { hasInternetGateway } from './whereabouts.ts'

export type UnseenFront = {
  /** How the templates call what leads there. */
  readonly name: string
  readonly by?: Resource
  readonly what: string
  /** Nothing of the templates leads there: others would have to make it. */
  readonly isOfOthers?: true
}

const balancer = (name: string): Pick<UnseenFront, 'name' | 'what'> => ({
  name,
  what: `a network load balancer, as behind ${name},`,
})

export const unseenFronts = (facts: Facts, target: Resource): readonly UnseenFront[] => [
  ...ofTargetGroups(facts, target),
  ...ofAddresses(facts, target),
  ...ofAccelerators(facts, target),
]

/** Who knows the load balancer may make it an endpoint, which works where the VPC has an internet gateway. */
const ofAccelerators = (facts: Facts, target: Resource): readonly UnseenFront[] =>
  target.type === loadBalancerType &&
  leavesBy(facts, [target]).length > 0 &&
  hasInternetGateway(facts, target).answer.is !== 'no'
    ? [{ name: target.id, by: target, what: `an accelerator of others before ${target.id}`, isOfOthers: true }]
    : []

/** A target group has one load balancer at most, so one that is in the templates is the only one. */
function ofTargetGroups(facts: Facts, target: Resource): readonly UnseenFront[] {
  const { known, others } =
    target.type === loadBalancerType ? { known: groupsWith(facts, target), others: [] } : targetGroupsOf(facts, target)
  const open = known.filter((group) => {
    const front = inFrontOf(facts, group)
    return front.known.length === 0 && (front.others.length > 0 || leavesBy(facts, [group]).length > 0)
  })
  return [
    ...others.map((value) => balancer(nameOf(value))),
    ...open.map((group): UnseenFront => ({ ...balancer(group.id), by: group })),
  ]
}

const groupsWith = (facts: Facts, balancer: Resource): readonly Resource[] =>
  facts
    .candidates(targetGroupType)
    .filter(
      (group) =>
        facts.exists(group) &&
        targetsOfGroup(facts, group).some((value) => isIt(facts, value, balancer.key).is !== 'no'),
    )

/** A network load balancer of the templates that sends to addresses, of which any may be the target's. */
const ofAddresses = (facts: Facts, target: Resource): readonly UnseenFront[] =>
  facts
    .candidates(loadBalancerType)
    .filter((each) => each !== target && facts.exists(each) && isNetwork(facts, each))
    .filter((each) => {
      const scheme = schemeOf(facts, each)
      return !('known' in scheme) || scheme.known !== 'internal'
    })
    .filter((each) =>
      listenersOf(facts, each)
        .flatMap((listener) => forwardsOf(facts, listener))
        .flatMap(({ group }) => (group ? targetsOfGroup(facts, group) : []))
        .some((value) => value.kind === 'text' || isOpen(value)),
    )
    .map((by) => ({ ...balancer(by.id), by }))

const nameOf = (value: Value): string =>
  textOf(value) ?? (value.kind === 'outside' ? value.origin.name : 'a target group that is not in the templates')
