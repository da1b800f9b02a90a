/** ECS tasks: where they stand in the network, and what stands in front of them. */
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, list, text, textOf, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'
import { resourceOf, resourcesOf } from './identity.ts'
import { inFrontOf, targetGroupType } from './load-balancers.ts'

export const serviceType = 'AWS::ECS::Service'

/** Types whose tasks stand somewhere in the network: services, and what starts single tasks. */
export const taskTypes = [serviceType, 'AWS::Events::Rule', 'AWS::Pipes::Pipe', 'AWS::Scheduler::Schedule'] as const

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
    case 'AWS::Events::Rule': {
      const targets = facts.get(resource, 'Targets')
      return (itemsOf(targets) ?? [targets]).flatMap((each) =>
        runOf(entry(each, 'EcsParameters'), 'AwsVpcConfiguration'),
      )
    }
    case 'AWS::Pipes::Pipe':
      return runOf(facts.get(resource, 'TargetParameters.EcsTaskParameters'), 'AwsvpcConfiguration')
    case 'AWS::Scheduler::Schedule':
      return runOf(facts.get(resource, 'Target.EcsParameters'), 'AwsvpcConfiguration')
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
  runsOf(facts, resource).flatMap(
    ({ definition }) => resourceOf(facts.around.program, definition, 'AWS::ECS::TaskDefinition') ?? [],
  )

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

export const taskGroups = (facts: Facts, resource: Resource): Value => named(facts, resource, 'SecurityGroups')
export const taskSubnets = (facts: Facts, resource: Resource): Value => named(facts, resource, 'Subnets')

/** ECS gives no public address unless told, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export function publicAddress(facts: Facts, resource: Resource): Value {
  const all = runsOf(facts, resource).map(({ network }) => entry(network, 'AssignPublicIp'))
  return (
    all.find((value) => textOf(value) === 'ENABLED') ??
    all.find((value) => !isAbsent(value) && textOf(value) !== 'DISABLED') ??
    text('DISABLED')
  )
}

/** Tasks with an own network interface; undefined when that is not known, and then nothing about them is. */
export function hasOwnInterface(facts: Facts, resource: Resource): boolean | undefined {
  const answers = runsOf(facts, resource).map(({ network, definition }) => {
    if (network.kind === 'map') return true
    if (!isAbsent(network)) return undefined
    const declared = resourceOf(facts.around.program, definition, 'AWS::ECS::TaskDefinition')
    const mode = declared ? textOf(facts.get(declared, 'NetworkMode')) : undefined
    return mode === undefined ? undefined : mode === 'awsvpc'
  })
  return answers.find((answer) => answer !== true) ?? (answers.includes(undefined) ? undefined : true)
}

export type TargetGroups = { readonly known: readonly Resource[]; readonly others: readonly Value[] }

export function targetGroupsOf(facts: Facts, service: Resource): TargetGroups {
  const attached = facts.get(service, 'LoadBalancers')
  const items = itemsOf(attached)
  if (!items) return { known: [], others: [attached] }
  const arns = items.map((item) => (item.kind === 'map' ? entry(item, 'TargetGroupArn') : item))
  return resourcesOf(
    facts.around.program,
    { kind: 'list', items: arns.filter((arn) => !isAbsent(arn)) },
    targetGroupType,
  )
}

export const loadBalancersOf = (facts: Facts, service: Resource): Resource[] => [
  ...new Set(targetGroupsOf(facts, service).known.flatMap((group) => inFrontOf(facts, group))),
]

export const servicesBehind = (facts: Facts, targetGroup: Resource): Resource[] =>
  facts.all(serviceType).filter((service) => targetGroupsOf(facts, service).known.includes(targetGroup))
