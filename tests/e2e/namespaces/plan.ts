/**
 * What a template says about packets, as a plan for a small network of this machine. Everything in it comes out of the
 * verifier's resolver; a resource that this cannot place is an error, so that nothing is left out silently.
 */
import { noDeclarations } from '../../../verifier/declarations.ts'
import type { Facts } from '../../../verifier/facts/facts.ts'
import { resourceOf, resourcesOf } from '../../../verifier/facts/identity.ts'
import { open } from '../../../verifier/judge/session.ts'
import {
  apiOf,
  apiTypes,
  belongsTo,
  integrationOf,
  integrationSources,
  routeOf,
  routeSources,
} from '../../../verifier/relations/apis.ts'
import { ruleSources, rulesFrom } from '../../../verifier/relations/belonging.ts'
import { carrierSources, carries } from '../../../verifier/relations/carriers.ts'
import type { Carried, Direction } from '../../../verifier/relations/groups.ts'
import { groupsOfLink, linkIn, linkType } from '../../../verifier/relations/links.ts'
import { groupsOf, listenerType, loadBalancerType, subnetsOf } from '../../../verifier/relations/load-balancers.ts'
import { exitOf, exitSources, isOfTable, tablesOf } from '../../../verifier/relations/routes.ts'
import type { Rule } from '../../../verifier/relations/rules.ts'
import { serviceType, targetGroupsOf, taskGroups, taskSubnets } from '../../../verifier/relations/tasks.ts'
import { parseRange, type Range } from '../../../verifier/resolve/cidr.ts'
import type { Resource } from '../../../verifier/resolve/program.ts'
import { textOf, type Value } from '../../../verifier/resolve/value.ts'
import { anyWorld } from '../../../verifier/resolve/world.ts'

/** One line of a security group: who, with what. */
export type Line = { readonly peers: readonly string[]; readonly traffic: string }
export type Host = { readonly address: string; readonly ingress: readonly Line[]; readonly egress: readonly Line[] }

export type Plan = {
  readonly vpc: string
  readonly link: Host
  readonly loadBalancer: Host & { readonly port: number }
  readonly task: Host & { readonly port: number }
  /** A database with a group of its own, which the templates do not make; it has the rules that they add. */
  readonly database?: Host
  /** A host that another user starts in the same VPC. */
  readonly stranger: string
  /** A route between the internet and the load balancer's or the task's subnets. */
  readonly isRouted: boolean
  readonly serverName: string
  /** A route that needs a token, `GET /orders`. */
  readonly guarded: string
}

/** Types that say something about packets, and that this plan takes into account. */
const placed = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::VpcLink',
  'AWS::EC2::FlowLog',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
])
/** Services whose resources say nothing about packets. */
const silent =
  /^(?:AWS::(?:ApplicationAutoScaling|CertificateManager|CloudWatch|IAM|Lambda|Logs|Route53|S3|SQS|Scheduler|StepFunctions)::|Custom::Portcullis)/

/** Throws for a template with anything that it cannot place, or with a parameter that has no default. */
export function planOf(text: string, service: string, databaseGroup?: string): Plan {
  const { program, factsIn } = open(
    { templates: [{ path: 'template', text }], readFile: () => undefined, ownFunctions: new Set() },
    noDeclarations,
  )
  const defaults = [...program.stacks].flatMap(({ key, source }) => {
    const parameters = source.root.entries.get('Parameters')?.node
    if (parameters?.kind !== 'map') return []
    return [...parameters.entries].flatMap(([name, { node }]) => {
      const fallback = node.kind === 'map' ? node.entries.get('Default')?.node : undefined
      return fallback?.kind === 'scalar' ? [[`${key}:${name}`, fallback.text] as const] : []
    })
  })
  const facts = factsIn({ ...anyWorld, choices: new Map([...defaults, ['AWS::Region', 'eu-west-1']]) })
  for (const resource of program.resources.values())
    if (!placed.has(resource.type) && !silent.test(resource.type))
      throw new Error(`${resource.id} is an ${resource.type}, which this test cannot place`)

  const only = (type: string, id?: string): Resource => {
    const found = facts.all(type).filter((resource) => id === undefined || resource.id === id)
    if (found.length !== 1 || !found[0]) throw new Error(`one ${type} expected, found ${found.length}`)
    return found[0]
  }
  const loadBalancer = only(loadBalancerType)
  const tasks = only(serviceType, service)
  const link = only(linkType)
  const vpc = only('AWS::EC2::VPC')
  const others = facts.all(serviceType).filter((each) => each !== tasks)

  const albSubnets = subnetsOf(facts, loadBalancer)
  const addresses = new Map<Resource, string>([
    [loadBalancer, inSubnet(facts, albSubnets, 0, 10)],
    [tasks, inSubnet(facts, taskSubnets(facts, tasks), 1, 20)],
    [link, inSubnet(facts, facts.get(link, 'SubnetIds'), 0, 30)],
    ...others.map((each, index) => [each, inSubnet(facts, taskSubnets(facts, each), 1, 40 + index)] as const),
  ])
  const databaseAddress = inSubnet(facts, albSubnets, 1, 77)
  const elsewhere = new Map(databaseGroup === undefined ? [] : [[databaseGroup, databaseAddress]])
  const groupsOfHost = (resource: Resource): Carried =>
    resource === tasks
      ? taskGroups(facts, tasks)
      : resource === link
        ? groupsOfLink(facts, link)
        : groupsOf(facts, resource)
  const host = (resource: Resource): Host => ({
    address: addresses.get(resource) as string,
    ingress: linesOf(facts, groupsOfHost(resource), 'ingress', addresses, elsewhere),
    egress: linesOf(facts, groupsOfHost(resource), 'egress', addresses, elsewhere),
  })

  const api = apiOf(only(apiTypes[0]))
  const [part] = integrationSources(facts, api).filter((each) => belongsTo(facts, each, api).is === 'yes')
  const integration = part && integrationOf(facts, part)
  const guarded = routeSources(facts, api)
    .filter((each) => belongsTo(facts, each, api).is === 'yes')
    .map((each) => routeOf(facts, each, api))
    .find(({ access }) => access.kind === 'closed')?.key
  const serverName = integration?.verified.kind === 'name' ? textOf(integration.verified.value) : undefined
  if (!integration || linkIn(facts, integration.link) !== link || !guarded || !serverName)
    throw new Error('no guarded route of an API leads through the link with a verified name')
  const listener = resourceOf(facts, integration.target, listenerType)
  const port = listener ? Number(textOf(facts.get(listener, 'Port'))) : Number.NaN
  const [targetGroup] = targetGroupsOf(facts, tasks).known
  const taskPort = targetGroup ? Number(textOf(facts.get(targetGroup, 'Port'))) : Number.NaN
  const range = textOf(facts.get(vpc, 'CidrBlock'))
  if (!range || !port || !taskPort) throw new Error('the range of the VPC or a port is not known')
  const isRouted = [albSubnets, taskSubnets(facts, tasks)].some((subnets) => leadsOut(facts, subnets))
  return {
    vpc: range,
    link: host(link),
    loadBalancer: { ...host(loadBalancer), port },
    task: { ...host(tasks), port: taskPort },
    ...(databaseGroup === undefined
      ? {}
      : {
          database: {
            address: databaseAddress,
            ingress: linesInto(facts, databaseGroup, tasks, addresses.get(tasks) as string),
            egress: [],
          },
        }),
    stranger: inSubnet(facts, albSubnets, 0, 99),
    isRouted,
    serverName,
    guarded,
  }
}

/** Whether a route leads out of the subnets. */
function leadsOut(facts: Facts, subnets: Value): boolean {
  const { known, others, perhaps } = tablesOf(facts, subnets)
  if (others.length > 0 || perhaps.length > 0) throw new Error('routes are not known')
  return known.some(({ table }) =>
    exitSources(facts).some((source) => {
      const answer = isOfTable(facts, source, table)
      if (answer.is === 'maybe') throw new Error('routes are not known')
      return answer.is === 'yes' && exitOf(facts, source) !== undefined
    }),
  )
}

/** The `host`-th address of one of the subnets. */
function inSubnet(facts: Facts, subnets: Value, index: number, host: number): string {
  const { known } = resourcesOf(facts, subnets, 'AWS::EC2::Subnet')
  const subnet = known[index % known.length]
  const range: Range | undefined = subnet ? parseRange(textOf(facts.get(subnet, 'CidrBlock')) ?? '') : undefined
  if (!range) throw new Error('the range of a subnet is not known')
  const address = range.first + BigInt(host)
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.')
}

function linesOf(
  facts: Facts,
  { known, others }: Carried,
  direction: Direction,
  addresses: ReadonlyMap<Resource, string>,
  elsewhere: ReadonlyMap<string, string>,
): Line[] {
  if (others.length > 0) throw new Error('a security group is not known')
  return known.flatMap((group) =>
    ruleSources(facts, group, direction).flatMap((source) => {
      const { answer, rules, unread } = rulesFrom(facts, group, source, direction)
      if (answer.is === 'no') return []
      if (answer.is === 'maybe' || unread.length > 0) throw new Error(`rules of ${group.name} are not known`)
      return rules.flatMap((rule) => {
        const peers = peersOf(rule)
        return peers.length > 0 ? [{ peers, traffic: rule.traffic }] : []
      })
    }),
  )

  function peersOf({ name, peer }: Rule): string[] {
    if (peer.kind === 'range') return peer.range.family === 4 ? [peer.text] : []
    // The addresses of S3, by their prefix list: no host of this network has one.
    if (direction === 'egress' && peer.kind === 'unknown' && /^pl-/.test(textOf(peer.value) ?? '')) return []
    const outside = peer.kind === 'unknown' ? elsewhere.get(textOf(peer.value) ?? '') : undefined
    if (outside !== undefined) return [outside]
    if (peer.kind === 'unknown') throw new Error(`the peer of ${name} is not known`)
    // Endpoints of AWS services carry groups too, and are not hosts of this network.
    return carrierSources(facts, peer.group)
      .filter((member) => carries(facts, member, peer.group).is === 'yes' && facts.exists(member))
      .flatMap((member) => addresses.get(member) ?? (member.type === 'AWS::EC2::VPCEndpoint' ? [] : fail(member)))
  }
}

/** Rules that the templates add to a group that they do not make, for the tasks of the service. */
function linesInto(facts: Facts, group: string, tasks: Resource, address: string): Line[] {
  const own = taskGroups(facts, tasks).known
  return facts
    .all('AWS::EC2::SecurityGroupIngress')
    .filter((rule) => textOf(facts.get(rule, 'GroupId')) === group)
    .filter((rule) => {
      const source = resourceOf(facts, facts.get(rule, 'SourceSecurityGroupId'), 'AWS::EC2::SecurityGroup')
      return source !== undefined && own.some(({ resource }) => resource === source)
    })
    .map((rule) => ({ peers: [address], traffic: `tcp/${textOf(facts.get(rule, 'FromPort'))}` }))
}

function fail(member: Resource): never {
  throw new Error(`${member.id} carries a group and has no place in this network`)
}
