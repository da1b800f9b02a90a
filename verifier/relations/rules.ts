/** What one rule of a security group lets through, and from or to whom. */
import type { Facts } from '../facts/facts.ts'
import { atomsOf } from '../resolve/atoms.ts'
import { isNowhere, parseRange, type Range } from '../resolve/cidr.ts'
import type { Place, Resource } from '../resolve/program.ts'
import {
  any,
  entry,
  integerOf,
  isAbsent,
  itemsOf,
  keyOf,
  list,
  none,
  nothing,
  type Origin,
  originsOf,
  textOf,
  type Value,
} from '../resolve/value.ts'
import { type Carried, type Direction, type Group, groupIn, groupOf, groupType } from './groups.ts'
import { cidrsIn } from './prefix-lists.ts'

export type Peer =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'range'; readonly range: Range; readonly text: string; readonly value: Value }
  /** `isGroup`: some group, so that only hosts of the network are meant. `isRange`: a value that should be a range. */
  | { readonly kind: 'unknown'; readonly value: Value; readonly isGroup?: true; readonly isRange?: true }

export type Rule = {
  readonly name: string
  readonly place: Place
  /** `tcp/443`, for people. */
  readonly traffic: string
  /** Whether it covers TCP, or UDP unless `isTcp`, and the port: undefined when that is not known. */
  readonly carries: (port: Port, isTcp?: boolean) => boolean | undefined
  /** The only port that it covers. */
  readonly port: number | undefined
  /** What to ask about where that is not known: values from outside, or else what the template writes. */
  readonly open: Value
  readonly peer: Peer
}

/** `any`: one of them is enough; `unknown`: a certain one, of which only all are sure to be the one. */
export type Port = number | 'any' | 'unknown'

export type Rules = {
  readonly rules: readonly Rule[]
  /** Lists of rules that cannot be read here. */
  readonly unread: readonly Value[]
}

const sections = { ingress: 'SecurityGroupIngress', egress: 'SecurityGroupEgress' } as const

/** Rules in a group, or that of a separate resource. */
export function rulesOf(facts: Facts, from: Group | Resource, direction: Direction): Rules {
  if ('isDefault' in from)
    return from.isDefault ? { rules: ofDefault(from, direction), unread: [] } : inline(facts, from, direction)
  const property = (name: string): Value => facts.get(from, name)
  const rules = peersOf(facts, property, direction).map((peer) => ruleOf(from.id, facts.place(from), property, peer))
  return { rules: rules.filter(isSomewhere), unread: [] }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-security-groups.html */
function ofDefault(group: Group, direction: Direction): Rule[] {
  if (direction === 'egress') return everywhere(group.name, group.place)
  return [{ ...everything(group.name, group.place), peer: { kind: 'group', group } }]
}

function inline(facts: Facts, { resource, place }: Group, direction: Direction): Rules {
  const section = facts.get(resource, sections[direction])
  const items = itemsOf(section)
  if (!items) return { rules: [], unread: [unlessNoRules(section, resource, direction)] }
  const rules: Rule[] = []
  const unread: Value[] = []
  for (const item of items) {
    if (item.kind !== 'map') {
      unread.push(unlessNoRules(item, resource, direction))
      continue
    }
    const property = (name: string): Value => entry(item, name)
    for (const peer of peersOf(facts, property, direction))
      rules.push(ruleOf(`${resource.id} ${direction}`, place, property, peer))
  }
  const isEverywhere = direction === 'egress' && items.length === 0
  const open = isEverywhere ? everywhere(`${resource.id} (no egress rule: everything is allowed)`, place) : []
  return { rules: [...open, ...rules.filter(isSomewhere)], unread }
}

/** No parameter, import or text can hold a rule: what is meant must be written in the template. */
function unlessNoRules(value: Value, { id }: Resource, direction: Direction): Value {
  const isText = value.kind !== 'ref' && originsOf(value).every(({ kind }) => texts.has(kind))
  return isText ? unreadable(`the ${direction} rules of ${id}`) : value
}

const texts: ReadonlySet<Origin['kind']> = new Set(['parameter', 'pseudo', 'import', 'dynamic', 'literal'])

const unreadable = (name: string): Value => any(name, nothing, { kind: 'unreadable', name })

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

function peersOf(facts: Facts, property: (name: string) => Value, direction: Direction): Peer[] {
  const names = peerNames[direction]
  const peers: Peer[] = []
  for (const name of names.ranges) {
    const value = property(name)
    if (!isAbsent(value)) peers.push(rangeOr(value))
  }
  for (const name of names.groups) {
    const value = property(name)
    if (isAbsent(value)) continue
    const group = groupIn(facts, value)
    peers.push(group ? { kind: 'group', group } : { kind: 'unknown', value, isGroup: true })
  }
  for (const name of names.lists) {
    const value = property(name)
    if (!isAbsent(value)) peers.push(...listed(facts, value))
  }
  for (const name of names.others) {
    const value = property(name)
    if (!isAbsent(value)) peers.push(calledBy(facts, value))
  }
  return peers
}

/** A group of the default VPC may be meant by its name. */
function calledBy(facts: Facts, value: Value): Peer {
  const group = groupIn(facts, value)
  if (group) return { kind: 'group', group }
  const named = facts.all(groupType).filter((each) => !isAbsent(facts.get(each, 'GroupName')))
  const nameOf = (each: Resource): Value => facts.get(each, 'GroupName')
  const same = named.find((each) => keyOf(nameOf(each)) === keyOf(value))
  if (same) return { kind: 'group', group: groupOf(facts, same.key) }
  const isAnother = named.every((each) => textOf(nameOf(each)) !== undefined && textOf(value) !== undefined)
  return {
    kind: 'unknown',
    value: isAnother ? value : unreadable('SourceSecurityGroupId in the place of SourceSecurityGroupName'),
    isGroup: true,
  }
}

function rangeOr(value: Value): Peer {
  const text = textOf(value)
  const range = text === undefined ? undefined : parseRange(text)
  return range && text !== undefined ? { kind: 'range', range, text, value } : { kind: 'unknown', value, isRange: true }
}

const listed = (facts: Facts, value: Value): Peer[] =>
  cidrsIn(facts, value)?.map(rangeOr) ?? [{ kind: 'unknown', value }]

/** Protocols by name and number, https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html */
const protocols: Readonly<Record<string, string>> = {
  '-1': 'all',
  all: 'all',
  '6': 'tcp',
  tcp: 'tcp',
  '17': 'udp',
  udp: 'udp',
}
/** A number with a leading zero is another one to some readers. */
const others = /^(?:0|[1-9]\d*|icmp|icmpv6)$/

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
    port: known !== 'all' && first !== undefined && first === last && first >= 0 ? first : undefined,
    traffic: `${known === 'other' ? word : (known ?? '?')}${known === 'other' ? '' : ports}`,
    carries: (port, isTcp = false) => {
      if (known === undefined) return undefined
      if (known === 'other' || (known === 'udp' && isTcp)) return false
      if (known === 'all' || port === 'any') return true
      // Ports are ignored for "all", and the whole range is meant when none is given.
      if (isAbsent(from) && isAbsent(to)) return true
      if (first === undefined || last === undefined) return undefined
      if (first === -1 || (first <= 1 && last >= highestPort)) return true
      return port === 'unknown' ? undefined : first <= port && port <= last
    },
    open: openOf(name, [
      ...(known === undefined ? [protocol] : []),
      ...[from, to].filter((value) => integerOf(value) === undefined && !isAbsent(value)),
    ]),
    peer,
  }
}

const highestPort = 65535

function openOf(name: string, unknown: readonly Value[]): Value {
  const open = unknown.filter((value) => (value.kind === 'text' ? value.from !== undefined : value.kind !== 'ref'))
  return open.length > 0 ? list(open) : unreadable(`the protocol and ports of ${name}`)
}

const everything = (name: string, place: Place): Omit<Rule, 'peer'> => ({
  name,
  place,
  traffic: 'all',
  port: undefined,
  carries: () => true,
  open: none,
})

const everywhere = (name: string, place: Place): Rule[] =>
  ['0.0.0.0/0', '::/0'].map((text) => ({
    ...everything(name, place),
    peer: { kind: 'range', range: parseRange(text) as Range, text, value: { kind: 'text', text } },
  }))

/** A rule for 255.255.255.255/32 only replaces a default. */
const isSomewhere = ({ peer }: Rule): boolean => peer.kind !== 'range' || !isNowhere(peer.range)

/** What there is to say of an unknown source: a range has a value, and a list of others' ranges may admit nothing. */
export const facetOf = ({ isRange }: Peer & { kind: 'unknown' }, direction: Direction): Direction | 'value' =>
  isRange ? 'value' : direction

/** The other side of a rule for flags: a range, a group or what it is called, and the parameter that has this value here. */
export function namesOfPeer({ peer }: Rule): readonly string[] {
  if (peer.kind === 'group') return [peer.group.name]
  const { value } = peer
  const from = value.kind === 'text' ? value.from?.name : undefined
  const written = peer.kind === 'range' ? peer.text : nameOfValue(value)
  return [written, from].filter((each) => each !== undefined)
}

/** What a value is made of has another value, so that what is said of it is not said of this one. */
function nameOfValue(value: Value): string | undefined {
  if (value.kind === 'any') return undefined
  const [only, ...rest] = atomsOf(value, false)
  return rest.length === 0 ? only?.name : undefined
}

/** Whether a rule may be about the carriers of these groups: it names one of them, or no group at all. */
export function maySpeakOf({ peer }: Rule, { known, others }: Carried): boolean {
  if (peer.kind !== 'group') return true
  return others.length > 0 || known.some(({ key }) => key === peer.group.key)
}
