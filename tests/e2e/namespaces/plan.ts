/**
 * What templates say about packets, as a plan for a small network of this machine. Everything in it comes out of the
 * verifier's resolver; a resource that this cannot place is an error, so that nothing is left out silently.
 */
import { noDeclarations } from '../../../verifier/declarations.ts'
import type { Facts } from '../../../verifier/facts/facts.ts'
import { resourcesOf } from '../../../verifier/facts/identity.ts'
import { open } from '../../../verifier/judge/session.ts'
import { type Carried, carriedGroups } from '../../../verifier/relations/groups.ts'
import { groupsOfLink, linkType } from '../../../verifier/relations/links.ts'
import { groupsOf, listenerType, loadBalancerType, subnetsOf } from '../../../verifier/relations/load-balancers.ts'
import { exitOf, exitSources, isOfTable, tablesOf } from '../../../verifier/relations/routes.ts'
import { serviceType, targetGroupsOf, taskGroups, taskSubnets } from '../../../verifier/relations/tasks.ts'
import { parseRange, type Range } from '../../../verifier/resolve/cidr.ts'
import type { Program, Resource } from '../../../verifier/resolve/program.ts'
import { textOf, type Value } from '../../../verifier/resolve/value.ts'
import type { World } from '../../../verifier/resolve/world.ts'
import { gatewaysOf, type Route } from './gateways.ts'
import { type Line, linesOf } from './lines.ts'
import { type ListenerRule, otherwiseOf, rulesOf } from './listener-rules.ts'

export type Host = {
  readonly address: string
  /** Where it answers. */
  readonly port?: number
  readonly ingress: readonly Line[]
  readonly egress: readonly Line[]
}

export type Plan = {
  readonly vpc: string
  /** Everything that carries a security group, by its stack and logical ID: `shop/LoadBalancer`. */
  readonly hosts: ReadonlyMap<string, Host>
  /** The hosts that are the VPC link and the load balancer. */
  readonly link: string
  readonly loadBalancer: string
  readonly listener: {
    readonly port: number
    readonly rules: readonly ListenerRule[]
    /** The status of what no rule takes. */
    readonly otherwise: number
  }
  /** The APIs, by their stack, with routes that need a token. */
  readonly gateways: ReadonlyMap<string, readonly Route[]>
  /** The address of a host that another user starts in the same VPC. */
  readonly stranger: string
  /** A route between the internet and the load balancer's or the tasks' subnets. */
  readonly isRouted: boolean
}

export type Templates = {
  /** By the name of the stack. */
  readonly stacks: Readonly<Record<string, string>>
  /** Files that they nest. */
  readonly files?: Readonly<Record<string, string>>
  /** Values of parameters that have no default. */
  readonly parameters?: Readonly<Record<string, string>>
}

const endpointType = 'AWS::EC2::VPCEndpoint'
const instanceType = 'AWS::EC2::Instance'

/** Types that say something about packets, and that this plan takes into account. */
const placed = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  linkType,
  'AWS::CloudFormation::Stack',
  'AWS::EC2::FlowLog',
  instanceType,
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  endpointType,
  'AWS::ECS::Cluster',
  serviceType,
  'AWS::ECS::TaskDefinition',
  listenerType,
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  loadBalancerType,
  'AWS::ElasticLoadBalancingV2::TargetGroup',
])
/** Services whose resources say nothing about packets. */
const silent =
  /^(?:AWS::(?:ApplicationAutoScaling|CertificateManager|CloudWatch|IAM|Lambda|Logs|Route53|S3|SQS|Scheduler|StepFunctions)::|Custom::Portcullis)/

/** Throws for templates with anything that it cannot place, or with a parameter that has no value. */
export function planOf({ stacks, files = {}, parameters = {} }: Templates): Plan {
  const { program, factsIn, start } = open(
    {
      templates: Object.entries(stacks).map(([path, text]) => ({ path, text })),
      readFile: (path) => files[path],
      ownFunctions: new Set(),
    },
    { ...noDeclarations, parameters: new Map(Object.entries(parameters)) },
  )
  const facts = factsIn(withDefaults(program, start))
  for (const { id, type } of program.resources.values())
    if (!placed.has(type) && !silent.test(type)) throw new Error(`${id} is an ${type}, which this test cannot place`)

  const only = (type: string): Resource => {
    const [found, ...more] = facts.all(type)
    if (!found || more.length > 0) throw new Error(`one ${type} expected, found ${found ? more.length + 1 : 0}`)
    return found
  }
  const [loadBalancer, link, vpc, listener] = [loadBalancerType, linkType, 'AWS::EC2::VPC', listenerType].map(only) as [
    Resource,
    Resource,
    Resource,
    Resource,
  ]
  const services = facts.all(serviceType)
  const interfaces: readonly Interface[] = [
    {
      of: loadBalancer,
      subnets: subnetsOf(facts, loadBalancer),
      groups: groupsOf(facts, loadBalancer),
      port: numberOf(facts.get(listener, 'Port')),
    },
    { of: link, subnets: facts.get(link, 'SubnetIds'), groups: groupsOfLink(facts, link) },
    ...services.map((of) => ({
      of,
      subnets: taskSubnets(facts, of),
      groups: taskGroups(facts, of),
      ...portOfTasks(facts, of),
    })),
    ...facts
      .all(endpointType)
      .filter((of) => textOf(facts.get(of, 'VpcEndpointType')) === 'Interface')
      .map((of) => ({ ...carrying(facts, of, 'SubnetIds'), port: 443 })),
    ...facts.all(instanceType).map((of) => carrying(facts, of, 'SubnetId')),
  ]
  const addresses = new Map(
    interfaces.map(({ of, subnets }, index) => [of.key, inSubnet(facts, subnets, index, 10 + index)]),
  )
  const hostOf = ({ of, groups, port }: Interface): Host => ({
    address: addresses.get(of.key) as string,
    ...(port === undefined ? {} : { port }),
    ingress: linesOf(facts, groups, 'ingress', addresses),
    egress: linesOf(facts, groups, 'egress', addresses),
  })
  const range = textOf(facts.get(vpc, 'CidrBlock'))
  if (!range) throw new Error('the range of the VPC is not known')
  return {
    vpc: range,
    hosts: new Map(interfaces.map((each) => [each.of.key, hostOf(each)])),
    link: link.key,
    loadBalancer: loadBalancer.key,
    listener: {
      port: numberOf(facts.get(listener, 'Port')),
      rules: rulesOf(facts, listener),
      otherwise: otherwiseOf(facts, listener),
    },
    gateways: gatewaysOf(facts, link, listener),
    stranger: inSubnet(facts, subnetsOf(facts, loadBalancer), 0, 200),
    isRouted: [subnetsOf(facts, loadBalancer), ...services.map((each) => taskSubnets(facts, each))].some((subnets) =>
      leadsOut(facts, subnets),
    ),
  }
}

/** Every parameter has its default, and a stack the name under which it is given. */
function withDefaults({ stacks }: Program, start: World): World {
  const roots = stacks.filter(({ parent }) => !parent)
  const defaults = roots.flatMap(({ key, source }) => {
    const parameters = source.root.entries.get('Parameters')?.node
    if (parameters?.kind !== 'map') return []
    return [...parameters.entries].flatMap(([name, { node }]) => {
      const fallback = node.kind === 'map' ? node.entries.get('Default')?.node : undefined
      return fallback?.kind === 'scalar' ? [[`${key}:${name}`, fallback.text] as const] : []
    })
  })
  const names = stacks.map(({ key }, index) => [`${index === 0 ? '' : `${key}:`}AWS::StackName`, key] as const)
  return {
    ...start,
    choices: new Map([
      ...defaults,
      ...names,
      ['AWS::Region', 'eu-west-1'],
      ['AWS::AccountId', '111111111111'],
      ...start.choices,
    ]),
  }
}

type Interface = { readonly of: Resource; readonly subnets: Value; readonly groups: Carried; readonly port?: number }

function carrying(facts: Facts, of: Resource, name: 'SubnetIds' | 'SubnetId'): Interface {
  const subnets = facts.get(of, name)
  return { of, subnets, groups: carriedGroups(facts, facts.get(of, 'SecurityGroupIds'), subnets) }
}

function portOfTasks(facts: Facts, service: Resource): Pick<Interface, 'port'> {
  const [group] = targetGroupsOf(facts, service).known
  return group ? { port: numberOf(facts.get(group, 'Port')) } : {}
}

function numberOf(value: Value): number {
  const number = Number(textOf(value))
  if (!number) throw new Error('a port is not known')
  return number
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
