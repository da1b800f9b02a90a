/** Tasks reach only hosts of the VPC and AWS services through endpoints. */
import type { Facts } from '../facts/facts.ts'
import type { Answer } from '../facts/identity.ts'
import type { Claim } from '../judge/claim.ts'
import type { Hop } from '../judge/findings.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { quoted } from '../judge/settle.ts'
import { hasInterface } from '../obligations/interface.ts'
import { perhapsIpv6 } from '../obligations/ipv6.ts'
import { allRead, nothingUnread, strangers } from '../obligations/unread.ts'
import { type Belonging, ruleSources, rulesBeside, rulesFrom, rulesInto } from '../relations/belonging.ts'
import { carries } from '../relations/carriers.ts'
import type { Destination } from '../relations/destinations.ts'
import { isEndpointOfAws, leadsOut, mayLeave, reachesLattice } from '../relations/egress.ts'
import { isRouting } from '../relations/ground.ts'
import {
  type Exit,
  exitOf,
  exitSources,
  isOfOutsideTable,
  isOfTable,
  mayBeMainTable,
  tablesOf,
} from '../relations/routes.ts'
import { facetOf, namesOfPeer, type Rule } from '../relations/rules.ts'
import { hasIpv6, publicAddress, runsTasks, taskGroups, taskSubnets, taskTypes } from '../relations/tasks.ts'
import { vpcOf } from '../relations/vpcs.ts'
import { standsWith } from '../relations/whereabouts.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'

export const boundedEgress: Claim = {
  id: 'bounded-egress',
  title: 'Tasks reach only hosts of the VPC and AWS services through endpoints',
  about: 'each service',
  text: 'Tasks reach only hosts of the VPC and AWS services through endpoints.',
  targets: taskTypes,
  judge: (judgement, target) => {
    const { facts } = judgement
    if (!runsTasks(facts, target)) return false
    if (judgement.allows('internet-egress', target.id)) {
      judgement.reason('egress to the internet is allowed, as declared')
      return true
    }
    if (!hasInterface(judgement, target)) return true
    judgement.assume('DNS queries through the resolver of the VPC are not counted as egress')
    const groups = taskGroups(facts, target)
    // What is not known may let anything out.
    for (const value of groups.others) byRoutes(judgement, target, () => ({ value }))
    for (const group of groups.known)
      judgement.each(ruleSources(facts, group, 'egress'), (each, source) =>
        judgeSource(each, target, group.name, source, (below) => rulesFrom(below, group, source, 'egress')),
      )
    for (const value of groups.isDefault ? [] : groups.others)
      judgement.each(rulesBeside(facts, 'egress'), (each, source) =>
        judgeSource(each, target, 'a group that is not in the templates', source, (below) =>
          rulesInto(below, value, source, 'egress'),
        ),
      )
    nothingUnread(judgement, [target], groups.known)
    strangers(
      judgement,
      groups.known.flatMap((group) => ruleSources(facts, group, 'egress')),
    )
    allRead(judgement, isRouting)
    if (!judgement.hasReasons() && !judgement.hasFindings())
      judgement.reason(`the groups of ${target.id} name only groups and addresses of the VPC: a proof by identity`)
    return true
  },
}

/** What lets packets out: a rule, or something that is not known. */
type Out = { readonly rule: Rule } | { readonly value: Value }
/** What is asked in another world must be read there. */
type OutIn = (facts: Facts) => Out | undefined

/** What a declaration calls it: `10.1.0.0/16:6379`, or by the parameter that gives the other side, with any value. */
const waysOf = (out: Out): readonly string[] =>
  'rule' in out && out.rule.port !== undefined ? namesOfPeer(out.rule).map((peer) => `${peer}:${out.rule.port}`) : []

const labelOf = (out: Out): string =>
  'rule' in out ? `${out.rule.name} ${out.rule.traffic}` : 'a rule that is not known'

function judgeSource(
  judgement: Judgement,
  target: Resource,
  name: string,
  source: Resource,
  from: (facts: Facts) => Belonging,
): void {
  const { facts } = judgement
  const { answer, rules, unread } = from(facts)
  if (answer.is === 'no') judgement.holds(answer, 'value', '')
  if (answer.is === 'no' || !facts.exists(source)) return
  const isBeyond = (below: Facts, rule: Rule): boolean => leadsOut(below, taskSubnets(below, target), rule)
  if (answer.is === 'maybe') {
    if (rules.some((rule) => isBeyond(facts, rule)) || unread.length > 0)
      judgement.doubt(answer.value, 'value', `whether ${source.id} belongs to ${name} is not known`, [
        hop(facts, source, `perhaps of ${name}`),
      ])
    return
  }
  for (const value of unread) byRoutes(judgement, target, () => ({ value }))
  for (const [index, outer] of rules.entries())
    if (isBeyond(facts, outer))
      byRoutes(judgement, target, (below) => {
        const rule = from(below).rules[index]
        return rule && isBeyond(below, rule) ? { rule } : undefined
      })
  for (const rule of rules) byEndpoints(judgement, target, rule)
  for (const rule of rules) toServiceNetwork(judgement, target, rule)
}

/** An endpoint of somebody else's service is a way out like any other. */
function byEndpoints(judgement: Judgement, target: Resource, rule: Rule): void {
  judgement.each(judgement.facts.candidates('AWS::EC2::VPCEndpoint'), (each, endpoint) => {
    const { facts } = each
    const of = isEndpointOfAws(facts, endpoint)
    if (of.is === 'yes' || (rule.peer.kind === 'group' && carries(facts, endpoint, rule.peer.group).is === 'no')) return
    if (!facts.exists(endpoint)) return
    const stands = standsWith(facts, endpoint, target)
    if (stands.is === 'no') {
      each.holds(stands, 'value', '')
      return
    }
    const path = [hop(facts, target, `${rule.name} ${rule.traffic}`), hop(facts, endpoint)]
    const flag = `--allow ${quoted(`internet-egress:${target.id}`)}`
    if (of.is === 'maybe') each.doubt(of.value, 'value', `whose service ${endpoint.id} leads to is not known`, path)
    else if (stands.is === 'yes')
      each.refute(
        `${endpoint.id} leads to a service that is not an AWS service`,
        path,
        `remove it, or declare it: ${flag}`,
      )
    else
      each.unsettled(
        endpoint.id,
        flag,
        `${endpoint.id} leads to a service that is not an AWS service; whether it is in the VPC of ${target.id} is not known`,
        path,
      )
  })
}

/** Services of a network of VPC Lattice answer at addresses of their own, without any route. */
function toServiceNetwork(judgement: Judgement, target: Resource, rule: Rule): void {
  if (!reachesLattice(rule)) return
  judgement.each(judgement.facts.candidates('AWS::VpcLattice::ServiceNetworkVpcAssociation'), (each, association) => {
    if (!each.facts.exists(association) || each.allows('lattice', association.id)) return
    const stands = standsWith(each.facts, association, target)
    if (stands.is === 'no') {
      each.holds(stands, 'value', '')
      return
    }
    const flag = `--allow ${quoted(`lattice:${association.id}`)}`
    const path = [hop(each.facts, target, `${rule.name} ${rule.traffic}`), hop(each.facts, association)]
    const because = `${rule.name} lets the tasks of ${target.id} reach the services of a network of VPC Lattice, which ${association.id} joins`
    if (rule.peer.kind === 'unknown') each.doubt(rule.peer.value, facetOf(rule.peer, 'egress'), because, path)
    else if (stands.is === 'yes') each.refute(because, path, `narrow ${rule.name}, or declare it: ${flag}`)
    else each.unsettled(association.id, flag, `${because}; whether it is in the VPC of ${target.id} is not known`, path)
  })
}

/** Where groups let packets out, what remains is whether a route does. */
function byRoutes(judgement: Judgement, target: Resource, outIn: OutIn): void {
  const { facts } = judgement
  const out = outIn(facts)
  if (!out) return
  if (waysOf(out).some((way) => judgement.allows('egress', way))) {
    judgement.reason(`${labelOf(out)} may leave, as declared`)
    return
  }
  const subnets = taskSubnets(facts, target)
  const { known, others, assumed, perhaps, mains } = tablesOf(facts, subnets)
  for (const answer of assumed) judgement.holds(answer, 'routes', '')
  const tables = [...new Set(known.map(({ table }) => table))]
  for (const value of others)
    judgement.doubt(value, 'routes', `the routes of a subnet of ${target.id} are not in the templates`, [
      hop(facts, target, labelOf(out)),
      { node: 'unknown routes' },
    ])
  for (const { by, value } of perhaps)
    judgement.doubt(value, 'value', `whether ${by.id} belongs to a subnet of ${target.id} is not known`, [
      hop(facts, target, labelOf(out)),
      hop(facts, by),
    ])
  for (const table of tables)
    judgement.each(exitSources(facts), (each, source) =>
      judgeExit(each, target, table.id, isOfTable(each.facts, source, table), source, outIn),
    )
  // What is said of a table from outside is not said of the routes that the templates themselves write into it.
  for (const value of others)
    judgement.each(exitSources(facts), (each, source) => {
      const answer = isOfOutsideTable(each.facts, source, value)
      judgeExit(each, target, 'a table that is not in the templates', answer, source, outIn)
    })
  // A subnet without an association has the main table, which a template can only name from outside. What its routes
  // are is a fact about the subnet: of the table in which the template writes one, `routes=none` would be no true word.
  const vpc = vpcOf(facts, subnets)
  if (vpc.resource && mains.length > 0)
    judgement.each(exitSources(facts), (each, source) => {
      if (!mayBeMainTable(each.facts, source) || !each.facts.exists(source)) return
      const exit = exitOf(each.facts, source)
      if (!exit || !mayGo(outIn(each.facts), exit)) return
      const because = `whether ${source.id} is in the main table of ${vpc.name} is not known`
      for (const { key } of mains)
        each.doubt({ kind: 'ref', resource: key }, 'routes', because, [hop(each.facts, source)])
    })
  strangers(judgement, facts.candidates('AWS::EC2::SubnetRouteTableAssociation'))
  nothingUnread(judgement, [
    ...tables,
    ...known.flatMap(({ subnet }) => subnet ?? []),
    ...(vpc.resource ? [vpc.resource] : []),
  ])
  judgement.reason(
    `no route leads out of the subnets of ${target.id}, though ${labelOf(out)} would let packets go: a proof by routes`,
  )
}

function judgeExit(
  judgement: Judgement,
  target: Resource,
  table: string,
  answer: Answer,
  source: Resource,
  outIn: OutIn,
): void {
  const { facts } = judgement
  if (answer.is === 'no') judgement.holds(answer, 'routes', '')
  if (answer.is === 'no' || !facts.exists(source)) return
  const exit = exitOf(facts, source)
  const out = outIn(facts)
  if (!exit || !out || !mayGo(out, exit)) return
  const isFar = exit.kind === 'peering' || exit.kind === 'transit-gateway' || exit.kind === 'vpn'
  if (isFar && judgement.allows(exit.kind as 'peering', exit.name)) {
    judgement.reason(`${exit.name} leads out, as declared`)
    return
  }
  if (exit.unknown && answer.is === 'yes') {
    if (judgement.allows('vpn', exit.name)) judgement.reason(`${exit.name} leads out, as declared`)
    else
      judgement.doubt(exit.unknown, 'value', `whether ${exit.name} leads to another network is not known`, [
        hop(facts, target, labelOf(out)),
        { node: exit.name, via: exit.destination.text, ...exit.place },
      ])
    return
  }
  const [way] = waysOf(out)
  const isInternet = exit.kind === 'internet' || exit.kind === 'nat'
  const where = isInternet ? 'the internet' : 'another network'
  const path: Hop[] = [
    hop(facts, target, labelOf(out)),
    { node: exit.name, via: exit.destination.text, ...exit.place },
    { node: isInternet ? 'internet' : 'another network' },
  ]
  if (answer.is === 'maybe') {
    judgement.doubt(answer.value, 'value', `whether ${source.id} is in ${table} is not known`, [
      hop(facts, source, `perhaps of ${table}`),
      ...path,
    ])
    return
  }
  const address = publicAddress(facts, target)
  const isPublic = 'known' in address ? address.known === 'ENABLED' : undefined
  const { destination } = exit
  const ipv6 = mayBeIpv6(destination) ? hasIpv6(facts, target) : false
  // Without an address of IPv6 nothing goes where only IPv6 leads.
  if (destination.isIpv6 && ipv6 === false) return
  if (exit.kind === 'internet' && isPublic === false && ipv6 === false) return
  const because = `the tasks of ${target.id} reach ${where}: ${'rule' in out ? `${out.rule.name} lets them, and ` : ''}${exit.name} leads there`
  if (exit.kind === 'internet' && 'unknown' in address) judgement.doubt(address.unknown, 'value', because, path)
  else if (exit.kind === 'internet' && isPublic === false && typeof ipv6 === 'object')
    perhapsIpv6(judgement, { resource: target, isTask: true }, ipv6, because, path)
  else if ('value' in out) judgement.doubt(out.value, 'egress', because, path)
  else if (out.rule.peer.kind === 'unknown')
    judgement.doubt(out.rule.peer.value, facetOf(out.rule.peer, 'egress'), because, path)
  else {
    const flag = `--allow ${quoted(isFar ? `${exit.kind}:${exit.name}` : way === undefined ? `internet-egress:${target.id}` : `egress:${way}`)}`
    const isOpen = destination.open !== undefined && out.rule.peer.kind === 'range'
    if (isOpen && destination.isList)
      judgement.unsettled(
        exit.name,
        flag,
        `where ${exit.name} leads is not known: its list is not in the templates`,
        path,
      )
    else if (isOpen && destination.open)
      judgement.doubt(destination.open, 'value', `where ${exit.name} leads is not known`, path)
    else judgement.refute(because, path, `remove the route, or declare it: ${flag}`)
  }
}

const mayGo = (out: Out | undefined, exit: Exit): boolean =>
  out !== undefined && (!('rule' in out) || mayLeave(out.rule, exit))

/** A destination that is not known may be of IPv6. */
const mayBeIpv6 = ({ ranges, open, isIpv6 }: Destination): boolean =>
  isIpv6 || open !== undefined || (ranges ?? []).some(({ family }) => family === 6)
