/** A request that does not come through an API: everything that stops it on its way to a load balancer or a task. */
import type { Facts } from '../facts/facts.ts'
import { nameOfProtocol } from '../relations/listeners.ts'
import { listenersOf, loadBalancerType, portOf, schemeOf } from '../relations/load-balancers.ts'
import { type Peer, passes } from '../relations/passing.ts'
import { exitOf, exitSources, isOfTable, tablesOf } from '../relations/routes.ts'
import type { Rule } from '../relations/rules.ts'
import { loadBalancerAsTarget, type Target, tasksAsTarget } from '../relations/targets.ts'
import {
  containerPorts,
  interfaceOf,
  publicAddress,
  runsTasks,
  serviceType,
  targetGroupsOf,
} from '../relations/tasks.ts'
import { entranceOf, entranceSources, rangesOf, type Vpc, vpcOf } from '../relations/vpcs.ts'
import { inside, mayBePublic, parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { fromListener, isPastAcls } from './inside.ts'
import type { Request } from './request.ts'
import { queryPairs } from './request.ts'
import type { Walk } from './walk.ts'

/** An address, or any host of the internet or of the VPC. */
export type From = 'internet' | 'vpc' | { readonly address: string; readonly range: Range }

/** `internet`, `vpc` or an address; undefined for anything else. */
export function fromOf(text: string): From | undefined {
  if (text === 'internet' || text === 'vpc') return text
  const range = text.includes('/') ? undefined : parseRange(text)
  return range && { address: text, range }
}

export type Destination = {
  readonly resource: Resource
  readonly listener: Resource | undefined
  readonly port: number | undefined
}

/** Listeners of load balancers, and ports of services behind them. */
export function destinationsOf(facts: Facts): readonly Destination[] {
  const listeners = facts
    .all(loadBalancerType)
    .flatMap((resource) =>
      listenersOf(facts, resource).map((listener) => ({ resource, listener, port: portOf(facts, listener) })),
    )
  const tasks = facts.all(serviceType).flatMap((resource): readonly Destination[] => {
    if (!runsTasks(facts, resource)) return []
    const ports = targetGroupsOf(facts, resource).known.flatMap((group) => containerPorts(facts, resource, group))
    return [...new Set(ports)].map((port) => ({ resource, listener: undefined, port }))
  })
  return [...listeners, ...tasks]
}

/** Walks to one destination. What stops it after another thing did is shown too. */
export function directly(
  walk: Walk,
  from: From,
  { resource, listener, port }: Destination,
  request: Request,
): undefined {
  const { facts } = walk
  const isTask = listener === undefined
  if (isTask) {
    const network = interfaceOf(facts, resource)
    if (network.is === 'unknown') return walk.unknown(resource, network.because, network.value)
  }
  const target = isTask ? tasksAsTarget(facts, resource) : loadBalancerAsTarget(facts, resource)
  const vpc = vpcOf(facts, target.subnets)
  const peer = peerOf(facts, from, vpc)
  const name =
    typeof from === 'string' ? { internet: 'the internet', vpc: `a host in ${vpc.name}` }[from] : from.address
  walk.pass({ node: name }, `sends to ${resource.id}, port ${port ?? '?'}`)
  if (isOfInternet(from, peer)) isReachable(walk, target)
  else if (typeof from !== 'string' && peer.kind === 'stranger' && !isOfVpc(facts, vpc, from.range))
    isBroughtIn(walk, vpc, from.range)
  isAdmitted(walk, target, peer, port, name)
  isPastAcls(walk, target.subnets)
  if (walk.outcome) return undefined
  if (!listener)
    return walk.reach(resource, `a task, port ${port ?? '?'}`, resource.id, port === undefined ? {} : { port })
  walk.pass(listener, `${nameOfProtocol(facts, listener)} :${port ?? '?'}`)
  const { method, path, headers } = request
  const arriving = {
    method,
    path,
    host: request.host ?? headers.get('host'),
    headers,
    query: queryPairs(request.query),
  }
  return fromListener(walk, listener, resource, arriving, {
    ranges: peer.kind === 'stranger' ? peer.ranges : undefined,
    headers: new Map(),
  })
}

const isOfInternet = (from: From, peer: Peer): boolean =>
  peer.kind === 'internet' || (typeof from !== 'string' && mayBePublic(from.range))

function peerOf(facts: Facts, from: From, vpc: Vpc): Peer {
  if (from === 'internet') return { kind: 'internet' }
  if (from !== 'vpc') return { kind: 'stranger', ranges: [from.range] }
  return { kind: 'stranger', ranges: vpc.resource ? rangesOf(facts, vpc.resource).known : privateRanges }
}

/** Of a VPC that is not in the templates. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
  .map(parseRange)
  .filter((range) => range !== undefined)

const isOfVpc = (facts: Facts, { resource }: Vpc, range: Range): boolean =>
  resource !== undefined && rangesOf(facts, resource).known.some((each) => inside(range, each))

/** A public address, and a route to an internet gateway. */
function isReachable(walk: Walk, { resource, isTask, subnets }: Target): void {
  const { facts } = walk
  const scheme = isTask ? publicAddress(facts, resource) : schemeOf(facts, resource)
  if ('unknown' in scheme) walk.unknown(resource, 'whether it has a public address is not known', scheme.unknown)
  else if (scheme.known !== 'ENABLED' && scheme.known !== 'internet-facing')
    walk.stop(resource, isTask ? 'its tasks have no public address' : 'it is internal: it has no public address')
  const { known, others, perhaps } = tablesOf(facts, subnets)
  const routes = known.flatMap(({ table }) =>
    exitSources(facts)
      .filter((source) => isOfTable(facts, source, table).is !== 'no' && facts.exists(source))
      .flatMap((source) => ({ source, exit: exitOf(facts, source) })),
  )
  const open = routes.find(({ exit }) => exit?.kind === 'internet')
  const [value] = [...others, ...perhaps.map((each) => each.value)]
  if (open) walk.pass(open.source, 'a route to and from the internet')
  else if (value && known.length === 0) walk.unknown(resource, 'the routes of its subnets are not known', value)
  else walk.stop(known[0]?.table ?? resource, 'no route to or from the internet')
}

/** Something that brings packets of another network in. */
function isBroughtIn(walk: Walk, vpc: Vpc, range: Range): void {
  const { facts } = walk
  if (!vpc.resource) return
  const found = entranceSources(facts)
    .filter((source) => facts.exists(source))
    .find((source) => entranceOf(facts, source, range) !== 'no')
  if (found) walk.pass(found, 'may bring in packets of other networks')
  else walk.stop(vpc.resource, 'nothing joins it to the network of this address')
}

function isAdmitted(
  walk: Walk,
  { resource, groups }: Target,
  peer: Peer,
  port: number | undefined,
  name: string,
): void {
  const passing = passes(walk.facts, groups, 'ingress', peer, port)
  if (groups.known.length === 0 && groups.others.length === 0) walk.pass(resource, 'it has no security group')
  else if (passing.is === 'yes')
    walk.pass(
      { node: passing.rule.name, place: passing.rule.place },
      `admits ${shownPeer(passing.rule)} on ${passing.rule.traffic}`,
    )
  else if (passing.is === 'maybe')
    walk.unknown(resource, `whether a rule admits ${name} is not known`, passing.value, ['0.0.0.0/0'])
  else walk.stop(groups.known[0]?.resource ?? resource, `no rule admits ${name}${admitted(passing.rules)}`)
}

const admitted = (rules: readonly Rule[]): string =>
  rules.length === 0
    ? ' or anything else'
    : `, only ${rules.map((rule) => `${shownPeer(rule)} on ${rule.traffic}`).join(' and ')}`

const shownPeer = ({ peer }: Rule): string =>
  peer.kind === 'group' ? `who carries ${peer.group.name}` : peer.kind === 'range' ? peer.text : 'others'
