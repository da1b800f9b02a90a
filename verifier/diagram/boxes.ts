/** The things of templates that are drawn as boxes. */
import type { Facts } from '../facts/facts.ts'
import { apiOf, knownRoutes } from '../relations/apis.ts'
import { mappedTo } from '../relations/domains.ts'
import { type Carried, carriedGroups } from '../relations/groups.ts'
import { firstLinkType, groupsOfLink } from '../relations/links.ts'
import { nameOfProtocol } from '../relations/listeners.ts'
import {
  groupsOf,
  hasNoGroup,
  isNetwork,
  kindOf,
  listenersOf,
  portOf,
  schemeOf,
  subnetsOf,
} from '../relations/load-balancers.ts'
import {
  containerPorts,
  publicAddress,
  serviceType,
  targetGroupsOf,
  taskGroups,
  taskSubnets,
} from '../relations/tasks.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { inWords } from '../resolve/words.ts'
import type { Box } from './picture.ts'

export const endpointType = 'AWS::EC2::VPCEndpoint'

/** What stands in a network: its groups and subnets. */
export type Member = { readonly resource: Resource; readonly groups: Carried; readonly subnets: Value }

export const linkMember = (facts: Facts, resource: Resource): Member => ({
  resource,
  groups: resource.type === firstLinkType ? none : groupsOfLink(facts, resource),
  subnets: facts.get(resource, 'SubnetIds'),
})

export const balancerMember = (facts: Facts, resource: Resource): Member => ({
  resource,
  groups: isNetwork(facts, resource) && hasNoGroup(facts, resource) ? none : groupsOf(facts, resource),
  subnets: subnetsOf(facts, resource),
})

export const taskMember = (facts: Facts, resource: Resource): Member => ({
  resource,
  groups: taskGroups(facts, resource),
  subnets: taskSubnets(facts, resource),
})

export const endpointMember = (facts: Facts, resource: Resource): Member => {
  const subnets = facts.get(resource, 'SubnetIds')
  return { resource, groups: carriedGroups(facts, facts.get(resource, 'SecurityGroupIds'), subnets), subnets }
}

const none: Carried = { known: [], others: [], isDefault: false }

export function apiBox(facts: Facts, api: Resource): Box {
  const of = apiOf(api)
  const routes = knownRoutes(facts, of).map(({ route }) => route)
  const hosts = mappedTo(facts, api).map(({ resource, domain }) =>
    inWords(resource ? facts.get(resource, 'DomainName') : domain),
  )
  const by = [...new Set(routes.flatMap(({ access }) => (access.kind === 'closed' ? [access.by] : [])))]
  const open = routes.filter(({ access }) => access.kind === 'open').length
  return {
    id: api.key,
    kind: 'api',
    title: api.id,
    lines: [
      of.kind === 'rest' ? 'REST API' : 'HTTP API',
      hosts.length > 0 ? [...new Set(hosts)].join(', ') : 'its own endpoint',
      `${count(routes.length, 'route')}, ${open === 0 ? 'none open' : `${open} open`}`,
      ...(by.length > 0 ? [`authorizer${by.length > 1 ? 's' : ''} ${by.join(', ')}`] : []),
    ],
    place: facts.place(api),
  }
}

export const linkBox = (facts: Facts, { resource, groups }: Member): Box => ({
  id: resource.key,
  kind: 'link',
  title: resource.id,
  lines: ['VPC link'],
  groups: namesOf(groups),
  place: facts.place(resource),
})

export function balancerBox(facts: Facts, { resource, groups }: Member): Box {
  const [kind, scheme] = [kindOf(facts, resource), schemeOf(facts, resource)]
  const words = ['known' in scheme ? scheme.known : '', 'known' in kind ? kind.known : '', 'load balancer']
  const listeners = listenersOf(facts, resource).map(
    (each) => `${nameOfProtocol(facts, each)} :${portOf(facts, each) ?? '?'}`,
  )
  return {
    id: resource.key,
    kind: 'balancer',
    title: resource.id,
    lines: [words.filter((word) => word !== '').join(' '), ...(listeners.length > 0 ? [listeners.join(', ')] : [])],
    groups: namesOf(groups),
    place: facts.place(resource),
  }
}

export function taskBox(facts: Facts, { resource, groups }: Member): Box {
  const targets = targetGroupsOf(facts, resource)
  const isFronted = targets.known.length + targets.others.length > 0
  const ports = [...new Set(targets.known.flatMap((group) => containerPorts(facts, resource, group)))]
  const address = publicAddress(facts, resource)
  const what = resource.type === serviceType ? (isFronted ? 'service' : 'behind no load balancer') : 'starts tasks'
  return {
    id: resource.key,
    kind: isFronted ? 'service' : 'worker',
    title: resource.id,
    lines: [
      `${what}${ports.length > 0 ? `, port ${ports.map((port) => port ?? '?').join(', ')}` : ''}`,
      ...('known' in address && address.known === 'ENABLED' ? ['with public addresses'] : []),
    ],
    groups: namesOf(groups),
    place: facts.place(resource),
  }
}

/** All endpoints of a network with the same groups are one box. */
export function endpointsBox(facts: Facts, members: readonly Member[], gateways: readonly Resource[]): Box {
  const [first] = members
  const names = [
    ...members.map(({ resource }) => nameOfService(facts, resource)),
    ...gateways.map((each) => `${nameOfService(facts, each)} (gateway)`),
  ]
  const resource = (first?.resource ?? gateways[0]) as Resource
  return {
    id: `endpoints ${resource.key}`,
    kind: 'outside',
    title: 'AWS services',
    lines: [`through ${count(names.length, 'VPC endpoint')}:`, [...new Set(names)].join(', ')],
    groups: first ? namesOf(first.groups) : [],
    place: facts.place(resource),
  }
}

/** `com.amazonaws.REGION.ecr.api` -> `ecr.api` */
const nameOfService = (facts: Facts, endpoint: Resource): string =>
  inWords(facts.get(endpoint, 'ServiceName')).replace(/^(?:cn\.)?com\.amazonaws\.(?:\$\{[^}]*\}|[a-z0-9-]+)\./, '')

export const isGateway = (facts: Facts, endpoint: Resource): boolean => {
  const type = facts.get(endpoint, 'VpcEndpointType')
  return isAbsent(type) || textOf(type) === 'Gateway'
}

const namesOf = ({ known, others }: Carried): readonly string[] => [
  ...known.map(({ name }) => name),
  ...others.flatMap((value) => piecesOf(value).map(inWords)),
]

export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`
