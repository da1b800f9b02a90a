/** Templates in one world -> what is drawn of them. */
import type { Facts } from '../facts/facts.ts'
import { isSameOutside, resourceOf } from '../facts/identity.ts'
import { apiTypes } from '../relations/apis.ts'
import { firstLinkType, linkIn, linkType } from '../relations/links.ts'
import { listenersAt } from '../relations/listeners.ts'
import {
  actionsOf,
  forwardsOf,
  listenerRuleType,
  listenersOf,
  loadBalancerType,
  portOf,
  targetsOfGroup,
} from '../relations/load-balancers.ts'
import type { Rule } from '../relations/rules.ts'
import { hasEntrance } from '../relations/stages.ts'
import {
  containerPorts,
  registeredPorts,
  runsTasks,
  servicesBehind,
  serviceType,
  taskTypes,
} from '../relations/tasks.ts'
import { linkedIntegrations, waysByName, waysTo } from '../relations/ways.ts'
import { mayBePublic } from '../resolve/cidr.ts'
import { integerOf, keyOf } from '../resolve/value.ts'
import { inWords, nameOfOutside } from '../resolve/words.ts'
import {
  apiBox,
  balancerBox,
  balancerMember,
  endpointMember,
  endpointsBox,
  endpointType,
  isGateway,
  linkBox,
  linkMember,
  type Member,
  taskBox,
  taskMember,
} from './boxes.ts'
import { edgeBetween, portsBetween, rulesOfMember } from './edges.ts'
import { exitsOf, frame, frameOf } from './frames.ts'
import type { Box, Edge, Picture } from './picture.ts'

export const client = 'the clients'
export const internet = 'the internet'

/** All but what a proof adds. */
export function drawn(facts: Facts, title: string): Omit<Picture, 'verdict'> {
  const apis = facts.all(...apiTypes)
  const links = facts.all(linkType, firstLinkType).map((each) => linkMember(facts, each))
  const balancers = facts.all(loadBalancerType).map((each) => balancerMember(facts, each))
  const tasks = facts
    .all(...taskTypes)
    .filter((each) => runsTasks(facts, each))
    .map((each) => taskMember(facts, each))
  const endpoints = facts.all(endpointType)
  const interfaces = endpoints.filter((each) => !isGateway(facts, each)).map((each) => endpointMember(facts, each))
  const gateways = endpoints.filter((each) => isGateway(facts, each))
  const at = (box: Box, { subnets }: Member): Box => ({ ...box, frame: frameOf(facts, subnets) })
  const members = [...links, ...balancers, ...tasks]
  const inner = [
    ...links.map((each) => at(linkBox(facts, each), each)),
    ...balancers.map((each) => at(balancerBox(facts, each), each)),
    ...tasks.map((each) => at(taskBox(facts, each), each)),
  ]
  const [firstEndpoint] = interfaces
  const services: readonly Box[] =
    endpoints.length === 0
      ? []
      : [
          {
            ...endpointsBox(facts, interfaces, gateways),
            frame: firstEndpoint ? frameOf(facts, firstEndpoint.subnets) : (inner[0]?.frame ?? 'a network'),
          },
        ]
  const elsewhere = listenersElsewhere(facts, links, tasks)
  const requests = [...requestEdges(facts, [...links, ...balancers], balancers, tasks), ...elsewhere.edges]
  const others = [
    ...callEdges(facts, tasks, requests),
    ...(services[0] ? endpointEdges(facts, tasks, interfaces, services[0].id) : []),
  ]
  const out = outgoing(facts, tasks)
  const clients: readonly Box[] =
    apis.length > 0 ? [{ id: client, kind: 'client', title: 'Clients', lines: ['on the internet'] }] : []
  const entrances = apis.map(
    (api): Edge => ({
      from: client,
      to: api.key,
      label: 'TLS',
      kind: hasEntrance(facts, api).is === 'no' ? 'blocked' : 'allowed',
    }),
  )
  const boxes = [
    ...clients,
    ...apis.map((api) => apiBox(facts, api)),
    ...inner,
    ...elsewhere.boxes,
    ...services,
    ...out.boxes,
  ]
  const ids = [...new Set(boxes.flatMap((box) => box.frame ?? []))]
  return {
    title,
    boxes,
    edges: withWayIn([...entrances, ...requests], boxes).concat(others, out.edges),
    frames: ids.map((id) =>
      frame(
        facts,
        id,
        members.filter(({ subnets }) => frameOf(facts, subnets) === id).map(({ subnets }) => subnets),
      ),
    ),
  }
}

/** The way of requests: API, link, load balancer, tasks. */
function requestEdges(
  facts: Facts,
  sides: readonly Member[],
  balancers: readonly Member[],
  tasks: readonly Member[],
): readonly Edge[] {
  const memberOf = (key: string | undefined): Member | undefined =>
    [...sides, ...tasks].find(({ resource }) => resource.key === key)
  const found: Edge[] = []
  for (const balancer of balancers) {
    for (const { api, link, listener, through } of waysTo(facts, balancer.resource)) {
      if (through) continue
      const from = memberOf(link?.key)
      if (!from) {
        found.push({ from: api.key, to: balancer.resource.key, label: 'a VPC link', kind: 'allowed' })
        continue
      }
      found.push({ from: api.key, to: from.resource.key, label: 'integration', kind: 'allowed' })
      found.push(edgeBetween(facts, from, balancer, listener && portOf(facts, listener)))
    }
    for (const listener of listenersOf(facts, balancer.resource))
      for (const { group, isIdle } of forwardsOf(facts, listener)) {
        if (!group || isIdle) continue
        for (const service of servicesBehind(facts, group)) {
          const to = memberOf(service.key)
          if (to)
            for (const port of containerPorts(facts, service, group)) found.push(edgeBetween(facts, balancer, to, port))
        }
        for (const value of targetsOfGroup(facts, group)) {
          const to = memberOf(resourceOf(facts, value, loadBalancerType)?.key)
          if (to && to !== balancer) found.push(edgeBetween(facts, balancer, to, integerOf(facts.get(group, 'Port'))))
        }
      }
  }
  for (const task of tasks)
    if (task.resource.type === serviceType)
      for (const { api, link } of waysByName(facts, task.resource)) {
        const from = memberOf(link?.key)
        if (!from) continue
        found.push({ from: api.key, to: from.resource.key, label: 'integration', kind: 'allowed' })
        for (const port of registeredPorts(facts, task.resource)) found.push(edgeBetween(facts, from, task, port))
      }
  return distinct(found)
}

/** Listeners that the templates do not hold, between their links and the tasks behind their rules. */
function listenersElsewhere(
  facts: Facts,
  links: readonly Member[],
  tasks: readonly Member[],
): { readonly boxes: readonly Box[]; readonly edges: readonly Edge[] } {
  const boxes = new Map<string, Box>()
  const edges: Edge[] = []
  for (const { api, integration } of linkedIntegrations(facts)) {
    const { target } = integration
    const link = links.find(({ resource }) => resource === linkIn(facts, integration.link))
    const rules = facts
      .all(listenerRuleType)
      .filter((rule) => isSameOutside(facts.get(rule, 'ListenerArn'), target) === 'yes')
    if (!link || rules.length === 0 || listenersAt(facts, integration).known.length > 0) continue
    const id = `outside ${keyOf(target)}`
    boxes.set(id, {
      id,
      kind: 'balancer',
      title: nameOfOutside(target),
      lines: ['a listener that is not in the templates'],
      frame: frameOf(facts, link.subnets),
    })
    edges.push({ from: api.resource.key, to: link.resource.key, label: 'integration', kind: 'allowed' })
    edges.push({ from: link.resource.key, to: id, label: '', kind: 'allowed' })
    for (const { group, isIdle } of rules.flatMap((rule) => actionsOf(facts, rule, 'Actions')))
      for (const service of group && !isIdle ? servicesBehind(facts, group) : [])
        if (tasks.some(({ resource }) => resource === service))
          for (const port of group ? containerPorts(facts, service, group) : [])
            edges.push({ from: id, to: service.key, label: `tcp/${port ?? '?'}`, kind: 'allowed' })
  }
  return { boxes: [...boxes.values()], edges: distinct(edges) }
}

/** Calls between tasks, where the rules of one name the groups of another. */
const callEdges = (facts: Facts, tasks: readonly Member[], requests: readonly Edge[]): readonly Edge[] =>
  tasks.flatMap((from) =>
    tasks
      .filter(
        (to) => to !== from && !requests.some((edge) => edge.from === from.resource.key && edge.to === to.resource.key),
      )
      .flatMap((to) =>
        portsBetween(facts, from, to)
          .map((port) => edgeBetween(facts, from, to, port))
          .filter(({ kind }) => kind === 'allowed'),
      ),
  )

const endpointEdges = (
  facts: Facts,
  tasks: readonly Member[],
  endpoints: readonly Member[],
  id: string,
): readonly Edge[] =>
  tasks
    .filter((task) => endpoints.some((endpoint) => edgeBetween(facts, task, endpoint, 443).kind === 'allowed'))
    .map(({ resource }) => ({ from: resource.key, to: id, label: 'tcp/443', kind: 'allowed' }))

/** What else tasks open connections to: the internet where routes lead there, and what is named from outside. */
function outgoing(
  facts: Facts,
  tasks: readonly Member[],
): { readonly boxes: readonly Box[]; readonly edges: readonly Edge[] } {
  const boxes = new Map<string, Box>()
  const edges: Edge[] = []
  for (const task of tasks) {
    const { kinds } = exitsOf(facts, task.subnets)
    const way = kinds.find((kind) => kind === 'nat' || kind === 'internet')
    for (const rule of rulesOfMember(facts, task, 'egress')) {
      const name = nameOfPeer(rule)
      const isInternet = rule.peer.kind === 'range' && mayBePublic(rule.peer.range)
      if (isInternet ? way === undefined : name === undefined) continue
      const box: Box = isInternet
        ? {
            id: internet,
            kind: 'outside',
            title: 'The internet',
            lines: [way === 'nat' ? 'through NAT' : 'through an internet gateway'],
          }
        : {
            id: `outside ${name}`,
            kind: 'outside',
            title: name ?? '',
            lines: ['not in the templates'],
            frame: frameOf(facts, task.subnets),
          }
      boxes.set(box.id, box)
      edges.push({
        from: task.resource.key,
        to: box.id,
        label: rule.traffic === 'all' ? 'all' : rule.traffic,
        kind: 'allowed',
      })
    }
  }
  return { boxes: [...boxes.values()], edges: distinct(edges) }
}

/** A group or range that the templates do not hold; a list of prefixes is one of AWS. */
function nameOfPeer({ peer }: Rule): string | undefined {
  if (peer.kind === 'range') return peer.text
  return peer.kind === 'unknown' && (peer.isGroup || peer.isRange)
    ? inWords(peer.value).replace(/^\$\{(.*)\}$/, '$1')
    : undefined
}

/** One edge for each pair, with all that goes over it; blocked only where nothing passes. */
function distinct(edges: readonly Edge[]): readonly Edge[] {
  const byEnds = new Map<string, Edge>()
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to])
    const before = byEnds.get(key)
    const isBetter =
      before !== undefined &&
      (before.kind === edge.kind ? !before.label.split(', ').includes(edge.label) : edge.kind !== 'blocked')
    if (before === undefined) byEnds.set(key, edge)
    else if (isBetter)
      byEnds.set(key, before.kind === edge.kind ? { ...edge, label: `${before.label}, ${edge.label}` } : edge)
  }
  return [...byEnds.values()]
}

/** Of the edges over which requests can come, those on a way from the clients to tasks. */
function withWayIn(edges: readonly Edge[], boxes: readonly Box[]): readonly Edge[] {
  const open = edges.filter(({ kind }) => kind === 'allowed')
  const spread = (start: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> => {
    const seen = new Set(start)
    for (const id of seen) for (const each of next(id)) seen.add(each)
    return seen
  }
  const reached = spread([client], (id) => open.filter(({ from }) => from === id).map(({ to }) => to))
  const ends = boxes.filter(({ kind }) => kind === 'service' || kind === 'worker').map(({ id }) => id)
  const leading = spread(ends, (id) => open.filter(({ to }) => to === id).map(({ from }) => from))
  return edges.map((edge) =>
    edge.kind === 'allowed' && reached.has(edge.from) && leading.has(edge.to) ? { ...edge, kind: 'way-in' } : edge,
  )
}
