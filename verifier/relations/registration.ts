/** Who puts targets into a target group, and whether it takes them. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, integerOf, isAbsent, itemsOf, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { type Known, wordOf } from './known.ts'
import { listenerRuleType, listenerType, targetsOfGroup } from './load-balancers.ts'
import { definitionType } from './tasks.ts'
import { strangersTo } from './unread.ts'
import { valuesAt } from './values-at.ts'

/** Types besides ECS services that register what they start, and where they name the target group. */
const registrars = [
  ['AWS::AutoScaling::AutoScalingGroup', 'TargetGroupARNs'],
  ['AWS::AutoScaling::AutoScalingGroup', 'TrafficSources.Identifier'],
  ['AWS::EC2::SpotFleet', 'SpotFleetRequestConfigData.LoadBalancersConfig.TargetGroupsConfig.TargetGroups.Arn'],
] as const

/** Whether the templates themselves put something into it that is no task of a service. */
export const hasOtherTargets = (facts: Facts, group: Resource): boolean =>
  targetsOfGroup(facts, group).length > 0 ||
  registrars.some(([type, path]) =>
    facts
      .candidates(type)
      .some(
        (each) =>
          valuesAt(facts, each, path).some((value) => isIt(facts, value, group.key).is === 'yes') && facts.exists(each),
      ),
  )

/** What is given the target group and not understood, and so may put targets into it. */
export const mayRegister = (facts: Facts, group: Resource): readonly Resource[] =>
  strangersTo(facts, [group.key]).filter(
    (each) => each.type !== listenerType && each.type !== listenerRuleType && facts.exists(each),
  )

/** What a target group takes; instances unless it says otherwise, https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const targetTypeOf = (facts: Facts, group: Resource): Known<'instance' | 'ip' | 'lambda' | 'alb'> =>
  wordOf(facts.get(group, 'TargetType'), ['instance', 'ip', 'lambda', 'alb'], 'instance')

export type Missing = { readonly because: string; readonly remedy: string }

/** What a service registers with the group but its task definition certainly does not have: ECS refuses the service. */
export function missingContainer(facts: Facts, service: Resource, group: Resource): Missing | undefined {
  const definition = resourceOf(facts, facts.get(service, 'TaskDefinition'), definitionType)
  if (!definition) return undefined
  const containers = itemsOf(facts.get(definition, 'ContainerDefinitions'))
  for (const item of piecesOf(facts.get(service, 'LoadBalancers'))) {
    const name = textOf(entry(item, 'ContainerName'))
    if (name === undefined || isIt(facts, entry(item, 'TargetGroupArn'), group.key).is !== 'yes') continue
    const names = containers?.map((each) => textOf(entry(each, 'Name')))
    if (!names || names.includes(undefined)) continue
    const container = containers?.[names.indexOf(name)]
    if (!container)
      return { because: `no container of ${definition.id} is called ${name}`, remedy: `name a container of it` }
    const port = integerOf(entry(item, 'ContainerPort'))
    if (port !== undefined && hasNoPort(container, port))
      return {
        because: `the container ${name} of ${definition.id} does not open the port ${port}`,
        remedy: `write PortMappings with ContainerPort: ${port}`,
      }
  }
  return undefined
}

function hasNoPort(container: Value, port: number): boolean {
  const mappings = itemsOf(entry(container, 'PortMappings'))
  if (!mappings) return isAbsent(entry(container, 'PortMappings'))
  return mappings.every((each) => {
    const known = integerOf(entry(each, 'ContainerPort'))
    return known !== undefined && known !== port
  })
}
