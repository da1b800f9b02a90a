/** Who reaches a network interface through the rules of its security groups. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf, resourcesOf } from '../facts/identity.ts'
import { inside, mayBePublic, overlaps, parseRange, type Range } from '../network/cidr.ts'
import { type Group, groupsIn, groupsOf, type Peer, type Rule } from '../network/groups.ts'
import { rangesOfVpc } from '../network/routes.ts'
import type { Resource } from '../resolve/program.ts'
import { textOf, type Value } from '../resolve/value.ts'
import { type Hop, hop, type Judgement } from './judgement.ts'

export type Guarded = {
  readonly resource: Resource
  /** The value of its property with groups. */
  readonly groups: Value
  readonly subnets: Value
  /** Undefined for every port. */
  readonly ports: readonly (number | undefined)[]
  /** Nothing but TCP reaches anything there. */
  readonly isTcp: boolean
  /** Whether it has a public address, so that the internet may be a source. */
  readonly isPublic: boolean
  readonly hasIpv6: boolean
}

export type Allowed = {
  /** What the only source is, in words. */
  readonly name: string
  readonly isAllowed: (member: Resource) => boolean
}

/** Sources besides `allowed` refute, unknown ones leave it open. */
export function soleSource(facts: Facts, judgement: Judgement, guarded: Guarded, allowed: Allowed): void {
  const groups = groupsOf(facts)
  const { known, others } = groupsIn(facts, groups, guarded.groups)
  for (const value of others)
    judgement.doubt(value, 'ingress', `a security group of ${guarded.resource.id} is not in the templates`, [
      { node: 'any host' },
      hop(facts, guarded.resource),
    ])
  for (const group of known) {
    for (const value of group.ingress().unread)
      judgement.doubt(value, 'ingress', `rules of ${group.name} cannot be read here`, [hop(facts, guarded.resource)])
    for (const rule of group.ingress().rules) {
      const port = carriedPort(rule, guarded)
      if (port === 'none') continue
      if (port === 'unknown') {
        judgement.doubt(
          rule.open[0],
          'ingress',
          `what ${rule.name} lets through is not known`,
          pathOf('any host', rule, guarded, facts),
        )
        continue
      }
      judgePeer(facts, judgement, guarded, allowed, group, rule, groups)
    }
  }
}

function judgePeer(
  facts: Facts,
  judgement: Judgement,
  guarded: Guarded,
  allowed: Allowed,
  group: Group,
  rule: Rule,
  groups: ReturnType<typeof groupsOf>,
): void {
  const { peer } = rule
  const path = (source: string): Hop[] => pathOf(source, rule, guarded, facts)
  if (peer.kind === 'unknown') {
    judgement.doubt(peer.value, 'ingress', `${rule.name} admits a source that is not known`, path('an unknown source'))
    return
  }
  if (peer.kind === 'range') {
    judgeRange(facts, judgement, guarded, allowed, group, rule, peer)
    return
  }
  const source = groups.get(peer.key)
  if (source.isDefault) {
    judgement.refute(
      `${rule.name} admits the default group of the VPC, which any host carries for which no other group is chosen`,
      path(`any host with ${source.name}`),
      `admit only ${allowed.name}`,
    )
    return
  }
  const strangers = source.members().filter((member) => !allowed.isAllowed(member))
  const [stranger] = strangers
  if (stranger)
    judgement.refute(
      `${rule.name} admits ${source.name}, and ${stranger.id} carries it`,
      [hop(facts, stranger, `carries ${source.name}`), ...path(source.name)],
      `give ${stranger.id} a group of its own, or admit only ${allowed.name}`,
    )
  else if (source.members().length === 0)
    judgement.gap(
      source.name,
      `--assume ${source.name}.egress=none`,
      `${rule.name} admits ${source.name}, which nothing in the templates carries: whoever joins it gets in`,
      path(`whoever joins ${source.name}`),
    )
  else {
    judgement.reason(
      `${guarded.resource.id} admits ${source.name} only (${rule.name}, line ${rule.place.line}), which only ${source
        .members()
        .map(({ id }) => id)
        .join(' and ')} ${source.members().length === 1 ? 'carries' : 'carry'}: a proof by identity`,
    )
    judgement.assume(
      'nobody outside the templates edits the security groups that they create, or starts anything that carries one',
    )
  }
}

function judgeRange(
  facts: Facts,
  judgement: Judgement,
  guarded: Guarded,
  allowed: Allowed,
  group: Group,
  rule: Rule,
  { range, text }: Peer & { kind: 'range' },
): void {
  if (range.family === 6 && !guarded.hasIpv6) {
    judgement.reason(`${rule.name} admits ${text}, but ${guarded.resource.id} has no IPv6 address`)
    return
  }
  const path = (source: string): Hop[] => pathOf(source, rule, guarded, facts)
  const remedy = `admit ${allowed.name} by its group instead of ${text}`
  const within = vpcOf(facts, guarded, group)
  const whole = isWhole(range)
  if (guarded.isPublic && mayBePublic(range)) {
    judgement.refute(`${rule.name} admits ${text}`, path(`any host of the internet in ${text}`), remedy)
    return
  }
  if (whole || (within.range && overlaps(within.range, range))) {
    judgement.refute(
      `${rule.name} admits ${text}`,
      path(`any host in ${within.name} with an address in ${text}`),
      remedy,
    )
    return
  }
  if (within.range && within.vpc && range.family === 4 && !mayEnter(facts, within.vpc)) {
    judgement.reason(
      `${rule.name} admits ${text}, which no host of ${within.name} has and nothing routes into it: a proof by addresses`,
    )
    return
  }
  if (within.range)
    judgement.gap(
      group.name,
      `--assume ${group.name}.ingress=none`,
      `${rule.name} admits ${text}; whether such a host has a way into ${within.name} is not known`,
      path(`any host with an address in ${text}`),
    )
  else
    judgement.doubt(
      within.value,
      'ingress',
      `${rule.name} admits ${text}; whether hosts of ${within.name} have such addresses is not known`,
      path(`any host in ${within.name} with an address in ${text}`),
    )
}

const whole = ['0.0.0.0/0', '::/0'].map(parseRange) as Range[]
const isWhole = (range: Range): boolean => whole.some((each) => inside(each, range))

/** Types that bring packets from other networks into a VPC. */
const entrances = [
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPNGateway',
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::NetworkManager::VpcAttachment',
  'AWS::GlobalAccelerator::EndpointGroup',
  'AWS::EC2::VPCCidrBlock',
]

const mayEnter = (facts: Facts, _vpc: Resource): boolean => facts.all(...entrances).length > 0

function vpcOf(
  facts: Facts,
  { resource, subnets }: Guarded,
  group: Group,
): { name: string; range: Range | undefined; value: Value; vpc: Resource | undefined } {
  const { program } = facts.around
  const [subnet] = resourcesOf(program, subnets, 'AWS::EC2::Subnet').known
  const declared = program.resources.get(group.key)
  const value = subnet
    ? facts.get(subnet, 'VpcId')
    : declared
      ? facts.get(declared, 'VpcId')
      : ({ kind: 'ref', resource: resource.key } as Value)
  const vpc = resourceOf(program, value, 'AWS::EC2::VPC')
  if (vpc) return { name: vpc.id, ...rangesOfVpc(facts, vpc), vpc }
  return { name: 'the VPC', range: undefined, value, vpc: undefined }
}

/** The first guarded port that the rule covers. */
function carriedPort(rule: Rule, { ports, isTcp }: Guarded): number | undefined | 'none' | 'unknown' {
  const answers = ports.map((port) => ({ port, carries: rule.carries(port, isTcp) }))
  const yes = answers.find(({ carries }) => carries === true)
  if (yes) return yes.port
  return answers.some(({ carries }) => carries === undefined) ? 'unknown' : 'none'
}

const pathOf = (source: string, rule: Rule, { resource, ports }: Guarded, facts: Facts): Hop[] => [
  { node: source, via: `${rule.name} ${rule.traffic} ${peerText(rule.peer)}`, ...rule.place },
  {
    ...hop(facts, resource),
    node: `${resource.id}${ports.length === 1 && ports[0] !== undefined ? `:${ports[0]}` : ''}`,
  },
]

const peerText = (peer: Peer): string =>
  peer.kind === 'range'
    ? peer.text
    : peer.kind === 'group'
      ? `from ${peer.key.slice(peer.key.lastIndexOf('/') + 1)}`
      : `from ${textOf(peer.value) ?? 'an unknown source'}`
