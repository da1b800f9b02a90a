/** Who reaches a network interface through the rules of its security groups. */
import type { Facts } from '../facts/facts.ts'
import type { Hop } from '../judge/findings.ts'
import { hop, inFile, type Judgement } from '../judge/judgement.ts'
import { quoted } from '../judge/settle.ts'
import { type Belonging, ruleSources, rulesBeside, rulesFrom, rulesInto } from '../relations/belonging.ts'
import { carrierSources, carriersIn, carries, carriesOutside, isPassive, mayCarry } from '../relations/carriers.ts'
import { balancersBefore } from '../relations/fronts.ts'
import type { Group } from '../relations/groups.ts'
import {
  certainListenersOf,
  isListenerOf,
  isNetwork,
  listenerSources,
  portOf,
  schemeOf,
} from '../relations/load-balancers.ts'
import { facetOf, type Peer, type Rule } from '../relations/rules.ts'
import type { Target } from '../relations/targets.ts'
import { taskTypes } from '../relations/tasks.ts'
import { unseenFronts } from '../relations/unseen-fronts.ts'
import { entranceOf, entranceSources, rangesOf, vpcOf } from '../relations/vpcs.ts'
import { standsWith } from '../relations/whereabouts.ts'
import { coversAll, inside, mayBePublic, overlaps, parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { none, originsOf, textOf, type Value } from '../resolve/value.ts'
import { Undecided } from '../resolve/world.ts'
import { perhapsIpv6 } from './ipv6.ts'
import { carriedTo } from './ports.ts'
import { nothingUnread } from './unread.ts'

export type Allowed = {
  /** What the only source is, in words. */
  readonly name: string
  /** Yes, no, or the value that keeps it from being known. */
  readonly isAllowed: (facts: Facts, member: Resource) => boolean | Value
  /** Logical IDs of what may carry a group that is admitted. */
  readonly carriers: readonly string[]
}

/** Sources besides `allowed` refute, unknown ones leave it open. `targetOf` is asked in each world. */
export function soleSource(judgement: Judgement, target: Target, allowed: Allowed): void {
  const { facts } = judgement
  for (const value of target.groups.others) {
    judgement.doubt(
      value,
      'ingress',
      target.groups.isDefault
        ? `${target.resource.id} has the default group of its VPC, whose rules are not in the templates`
        : `a security group of ${target.resource.id} is not in the templates`,
      [{ node: 'any host' }, hop(facts, target.resource)],
    )
    if (!target.groups.isDefault) nothingElseInto(judgement, value, target, allowed)
  }
  for (const group of target.groups.known) {
    judgement.each(ruleSources(facts, group, 'ingress'), (each, source) =>
      judgeSource(each, target, allowed, {
        name: group.name,
        group,
        from: (below) => rulesFrom(below, group, source, 'ingress'),
        source,
      }),
    )
    wholeInParts(judgement, target, allowed, group)
  }
}

/** What the templates let into a group from outside is what is allowed, and nothing else. */
export function nothingElseInto(judgement: Judgement, outside: Value, target: Target, allowed: Allowed): void {
  judgement.each(rulesBeside(judgement.facts, 'ingress'), (each, source) =>
    judgeSource(each, target, allowed, {
      name: nameOfOutside(outside),
      from: (below) => rulesInto(below, outside, source, 'ingress'),
      source,
    }),
  )
}

/** A resource that may give rules to a group, of the templates or from outside. */
type Giving = {
  readonly name: string
  /** The group, when it is one of the templates. */
  readonly group?: Group
  /** What is asked in another world must be read there. */
  readonly from: (facts: Facts) => Belonging
  readonly source: Resource
}

function judgeSource(judgement: Judgement, target: Target, allowed: Allowed, giving: Giving): void {
  const { facts } = judgement
  const { name, group, source } = giving
  const { answer, rules, unread } = giving.from(facts)
  if (answer.is === 'no') {
    judgement.holds(answer, 'value', '')
    return
  }
  if (!facts.exists(source)) return
  if (answer.is === 'maybe') {
    if (unread.length === 0 && rules.every((rule) => isHarmless(facts, rule, target, allowed))) return
    const path = [hop(facts, source, `perhaps of ${name}`), { node: name, ...group?.place }]
    judgement.doubt(answer.value, 'value', `whether ${source.id} belongs to ${name} is not known`, path)
    return
  }
  for (const value of unread)
    judgement.doubt(value, 'ingress', `rules of ${name} cannot be read here`, [hop(facts, target.resource)])
  for (const index of rules.keys()) judgeRule(judgement, target, allowed, giving, index)
}

const nameOfOutside = (value: Value): string => textOf(value) ?? originsOf(value)[0]?.name ?? 'a group from outside'

/** A rule that admits nothing but the allowed source, whatever group it belongs to. */
function isHarmless(facts: Facts, { peer }: Rule, target: Target, allowed: Allowed): boolean {
  if (peer.kind !== 'group' || peer.group.isDefault) return false
  const sources = carrierSources(facts, peer.group).filter((source) => mayCarry(facts, source, peer.group))
  return (
    sources.length > 0 &&
    sources.every((source) => allowed.isAllowed(facts, source) === true || source === target.resource) &&
    sources.some((source) => carries(facts, source, peer.group).is === 'yes')
  )
}

const isTaskType = (type: string): boolean => (taskTypes as readonly string[]).includes(type)

/** A container may listen on any port, and so may a load balancer whose listeners are elsewhere. */
function judgeRule(judgement: Judgement, target: Target, allowed: Allowed, giving: Giving, index: number): void {
  const listeners = target.isTask ? [] : listenerSources(judgement.facts)
  const mine = listeners.filter((each) => isListenerOf(judgement.facts, each, target.resource).is !== 'no')
  const first = giving.from(judgement.facts).rules[index]
  if (mine.length === 0 && first)
    judgePort(judgement, target, allowed, giving, first, undefined, first.carries('any') ?? first.open)
  judgement.each(mine, (each, listener) => {
    const { facts } = each
    const answer = isListenerOf(facts, listener, target.resource)
    const rule = giving.from(facts).rules[index]
    if (answer.is === 'no' || !rule || !facts.exists(listener)) return
    const carried = carriedTo(facts, rule, listener)
    if (carried === false) return
    if (answer.is === 'maybe') {
      each.doubt(answer.value, 'value', `whether ${listener.id} belongs to ${target.resource.id} is not known`, [
        hop(facts, listener, `perhaps of ${target.resource.id}`),
        hop(facts, target.resource),
      ])
      return
    }
    judgePort(each, target, allowed, giving, rule, portOf(facts, listener), carried)
  })
}

function judgePort(
  judgement: Judgement,
  target: Target,
  allowed: Allowed,
  giving: Giving,
  rule: Rule,
  port: number | undefined,
  /** What keeps it from being known whether the rule covers the port. */
  carried: boolean | Value,
): void {
  if (carried === false) return
  const path = (source: string): Hop[] => pathOf(judgement.facts, source, rule, target, port)
  if (carried !== true && !isHarmless(judgement.facts, rule, target, allowed)) {
    judgement.doubt(carried, 'value', `what ${rule.name} lets through is not known`, path('any host'))
    return
  }
  const { peer } = rule
  if (peer.kind === 'unknown' && peer.isGroup) {
    judgeOutside(judgement, target, allowed, rule, peer.value, path)
    // That nothing gets into a host says nothing of what the host itself sends.
    judgement.doubt(
      peer.value,
      'carriers',
      `${rule.name} admits a group that is not in the templates`,
      path('any host that carries that group'),
      [...allowed.carriers, 'none'],
    )
  } else if (peer.kind === 'unknown')
    judgement.doubt(
      peer.value,
      facetOf(peer, 'ingress'),
      `${rule.name} admits a source that is not known`,
      path('an unknown source'),
    )
  else if (peer.kind === 'range') judgeRange(judgement, target, allowed, giving, rule, peer, path)
  else judgeGroup(judgement, target, allowed, rule, peer.group, path)
}

type Path = (source: string) => Hop[]

/** Which resources of the templates carry a group from outside is known, no matter what is said of all others. */
function judgeOutside(
  judgement: Judgement,
  target: Target,
  allowed: Allowed,
  rule: Rule,
  value: Value,
  path: Path,
): void {
  const name = nameOfOutside(value)
  judgement.each(carriersIn(judgement.facts), (each, member) => {
    const { facts } = each
    const isAllowed = allowed.isAllowed(facts, member)
    if (isAllowed === true) return
    const { answer, isPassive } = carriesOutside(facts, member, value)
    if (answer.is === 'no') each.holds(answer, 'carriers', '')
    if (answer.is === 'no' || !facts.exists(member)) return
    const way = [hop(facts, member, `${answer.is === 'yes' ? 'carries' : 'perhaps carries'} ${name}`), ...path(name)]
    if (answer.is === 'maybe')
      each.doubt(answer.value, 'value', `whether ${member.id} carries ${name} is not known`, way)
    else judgeMember(each, target, allowed, rule, { name, member, isAllowed, isPassive, way })
  })
}

type Member = {
  /** The group that it carries. */
  readonly name: string
  readonly member: Resource
  readonly isAllowed: false | Value
  readonly isPassive: boolean
  readonly way: readonly Hop[]
}

/** One that carries a group that a rule admits. */
function judgeMember(
  judgement: Judgement,
  target: Target,
  allowed: Allowed,
  rule: Rule,
  { name, member, isAllowed, isPassive, way }: Member,
): void {
  const admits = `${rule.name} admits ${name}`
  if (isAllowed !== false) {
    const because = `${admits}, which ${member.id} carries; whether it is ${allowed.name} is not known`
    judgement.doubt(isAllowed, 'value', because, way)
    return
  }
  if (isPassive) {
    judgement.gap(member.id, 'opens', `${admits}, which ${member.id} (${member.type}) carries`, way)
    return
  }
  const isCall = target.isTask && isTaskType(member.type)
  const call = `${member.id}/${target.resource.id}`
  if (isCall && judgement.allows('caller', call)) {
    judgement.reason(`${member.id} may call ${target.resource.id}, as declared`)
    return
  }
  judgement.refute(
    `${admits}, and ${member.id} carries it`,
    [hop(judgement.facts, member, `carries ${name}`), ...way.slice(1)],
    `give ${member.id} a group of its own, or admit only ${allowed.name}${isCall ? `, or declare it: --allow ${quoted(`caller:${call}`)}` : ''}`,
  )
}

function judgeGroup(
  judgement: Judgement,
  target: Target,
  allowed: Allowed,
  rule: Rule,
  source: Group,
  path: Path,
): void {
  const { facts } = judgement
  if (source.isDefault) {
    judgement.refute(
      `${rule.name} admits the default group of the VPC, which every host without another group carries`,
      path(`any host with ${source.name}`),
      `admit only ${allowed.name}`,
    )
    return
  }
  const members = carrierSources(facts, source)
  judgement.each(members, (each, member) => {
    const isAllowed = allowed.isAllowed(each.facts, member)
    if (isAllowed === true) return
    const answer = carries(each.facts, member, source)
    if (answer.is === 'no') each.holds(answer, 'value', '')
    if (answer.is === 'no' || !each.facts.exists(member)) return
    const way = [hop(each.facts, member, `perhaps carries ${source.name}`), ...path(source.name)]
    if (!each.holds(answer, 'value', `whether ${member.id} carries ${source.name} is not known`, way)) return
    judgeMember(each, target, allowed, rule, {
      name: source.name,
      member,
      isAllowed,
      isPassive: isPassive(each.facts, member, source),
      way,
    })
  })
  const named = members.filter((member) => mayCarry(facts, member, source))
  const known = named.filter((member) => allowed.isAllowed(facts, member) === true)
  const because = `${rule.name} admits ${source.name}, which nothing in the templates carries: any host that joins it gets in`
  const uncarried = (each: Judgement): void =>
    each.gap(source.name, 'carriers', because, path(`any host that joins ${source.name}`), [
      'none',
      ...allowed.carriers,
    ])
  if (named.length === 0) {
    uncarried(judgement)
    return
  }
  const isCarried = judgement.some(named, (each, member) => {
    if (carries(each.facts, member, source).is === 'no' || !each.facts.exists(member)) uncarried(each)
  })
  if (!isCarried) return
  if (known.length > 0)
    judgement.reason(
      `${target.resource.id} admits ${source.name} only (${rule.name}, ${inFile(rule.place)}), which only ${known
        .map(({ id }) => id)
        .join(' and ')} ${known.length === 1 ? 'carries' : 'carry'}: a proof by identity`,
    )
  judgement.assume(
    'nobody outside the templates edits the security groups that they create, or starts anything that carries one',
  )
}

function judgeRange(
  judgement: Judgement,
  target: Target,
  allowed: Allowed,
  giving: Giving,
  rule: Rule,
  { range, text, value }: Peer & { kind: 'range' },
  path: Path,
): void {
  const { facts } = judgement
  const { id } = target.resource
  const { group } = giving
  const ipv6 = range.family === 4 || target.hasIpv6(facts)
  if (ipv6 === false) {
    judgement.reason(`${rule.name} admits ${text}, but ${id} has no IPv6 address`)
    return
  }
  const remedy = `admit ${allowed.name} by its group instead of ${text}`
  if (ipv6 !== true) {
    perhapsIpv6(judgement, target, ipv6, `${rule.name} admits ${text}`, path(`any host with an address in ${text}`))
    return
  }
  if (target.isPublic && mayBePublic(range)) {
    judgement.refute(`${rule.name} admits ${text}`, path(`any host of the internet in ${text}`), remedy)
    return
  }
  const vpc = vpcOf(facts, target.subnets, group ? facts.get(group.resource, 'VpcId') : none)
  const ranges = vpc.resource ? rangesOf(facts, vpc.resource) : { known: [], others: [vpc.value] }
  if (isWhole(range) || ranges.known.some((each) => overlaps(each, range))) {
    judgement.refute(`${rule.name} admits ${text}`, path(`any host in ${vpc.name} with an address in ${text}`), remedy)
    return
  }
  if (ranges.others.length > 0) {
    const because = `${rule.name} admits ${text}; whether hosts of ${vpc.name} have such addresses is not known`
    const where = path(`any host in ${vpc.name} with an address in ${text}`)
    const [unknown] = ranges.others
    const open = isFromParameter(value) ? value : unknown
    if (vpc.resource && open) judgement.doubt(open, 'value', because, where)
    else judgement.unsettled(vpc.name, `change the template: ${remedy}`, because, where)
    return
  }
  judgement.each(entranceSources(facts), (each, entrance) => {
    if (!each.facts.exists(entrance)) return
    const found = entranceOf(each.facts, entrance, range)
    if (found === 'no') return
    const stands = standsWith(each.facts, entrance, target.resource)
    if (stands.is === 'no') {
      each.holds(stands, 'value', '')
      return
    }
    const way = [{ node: `any host with an address in ${text}` }, hop(each.facts, entrance), ...path(text).slice(1)]
    if (typeof found === 'object')
      each.doubt(found, 'value', `${rule.name} admits ${text}; where ${entrance.id} leads is not known`, way)
    else if (found === 'yes' && stands.is === 'yes')
      each.refute(`${rule.name} admits ${text}, and ${entrance.id} leads to hosts with such addresses`, way, remedy)
    else
      each.gap(
        entrance.id,
        'egress',
        `${rule.name} admits ${text}; whether such a host has a way into ${vpc.name}, as through ${entrance.id}, is not known`,
        way,
      )
  })
  if (mayBePublic(range))
    judgement.each(balancersBefore(facts, target.resource), (each, { by }) => {
      // A network load balancer may pass on the address of its client.
      const scheme = schemeOf(each.facts, by)
      if (!isNetwork(each.facts, by) || ('known' in scheme && scheme.known === 'internal')) return
      const because = `${rule.name} admits ${text}, and ${by.id} may pass on the address of its client`
      const way = [hop(each.facts, by), ...path(text)]
      if ('unknown' in scheme) each.doubt(scheme.unknown, 'value', because, way)
      else each.unsettled(by.id, `change the template: ${remedy}`, because, way)
    })
  if (mayBePublic(range))
    for (const { name, by, what } of unseenFronts(facts, target.resource))
      judgement.unsettled(
        name,
        `change the template: ${remedy}`,
        `${rule.name} admits ${text}, and ${what} may pass on the address of its client`,
        [...(by ? [hop(facts, by)] : [{ node: name }]), ...path(text)],
      )
  if (vpc.resource) nothingUnread(judgement, [vpc.resource])
  judgement.reason(
    `${rule.name} admits ${text}, which no host of ${vpc.name} has and nothing routes into it: a proof by addresses`,
  )
}

const isFromParameter = (value: Value): boolean => value.kind === 'text' && value.from !== undefined

const whole = ['0.0.0.0/0', '::/0'].map(parseRange) as Range[]
const isWhole = (range: Range): boolean => whole.some((each) => inside(each, range))

/** Ranges that are everybody only together. */
function wholeInParts(judgement: Judgement, target: Target, allowed: Allowed, group: Group): void {
  // One rule that admits everybody is better shown by itself.
  if (judgement.isRefutedForCertain()) return
  const { facts } = judgement
  const ports = target.isTask
    ? (['any'] as const)
    : certainListenersOf(facts, target.resource).map((each) => portOf(facts, each) ?? 'unknown')
  const rules = ruleSources(facts, group, 'ingress').flatMap((source) => certainRanges(facts, group, source))
  for (const family of target.hasIpv6(facts) === true ? ([4, 6] as const) : ([4] as const))
    for (const port of ports) {
      const parts = rules.filter(
        ({ peer, carries: covers }) =>
          peer.kind === 'range' && peer.range.family === family && covers(port, port !== 'any'),
      )
      const [first] = parts
      if (!first || !coversAll(parts.flatMap(({ peer }) => (peer.kind === 'range' ? [peer.range] : [])))) continue
      judgement.refute(
        `${parts.map(({ name }) => name).join(' and ')} together admit every address`,
        pathOf(facts, 'any host', first, target, typeof port === 'number' ? port : undefined),
        `admit ${allowed.name} by its group`,
      )
      return
    }
}

/** Rules that are there in every world; what depends on a choice is looked at only by itself. */
function certainRanges(facts: Facts, group: Group, source: Resource): readonly Rule[] {
  if (source !== group.resource && source.node.entries.has('Condition')) return []
  try {
    const { answer, rules } = rulesFrom(facts, group, source, 'ingress')
    return answer.is === 'yes' ? rules.filter(({ peer }) => peer.kind === 'range') : []
  } catch (error) {
    if (error instanceof Undecided) return []
    throw error
  }
}

const pathOf = (facts: Facts, source: string, rule: Rule, { resource }: Target, port: number | undefined): Hop[] => [
  { node: source, via: `${rule.name} ${rule.traffic} ${peerText(rule.peer)}`, ...rule.place },
  { ...hop(facts, resource), node: `${resource.id}${port === undefined ? '' : `:${port}`}` },
]

const peerText = (peer: Peer): string =>
  peer.kind === 'range'
    ? peer.text
    : peer.kind === 'group'
      ? `from ${peer.group.name}`
      : `from ${textOf(peer.value) ?? 'an unknown source'}`
