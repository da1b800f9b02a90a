/** Templates in one world -> what is drawn of them. */
import type { Facts } from '../facts/facts.ts'
import { apiTypes } from '../relations/apis.ts'
import { mappedTo } from '../relations/domains.ts'
import { firstLinkType, linkType } from '../relations/links.ts'
import { loadBalancerType } from '../relations/load-balancers.ts'
import { hasEntrance } from '../relations/stages.ts'
import { runsTasks, taskTypes } from '../relations/tasks.ts'
import type { Resource } from '../resolve/program.ts'
import { inWords } from '../resolve/words.ts'
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
import { frame, frameOf } from './frames.ts'
import { callEdges, endpointEdges, outgoing } from './other-edges.ts'
import type { Box, Edge, Picture } from './picture.ts'
import { listenersElsewhere, requestEdges } from './request-edges.ts'

export const client = 'the clients'

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
  const entrances = apis.map((api) => entranceEdge(facts, api))
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

function entranceEdge(facts: Facts, api: Resource): Edge {
  const isOpen = hasEntrance(facts, api).is !== 'no'
  const domains = mappedTo(facts, api).map(({ by, resource, domain }) => ({
    says: `${by.id} maps ${inWords(resource ? facts.get(resource, 'DomainName') : domain)} to ${api.id}`,
    ...facts.place(by),
  }))
  const says = isOpen ? `clients call ${api.id} at its own endpoint` : `no endpoint or domain leads to ${api.id}`
  return {
    from: client,
    to: api.key,
    label: 'TLS',
    kind: isOpen ? 'allowed' : 'blocked',
    because: domains.length > 0 ? domains : [{ says, ...facts.place(api) }],
  }
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
