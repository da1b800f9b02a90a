/** ECS tasks: where they are in the network, and what is in front of them. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt, resourceOf, resourcesOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import {
  any,
  booleanOf,
  entry,
  integerOf,
  isAbsent,
  itemsOf,
  list,
  nothing,
  piecesOf,
  textOf,
  type Value,
} from '../resolve/value.ts'
import { type Carried, carriedGroups } from './groups.ts'
import { type Known, unlessBoolean, wordOf } from './known.ts'
import { inFrontOf, targetGroupType } from './load-balancers.ts'
import { startedBy, stateMachineType } from './state-machines.ts'
import { subnetType } from './vpcs.ts'

export const serviceType = 'AWS::ECS::Service'
export const taskSetType = 'AWS::ECS::TaskSet'
export const definitionType = 'AWS::ECS::TaskDefinition'

/** Types whose tasks stand somewhere in the network: services, and what starts single tasks. */
export const taskTypes = [
  serviceType,
  taskSetType,
  'AWS::Events::Rule',
  'AWS::Pipes::Pipe',
  'AWS::Scheduler::Schedule',
  stateMachineType,
] as const

/** How tasks are started: their definition, and their own network interface. */
type Run = { readonly network: Value; readonly definition: Value }

function runsOf(facts: Facts, resource: Resource): readonly Run[] {
  switch (resource.type) {
    case serviceType:
      return [
        {
          network: facts.get(resource, 'NetworkConfiguration.AwsvpcConfiguration'),
          definition: facts.get(resource, 'TaskDefinition'),
        },
      ]
    case taskSetType:
      return [
        {
          network: facts.get(resource, 'NetworkConfiguration.AwsVpcConfiguration'),
          definition: facts.get(resource, 'TaskDefinition'),
        },
      ]
    case 'AWS::Events::Rule':
      return piecesOf(facts.get(resource, 'Targets')).flatMap((each) =>
        runOf(entry(each, 'EcsParameters'), 'AwsVpcConfiguration'),
      )
    case 'AWS::Pipes::Pipe':
      return runOf(facts.get(resource, 'TargetParameters.EcsTaskParameters'), 'AwsvpcConfiguration')
    case 'AWS::Scheduler::Schedule':
      return runOf(facts.get(resource, 'Target.EcsParameters'), 'AwsvpcConfiguration')
    case stateMachineType:
      return startedBy(facts, resource) ?? []
    default:
      return []
  }
}

/** The name of the last property is not spelled the same everywhere. */
const runOf = (parameters: Value, network: string): Run[] =>
  isAbsent(parameters)
    ? []
    : [
        {
          network: entry(entry(parameters, 'NetworkConfiguration'), network),
          definition: entry(parameters, 'TaskDefinitionArn'),
        },
      ]

export const runsTasks = (facts: Facts, resource: Resource): boolean => runsOf(facts, resource).length > 0

/** Task definitions of the templates that it runs. */
export const definitionsOf = (facts: Facts, resource: Resource): Resource[] =>
  runsOf(facts, resource).flatMap(({ definition }) => resourceOf(facts, definition, definitionType) ?? [])

/** What all runs name, as one list; something unknown makes it unknown. */
function together(values: readonly Value[]): Value {
  const [only] = values
  if (only && values.length === 1) return only
  const lists = values.map(itemsOf)
  const open = values.find((_, index) => lists[index] === undefined)
  return open ?? list(lists.flatMap((items) => items ?? []))
}

const named = (facts: Facts, resource: Resource, name: string): Value =>
  together(runsOf(facts, resource).map(({ network }) => entry(network, name)))

export const taskSubnets = (facts: Facts, resource: Resource): Value => named(facts, resource, 'Subnets')

export const taskGroups = (facts: Facts, resource: Resource): Carried =>
  carriedGroups(facts, named(facts, resource, 'SecurityGroups'), taskSubnets(facts, resource))

export const namesNoGroup = (facts: Facts, resource: Resource): boolean =>
  piecesOf(named(facts, resource, 'SecurityGroups')).length === 0

/** ECS gives no public address unless told, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export function publicAddress(facts: Facts, resource: Resource): Known<'ENABLED' | 'DISABLED'> {
  const all = runsOf(facts, resource).map(({ network }) =>
    wordOf(entry(network, 'AssignPublicIp'), ['ENABLED', 'DISABLED'], 'DISABLED'),
  )
  return (
    all.find((each) => 'known' in each && each.known === 'ENABLED') ??
    all.find((each) => 'unknown' in each) ?? { known: 'DISABLED' }
  )
}

/** Tasks in a subnet with IPv6 may have an address of it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html */
export function hasIpv6(facts: Facts, resource: Resource): boolean | Value {
  const { known, others } = resourcesOf(facts, taskSubnets(facts, resource), subnetType)
  const answers = [...known.flatMap((subnet) => ipv6In(facts, subnet)), ...others]
  return answers.find((each) => each === true) ?? answers.find((each) => each !== false) ?? false
}

function ipv6In(facts: Facts, subnet: Resource): readonly (boolean | Value)[] {
  const ranges = ['Ipv6CidrBlock', 'Ipv6IpamPoolId'].map((name) => !isAbsent(facts.get(subnet, name)))
  const switches = ['Ipv6Native', 'AssignIpv6AddressOnCreation'].map((name) => {
    const value = facts.get(subnet, name)
    return booleanOf(value, false) ?? unlessBoolean(value)
  })
  const blocks = facts.candidates('AWS::EC2::SubnetCidrBlock').map((block) => {
    const answer = isIt(facts, facts.get(block, 'SubnetId'), subnet.key)
    return answer.is !== 'no' && facts.exists(block) && (answer.is === 'yes' || answer.value)
  })
  return [...ranges, ...switches, ...blocks]
}

export type Interface =
  | { readonly is: 'own' }
  /** That of its host, or one that is not in the templates. */
  | { readonly is: 'unknown'; readonly value: Value; readonly because: string; readonly isElsewhere: boolean }

/** Whether tasks have a network interface of their own that the templates describe; nothing else about them counts. */
export function interfaceOf(facts: Facts, resource: Resource): Interface {
  const controller = facts.get(resource, 'DeploymentController')
  if (resource.type === serviceType && !isAbsent(controller)) {
    const kind = wordOf(entry(controller, 'Type'), ['ECS', 'CODE_DEPLOY', 'EXTERNAL'], 'ECS')
    if (!('known' in kind) || kind.known !== 'ECS')
      return {
        is: 'unknown',
        isElsewhere: true,
        value: 'known' in kind ? itself(resource) : kind.unknown,
        because: `a deployment outside the templates says in which network the tasks of ${resource.id} start`,
      }
  }
  for (const { network, definition } of runsOf(facts, resource)) {
    if (network.kind === 'map') continue
    const declared = resourceOf(facts, definition, definitionType)
    const mode = declared ? textOf(facts.get(declared, 'NetworkMode')) : undefined
    if (isAbsent(network) && mode === 'awsvpc') continue
    return {
      is: 'unknown',
      isElsewhere: false,
      value:
        resource.type !== serviceType ? itself(resource) : isAbsent(network) ? orItself(definition, resource) : network,
      because: `the tasks of ${resource.id} share the network of their container instance, which is not modelled`,
    }
  }
  return { is: 'own' }
}

const itself = ({ id }: Resource): Value => any(id, nothing, { kind: 'opaque', name: id })
const orItself = (value: Value, resource: Resource): Value => (isAbsent(value) ? itself(resource) : value)

export type TargetGroups = { readonly known: readonly Resource[]; readonly others: readonly Value[] }

/** Target groups that a service registers its tasks with, those of blue-green deployments among them. */
export function targetGroupsOf(facts: Facts, service: Resource): TargetGroups {
  const items = piecesOf(facts.get(service, 'LoadBalancers'))
  const arns = items.flatMap((item) =>
    item.kind === 'map'
      ? [entry(item, 'TargetGroupArn'), entry(entry(item, 'AdvancedConfiguration'), 'AlternateTargetGroupArn')]
      : [item],
  )
  return resourcesOf(facts, list(arns.filter((arn) => !isAbsent(arn))), targetGroupType)
}

/** While an update runs, a load balancer is that of the tasks that it has before or after it. */
export const isInFrontAtTimes = ({ around }: Facts, loadBalancer: Resource, tasks: Resource): boolean =>
  around.inFront.has(pairOf(loadBalancer.key, tasks.key))
export const pairOf = (loadBalancer: string, tasks: string): string => `${loadBalancer} ${tasks}`

/** Load balancers in front of its tasks, for certain. */
export const loadBalancersOf = (facts: Facts, service: Resource): Resource[] => [
  ...new Set(targetGroupsOf(facts, service).known.flatMap((group) => inFrontOf(facts, group).known)),
]

/** What keeps the load balancers in front from being known. */
export function perhapsInFront(facts: Facts, service: Resource): Value | undefined {
  const { known, others } = targetGroupsOf(facts, service)
  return others[0] ?? known.flatMap((group) => inFrontOf(facts, group).others.map(({ value }) => value))[0]
}

export const serviceSources = (facts: Facts): readonly Resource[] => facts.candidates(serviceType, taskSetType)

/** Whether a service registers its tasks with the target group. */
export function standsBehind(facts: Facts, service: Resource, targetGroup: Resource): Answer {
  const { known, others } = targetGroupsOf(facts, service)
  if (known.includes(targetGroup)) return { is: 'yes', because: 'the same resource' }
  for (const value of others) {
    const answer = isIt(facts, value, targetGroup.key)
    if (answer.is !== 'no') return { is: 'maybe', value }
  }
  return { is: 'no', because: 'another resource' }
}

export const servicesBehind = (facts: Facts, targetGroup: Resource): Resource[] =>
  serviceSources(facts).filter(
    (service) => standsBehind(facts, service, targetGroup).is === 'yes' && facts.exists(service),
  )

/** Ports of the containers that a service registers with the target group; undefined for one that is not known. */
export function containerPorts(facts: Facts, service: Resource, group: Resource): readonly (number | undefined)[] {
  const items = piecesOf(facts.get(service, 'LoadBalancers')).filter(
    (item) =>
      item.kind !== 'map' ||
      isIt(facts, entry(item, 'TargetGroupArn'), group.key).is !== 'no' ||
      !isAbsent(entry(item, 'AdvancedConfiguration')),
  )
  const ports = items.map((item) => (item.kind === 'map' ? integerOf(entry(item, 'ContainerPort')) : undefined))
  return ports.length === 0 ? [undefined] : ports
}

/** A service that may stand behind one of the target groups: it names another that is not known, or others start it. */
export function servicesPerhapsBehind(
  facts: Facts,
  groups: readonly Resource[],
): { readonly service: Resource; readonly value: Value; readonly facet: 'value' | 'opens' } | undefined {
  for (const service of serviceSources(facts)) {
    if (!facts.exists(service)) continue
    const found = interfaceOf(facts, service)
    if (found.is === 'unknown' && found.isElsewhere) return { service, value: found.value, facet: 'opens' }
    const [value] = targetGroupsOf(facts, service).others.filter(
      (other) => other.kind === 'outside' || groups.some(({ key }) => isIt(facts, other, key).is === 'maybe'),
    )
    if (value) return { service, value, facet: 'value' }
  }
  return undefined
}

export const registryType = 'AWS::ServiceDiscovery::Service'

/** Names in Cloud Map under which the tasks of a service are found. */
export const registriesOf = (facts: Facts, service: Resource): readonly Resource[] =>
  piecesOf(facts.get(service, 'ServiceRegistries')).flatMap(
    (item) => resourceOf(facts, entry(item, 'RegistryArn'), registryType) ?? [],
  )

/** Ports that the names lead to; undefined for one that is not known. */
export const registeredPorts = (facts: Facts, service: Resource): readonly (number | undefined)[] =>
  piecesOf(facts.get(service, 'ServiceRegistries')).map(
    (item) => integerOf(entry(item, 'ContainerPort')) ?? integerOf(entry(item, 'Port')),
  )
