/** Security groups of one world: their rules, wherever they are written, and who carries them. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf, resourcesOf } from '../facts/identity.ts'
import { child } from '../read/node.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { entry, integerOf, isAbsent, itemsOf, keyOf, none, textOf, unknown, type Value } from '../resolve/value.ts'
import { isNowhere, parseRange, type Range } from './cidr.ts'

export type Peer =
  | { readonly kind: 'group'; readonly key: string }
  | { readonly kind: 'range'; readonly range: Range; readonly text: string }
  | { readonly kind: 'unknown'; readonly value: Value }

export type Rule = {
  readonly name: string
  readonly place: Place
  /** `tcp/443`, for people. */
  readonly traffic: string
  /** Whether it covers TCP, or UDP unless `isTcp`, and a given port: undefined when that is not known. */
  readonly carries: (port: number | undefined, isTcp?: boolean) => boolean | undefined
  /** What to ask about where that is not known, the rule itself last. */
  readonly open: readonly [...Value[], Value]
  readonly peer: Peer
}

export type Rules = {
  readonly rules: readonly Rule[]
  /** Lists of rules that cannot be read here. */
  readonly unread: readonly Value[]
}

export type Group = {
  readonly key: string
  readonly name: string
  readonly place: Place
  /** Rules are read when they are asked for: each that is read may split the world. */
  readonly ingress: () => Rules
  readonly egress: () => Rules
  /** Resources whose network interfaces carry the group. */
  readonly members: () => readonly Resource[]
  /** Anybody in the VPC may carry it, as nobody chooses a VPC's default group. */
  readonly isDefault: boolean
}

export type Groups = {
  readonly get: (key: string) => Group
  /** The group that a value is; undefined when it is not one of the templates. */
  readonly of: (value: Value) => Group | undefined
}

const groupType = 'AWS::EC2::SecurityGroup'
const defaultGroup = 'DefaultSecurityGroup'

/** Where types carry groups. */
export const carriers: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::VpcLink': ['SecurityGroupIds'],
  'AWS::EC2::Instance': ['SecurityGroupIds', 'SecurityGroups', 'NetworkInterfaces'],
  'AWS::EC2::NetworkInterface': ['GroupSet'],
  'AWS::EC2::VPCEndpoint': ['SecurityGroupIds'],
  'AWS::ECS::Service': ['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['SecurityGroups'],
  'AWS::Lambda::Function': ['VpcConfig.SecurityGroupIds'],
  'AWS::Serverless::Function': ['VpcConfig.SecurityGroupIds'],
}

/** Types that name a group without any network interface of theirs in it. */
const namers = new Set([
  groupType,
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::CloudFormation::Stack',
  'AWS::Serverless::Application',
  'AWS::SSM::Parameter',
])

const isByName = ({ node }: Resource): boolean => child(child(node, 'Properties'), 'GroupName') !== undefined

export function groupsOf(facts: Facts): Groups {
  const { program, mentions, byType } = facts.around
  const made = new Map<string, Group>()

  const keyOfGroup = (value: Value): string | undefined => {
    const group = resourceOf(program, value, groupType)
    if (group) return group.key
    if (value.kind !== 'ref' || value.attribute !== defaultGroup) return undefined
    return program.resources.get(value.resource)?.type === 'AWS::EC2::VPC'
      ? `${value.resource}.${defaultGroup}`
      : undefined
  }

  const get = (key: string): Group => {
    const known = made.get(key)
    if (known) return known
    const group = key.endsWith(`.${defaultGroup}`) ? ofVpc(key) : declared(program.resources.get(key) as Resource)
    made.set(key, group)
    return group
  }

  /** A group of the default VPC may be meant by its name. */
  const belongsTo = (rule: Resource, key: string): boolean => {
    const id = facts.get(rule, 'GroupId')
    if (!isAbsent(id)) return keyOfGroup(id) === key
    const name = facts.get(rule, 'GroupName')
    if (isAbsent(name)) return false
    const group = program.resources.get(key)
    return keyOfGroup(name) === key || (group !== undefined && keyOf(name) === keyOf(facts.get(group, 'GroupName')))
  }

  /** Rules beside the group. Those that name other resources only are not looked at, so that no world splits on them. */
  const rulesFor = (key: string, direction: Direction): Rule[] => {
    const named = key.endsWith(`.${defaultGroup}`) ? key.slice(0, -defaultGroup.length - 1) : key
    return (byType.get(types[direction]) ?? [])
      .filter((resource) => mentions.get(resource.key)?.has(named) || isByName(resource))
      .filter((resource) => facts.exists(resource) && belongsTo(resource, key))
      .flatMap((resource) => {
        const property = (name: string): Value => facts.get(resource, name)
        return peersOf(facts, property, direction, keyOfGroup)
          .map((peer) => ruleOf(resource.id, facts.place(resource), property, peer))
          .filter(isSomewhere)
      })
  }

  const declared = (resource: Resource): Group => {
    const place = facts.place(resource)
    const read = (direction: Direction): Rules => {
      const { rules, unread, isGiven } = inline(facts, resource, direction, keyOfGroup)
      const isEverywhere = direction === 'egress' && !isGiven
      return {
        rules: [
          ...(isEverywhere ? everywhere(`${resource.id} (no egress rule: everything is allowed)`, place) : []),
          ...rules.filter(isSomewhere),
          ...rulesFor(resource.key, direction),
        ],
        unread,
      }
    }
    return {
      key: resource.key,
      name: resource.id,
      place,
      ingress: once(() => read('ingress')),
      egress: once(() => read('egress')),
      members: once(() => membersOf(resource)),
      isDefault: false,
    }
  }

  const ofVpc = (key: string): Group => {
    const vpc = program.resources.get(key.slice(0, -defaultGroup.length - 1)) as Resource
    const place = facts.place(vpc)
    const name = `${vpc.id}.${defaultGroup}`
    const self: Rule = { ...everything(name, place), peer: { kind: 'group', key } }
    return {
      key,
      name,
      place,
      ingress: once(() => ({ rules: [self, ...rulesFor(key, 'ingress')], unread: [] })),
      egress: once(() => ({ rules: [...everywhere(name, place), ...rulesFor(key, 'egress')], unread: [] })),
      members: () => [],
      isDefault: true,
    }
  }

  const membersOf = (group: Resource): Resource[] =>
    [...program.resources.values()].filter((resource) => {
      if (!mentions.get(resource.key)?.has(group.key) || namers.has(resource.type) || !facts.exists(resource))
        return false
      const paths = carriers[resource.type]
      if (!paths) return true
      return paths.some((path) => holdsGroup(facts.get(resource, path), group))
    })

  const holdsGroup = (value: Value, group: Resource): boolean => {
    if (value.kind === 'list') return value.items.some((item) => holdsGroup(item, group))
    if (value.kind === 'map') return [...value.entries.values()].some((item) => holdsGroup(item, group))
    if (value.kind === 'ref') return keyOfGroup(value) === group.key
    // A text or choice with the group in it cannot be told apart from the group.
    return value.kind === 'joined' || value.kind === 'unknown' ? mayHold(value, group) : false
  }

  const mayHold = (value: Value, group: Resource): boolean =>
    value.kind === 'joined'
      ? value.parts.some((part) => part.kind === 'ref' && part.resource === group.key)
      : value.kind === 'unknown' && value.key.includes(`<${group.key}`)

  return {
    get,
    of: (value) => {
      const key = keyOfGroup(value)
      return key === undefined ? undefined : get(key)
    },
  }
}

type Direction = 'ingress' | 'egress'

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

type KeyOfGroup = (value: Value) => string | undefined

const types = { ingress: 'AWS::EC2::SecurityGroupIngress', egress: 'AWS::EC2::SecurityGroupEgress' } as const
const sections = { ingress: 'SecurityGroupIngress', egress: 'SecurityGroupEgress' } as const

function inline(
  facts: Facts,
  resource: Resource,
  direction: Direction,
  keyOfGroup: KeyOfGroup,
): { rules: Rule[]; unread: Value[]; isGiven: boolean } {
  const section = facts.get(resource, sections[direction])
  const items = itemsOf(section)
  if (!items) return { rules: [], unread: [section], isGiven: true }
  const rules: Rule[] = []
  const unread: Value[] = []
  for (const item of items) {
    if (item.kind !== 'map') {
      unread.push(item)
      continue
    }
    const property = (name: string): Value => entry(item, name)
    for (const peer of peersOf(facts, property, direction, keyOfGroup))
      rules.push(ruleOf(`${resource.id} ${direction}`, facts.place(resource), property, peer))
  }
  return { rules, unread, isGiven: items.length > 0 }
}

const peerNames = {
  ingress: {
    ranges: ['CidrIp', 'CidrIpv6'],
    groups: ['SourceSecurityGroupId'],
    lists: ['SourcePrefixListId'],
    others: ['SourceSecurityGroupName'],
  },
  egress: {
    ranges: ['CidrIp', 'CidrIpv6'],
    groups: ['DestinationSecurityGroupId'],
    lists: ['DestinationPrefixListId'],
    others: [],
  },
} as const

function peersOf(
  facts: Facts,
  property: (name: string) => Value,
  direction: Direction,
  keyOfGroup: KeyOfGroup,
): Peer[] {
  const names = peerNames[direction]
  const peers: Peer[] = []
  for (const name of names.ranges) {
    const value = property(name)
    const text = textOf(value)
    const range = text === undefined ? undefined : parseRange(text)
    if (range && text !== undefined) peers.push({ kind: 'range', range, text })
    else if (!isAbsent(value)) peers.push({ kind: 'unknown', value })
  }
  for (const name of names.groups) {
    const value = property(name)
    if (isAbsent(value)) continue
    const key = keyOfGroup(value)
    peers.push(key === undefined ? { kind: 'unknown', value } : { kind: 'group', key })
  }
  for (const name of names.lists) {
    const value = property(name)
    if (!isAbsent(value)) peers.push(...listed(facts, value))
  }
  for (const name of names.others) {
    const value = property(name)
    if (!isAbsent(value)) peers.push({ kind: 'unknown', value })
  }
  return peers
}

function listed(facts: Facts, value: Value): Peer[] {
  const prefixes = resourceOf(facts.around.program, value, 'AWS::EC2::PrefixList')
  const entries = prefixes ? itemsOf(facts.get(prefixes, 'Entries')) : undefined
  if (!entries) return [{ kind: 'unknown', value }]
  return entries.map((item): Peer => {
    const text = textOf(entry(item, 'Cidr'))
    const range = text === undefined ? undefined : parseRange(text)
    return range && text !== undefined
      ? { kind: 'range', range, text }
      : { kind: 'unknown', value: entry(item, 'Cidr') }
  })
}

/** Protocols by name and number, https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html */
const protocols: Readonly<Record<string, string>> = {
  '-1': 'all',
  all: 'all',
  '6': 'tcp',
  tcp: 'tcp',
  '17': 'udp',
  udp: 'udp',
}
const others = /^(?:\d+|icmp|icmpv6)$/

function ruleOf(name: string, place: Place, property: (name: string) => Value, peer: Peer): Rule {
  const protocol = property('IpProtocol')
  const word = textOf(protocol)?.toLowerCase()
  const known = word === undefined ? undefined : (protocols[word] ?? (others.test(word) ? 'other' : undefined))
  const [from, to] = [property('FromPort'), property('ToPort')]
  const [first, last] = [integerOf(from), integerOf(to)]
  const ports = known === 'all' ? '' : `/${first ?? '?'}${first === last ? '' : `-${last ?? '?'}`}`
  return {
    name,
    place,
    traffic: `${known === 'other' ? word : (known ?? '?')}${known === 'other' ? '' : ports}`,
    carries: (port, isTcp = false) => {
      if (known === undefined) return undefined
      if (known === 'other' || (known === 'udp' && isTcp)) return false
      if (known === 'all' || port === undefined) return true
      // Ports are ignored for "all", and the whole range is meant when none is given.
      if (isAbsent(from) && isAbsent(to)) return true
      if (first === undefined || last === undefined) return undefined
      return first === -1 || (first <= port && port <= last)
    },
    open: [
      ...[protocol, from, to].filter(({ kind }) => kind === 'unknown' || kind === 'joined'),
      unknown(`traffic of ${name}`, { kind: 'attribute', name: name.split(' ')[0] ?? name }),
    ],
    peer,
  }
}

const everything = (name: string, place: Place): Omit<Rule, 'peer'> => ({
  name,
  place,
  traffic: 'all',
  carries: () => true,
  open: [none],
})

const everywhere = (name: string, place: Place): Rule[] =>
  ['0.0.0.0/0', '::/0'].map((text) => ({
    ...everything(name, place),
    peer: { kind: 'range', range: parseRange(text) as Range, text },
  }))

/** A rule for 255.255.255.255/32 only replaces a default. */
const isSomewhere = ({ peer }: Rule): boolean => peer.kind !== 'range' || !isNowhere(peer.range)

/** The groups of a property: those of the templates, and what else may be in it. */
export function groupsIn(
  facts: Facts,
  groups: Groups,
  value: Value,
): { readonly known: readonly Group[]; readonly others: readonly Value[] } {
  const { others } = resourcesOf(facts.around.program, value, groupType)
  const known = (itemsOf(value) ?? []).flatMap((item) => groups.of(item) ?? [])
  return { known, others: others.filter((item) => !groups.of(item)) }
}
