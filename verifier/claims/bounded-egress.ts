/** Tasks reach only hosts of the VPC and AWS services through endpoints. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf, resourcesOf } from '../facts/identity.ts'
import { hasOwnInterface, publicAddress, runsTasks, taskGroups, taskSubnets, taskTypes } from '../facts/services.ts'
import { inside, mayBePublic, overlaps, type Range } from '../network/cidr.ts'
import { type Group, groupsIn, groupsOf, type Rule } from '../network/groups.ts'
import { type Exit, exitsOf, rangesOfVpc } from '../network/routes.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, itemsOf, keyOf, textOf, type Value } from '../resolve/value.ts'
import { guard } from './guard.ts'
import { type Claim, type Hop, hop, type Judgement } from './judgement.ts'
import { doubtInterface } from './targets.ts'

export const boundedEgress: Claim = {
  id: 'bounded-egress',
  targets: taskTypes,
  judge: (facts, judgement, target) => {
    if (!runsTasks(facts, target)) return false
    const { allow } = facts.around.declarations
    if (allow.has('internet-egress')) {
      judgement.reason('egress to the internet is allowed, as declared')
      return true
    }
    if (hasOwnInterface(facts, target) !== true) {
      doubtInterface(facts, judgement, target)
      return true
    }
    const groups = taskGroups(facts, target)
    const { known, others } = groupsIn(facts, groupsOf(facts), groups)
    const hasNone = isAbsent(groups) || itemsOf(groups)?.length === 0
    endpoints(facts, judgement, target, known)
    const beyond = known.flatMap((group) => group.egress().rules).filter((rule) => leadsOut(facts, target, rule))
    const unread = known.flatMap((group) => group.egress().unread)
    const protectedOnes = known.flatMap(({ key }) => facts.around.program.resources.get(key) ?? [])
    judgement.assume('DNS queries through the resolver of the VPC are not counted as egress')
    if (!hasNone && beyond.length === 0 && others.length === 0 && unread.length === 0) {
      guard(facts, judgement, protectedOnes)
      judgement.reason(`the groups of ${target.id} name only groups and addresses of the VPC: a proof by identity`)
      return true
    }
    byRoutes(facts, judgement, target, beyond, [...others, ...unread], protectedOnes)
    return true
  },
}

/** An endpoint of somebody else's service is a way out like any other. */
function endpoints(facts: Facts, judgement: Judgement, target: Resource, groups: readonly Group[]): void {
  const rules = groups.flatMap((group) => group.egress().rules)
  const all = groupsOf(facts)
  for (const endpoint of facts.all('AWS::EC2::VPCEndpoint')) {
    const service = facts.get(endpoint, 'ServiceName')
    const start = service.kind === 'joined' ? service.parts[0] : service
    const text = start ? textOf(start) : undefined
    // Those of AWS are com.amazonaws.REGION.SERVICE, those of others com.amazonaws.vpce.REGION.ID.
    if (text !== undefined && /^(?:com\.amazonaws|cn\.com\.amazonaws|aws)\./.test(text) && !text.includes('.vpce.'))
      continue
    const rule = rules.find(({ peer }) => peer.kind !== 'group' || all.get(peer.key).members().includes(endpoint))
    if (!rule) continue
    const path = [hop(facts, target, `${rule.name} ${rule.traffic}`), hop(facts, endpoint)]
    if (text === undefined)
      judgement.doubt(service, 'value', `whose service ${endpoint.id} leads to is not known`, path)
    else
      judgement.refute(
        `${endpoint.id} leads to a service that is not one of AWS`,
        path,
        'remove it, or declare it: --allow internet-egress',
      )
  }
}

/** Where groups let packets out, what remains is whether a route does. */
function byRoutes(
  facts: Facts,
  judgement: Judgement,
  target: Resource,
  beyond: readonly Rule[],
  unknownRules: readonly Value[],
  protectedOnes: readonly Resource[],
): void {
  const { allow } = facts.around.declarations
  const subnets = taskSubnets(facts, target)
  const { exits, unknown } = exitsOf(facts, subnets)
  const hasAddress = publicAddress(facts, target)
  for (const exit of exits) {
    if ((exit.kind === 'peering' || exit.kind === 'transit-gateway' || exit.kind === 'vpn') && allow.has(exit.kind)) {
      judgement.reason(`${exit.name} leads out, as declared`)
      continue
    }
    const rule = beyond.find((each) => mayLeave(each, exit))
    if (exit.kind === 'internet' && textOf(hasAddress) === 'DISABLED' && isIpv4(exit)) continue
    const path: Hop[] = [
      hop(facts, target, rule ? `${rule.name} ${rule.traffic}` : 'a rule that is not known'),
      { node: exit.name, via: exit.text, ...exit.place },
      { node: exit.kind === 'internet' || exit.kind === 'nat' ? 'internet' : 'another network' },
    ]
    const flag =
      exit.kind === 'internet' || exit.kind === 'nat' || exit.kind === 'other' ? 'internet-egress' : exit.kind
    if (exit.kind === 'internet' && textOf(hasAddress) !== 'ENABLED')
      judgement.doubt(
        hasAddress.kind === 'text' ? { kind: 'ref', resource: target.key } : hasAddress,
        'value',
        `${exit.name} leads to the internet for tasks with a public address`,
        path,
      )
    else if (rule?.peer.kind === 'range' || (rule?.peer.kind === 'unknown' && exit.range === undefined))
      judgement.refute(
        `the tasks of ${target.id} reach ${exit.kind === 'internet' || exit.kind === 'nat' ? 'the internet' : 'another network'}: ${rule.name} lets them, and ${exit.name} leads there`,
        path,
        `remove the route, or declare it: --allow ${flag}`,
      )
    else if (rule || unknownRules.length > 0)
      judgement.doubt(
        rule?.peer.kind === 'unknown' ? rule.peer.value : (unknownRules[0] ?? { kind: 'none' }),
        'egress',
        `${exit.name} leads out, and what ${target.id} may send there is not known`,
        path,
      )
  }
  for (const value of unknown)
    judgement.doubt(value, 'routes', `the routes of a subnet of ${target.id} are not in the templates`, [
      hop(facts, target, beyond[0] ? `${beyond[0].name} ${beyond[0].traffic}` : 'rules that are not known'),
      { node: 'unknown routes' },
    ])
  const known = resourcesOf(facts.around.program, subnets, 'AWS::EC2::Subnet').known
  const tables = facts
    .all('AWS::EC2::SubnetRouteTableAssociation')
    .filter((each) =>
      known.includes(resourceOf(facts.around.program, facts.get(each, 'SubnetId'), 'AWS::EC2::Subnet') as Resource),
    )
    .flatMap((each) => resourceOf(facts.around.program, facts.get(each, 'RouteTableId'), 'AWS::EC2::RouteTable') ?? [])
  guard(facts, judgement, [...protectedOnes, ...tables])
  if (judgement.findings.length === 0)
    judgement.reason(
      `no route leads out of the subnets of ${target.id}${beyond[0] ? `, though ${beyond[0].name} would let packets go` : ''}: a proof by routes`,
    )
}

/** An internet gateway drops what is addressed to no host of the internet. */
function mayLeave({ peer }: Rule, { range, kind }: Exit): boolean {
  if (peer.kind !== 'range') return true
  if (kind === 'internet' && !mayBePublic(peer.range)) return false
  return !range || overlaps(peer.range, range)
}

const isIpv4 = ({ range, text }: Exit): boolean => range?.family === 4 || (range === undefined && !text.includes(':'))

/** Anything but groups and addresses of the VPC itself. */
function leadsOut(facts: Facts, target: Resource, rule: Rule): boolean {
  const { peer } = rule
  if (peer.kind === 'group') return false
  const { program } = facts.around
  const [subnet] = resourcesOf(program, taskSubnets(facts, target), 'AWS::EC2::Subnet').known
  const vpc = subnet ? resourceOf(program, facts.get(subnet, 'VpcId'), 'AWS::EC2::VPC') : undefined
  if (!vpc) return true
  if (peer.kind === 'unknown') return keyOf(peer.value) !== keyOf(facts.get(vpc, 'CidrBlock'))
  const own: Range | undefined = rangesOfVpc(facts, vpc).range
  return !(own && inside(peer.range, own))
}
