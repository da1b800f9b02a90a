/** ECS services: where their tasks stand in the network, and what stands in front of them. */
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'
import { resourceOf, resourcesOf } from './identity.ts'
import { inFrontOf, targetGroupType } from './load-balancers.ts'

export const serviceType = 'AWS::ECS::Service'

const network = 'NetworkConfiguration.AwsvpcConfiguration'

export const taskGroups = (facts: Facts, service: Resource): Value => facts.get(service, `${network}.SecurityGroups`)
export const taskSubnets = (facts: Facts, service: Resource): Value => facts.get(service, `${network}.Subnets`)

/** ECS gives no public address unless told, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
export const publicAddress = (facts: Facts, service: Resource): Value => {
  const assign = facts.get(service, `${network}.AssignPublicIp`)
  return isAbsent(assign) ? { kind: 'text', text: 'DISABLED' } : assign
}

/** Tasks with an own network interface; undefined when that is not known, and then nothing about them is. */
export function hasOwnInterface(facts: Facts, service: Resource): boolean | undefined {
  const configuration = facts.get(service, network)
  if (configuration.kind === 'map') return true
  if (!isAbsent(configuration)) return undefined
  const definition = resourceOf(facts.around.program, facts.get(service, 'TaskDefinition'), 'AWS::ECS::TaskDefinition')
  const mode = definition ? textOf(facts.get(definition, 'NetworkMode')) : undefined
  return mode === undefined ? undefined : mode === 'awsvpc'
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
