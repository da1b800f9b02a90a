/**
 * What the stack of its addons gave a workload, by the type of what each output refers to: policies, secrets and groups
 * have places of their own, all else is a variable. https://aws.github.io/copilot-cli/docs/developing/addons/workload/
 */
import { groupOf } from '../groups.ts'
import { unknownIn } from '../interpolate.ts'
import { carried, type Item, implied } from '../item.ts'
import { isMap, look, textOf, type Value } from '../value.ts'
import type { Context } from '../workload/context.ts'
import { likelyPort } from '../workload/network.ts'
import { named, referenced, settledText } from './functions.ts'
import { policy } from './policy.ts'

/** As Copilot wrote names of outputs: `usersDdbTableName` is USERS_DDB_TABLE_NAME. */
export const variableOf = (output: string): string =>
  output
    .replace(/([a-z0-9]+)([A-Z])/g, '$1_$2')
    .replace(/([A-Z0-9])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()

/** Parameters of an addon, and what every template knows. */
const knownIn =
  (template: Value, { names, name }: Context) =>
  (parameter: string): string | undefined => {
    const own: Readonly<Record<string, string | undefined>> = {
      App: names.application,
      Env: '{environment}',
      Name: name,
      'AWS::Region': '{region}',
      'AWS::AccountId': '{account}',
      'AWS::Partition': 'aws',
    }
    return Object.hasOwn(own, parameter) ? own[parameter] : textOf(look(template, 'Parameters', parameter, 'Default'))
  }

const resourcesOf = (template: Value): readonly Value[] => {
  const resources = look(template, 'Resources')
  return isMap(resources) ? resources.entries.map(({ value }) => value) : []
}

/** The port on which a group is admitted somewhere. */
const portFor = (template: Value, group: string): number | undefined => {
  const rules = resourcesOf(template).flatMap((each) => {
    const properties = look(each, 'Properties')
    const inside = look(properties, 'SecurityGroupIngress')
    return [...(inside?.kind === 'list' ? inside.items : []), ...(properties === undefined ? [] : [properties])]
  })
  const rule = rules.find((each) => named(look(each, 'SourceSecurityGroupId')) === group)
  const own = look(template, 'Resources', group, 'Properties', 'SecurityGroupIngress')
  const found = rule ?? (own?.kind === 'list' ? own.items[0] : undefined)
  const port = Number(textOf(look(found, 'FromPort')))
  return Number.isInteger(port) && port > 0 ? port : undefined
}

const output = (template: Value, id: string, value: Value, context: Context): readonly Item[] => {
  const { path, names, name, manifest } = context
  const logical = referenced(value)
  const resource = logical === undefined ? undefined : look(template, 'Resources', logical)
  const type = textOf(look(resource, 'Type'))
  const variable = variableOf(id)
  const known = knownIn(template, context)
  const stack = `the output ${id} of the stack of the addons of ${name}, which is nested in the old stack ${names.application}-${names.environment ?? 'ENV'}-${name}`
  if (type === 'AWS::IAM::ManagedPolicy') return policy(value, resource, logical ?? id, context, known)
  if (type === 'AWS::EC2::SecurityGroup') {
    const port = portFor(template, logical ?? '') ?? likelyPort(id, context)
    return [
      carried(value, [...path, 'reaches'], groupOf(logical ?? id, port), {
        append: true,
        ask: `the tasks were in the group ${logical}: write the group of what it let them reach, and its port`,
      }),
    ]
  }
  const place = type === 'AWS::SecretsManager::Secret' ? 'secrets' : 'environment'
  if (look(manifest, 'variables', variable) !== undefined || look(manifest, 'secrets', variable) !== undefined)
    return [implied(value, `${variable} is in the manifest, which counts`)]
  const text = settledText(value, (each) => (each === 'AWS::Region' ? names.region : undefined))
  return [
    carried(value, [...path, place, variable], text ?? unknownIn(names), text === undefined ? { ask: stack } : {}),
  ]
}

export const addons = (template: Value, context: Context): readonly Item[] => {
  const outputs = look(template, 'Outputs')
  return isMap(outputs)
    ? outputs.entries.flatMap(({ key, value: each }) => {
        const value = look(each, 'Value')
        return value === undefined ? [] : output(template, key, value, context)
      })
    : []
}
