/**
 * A template as one account has it: references, conditions and functions worked out, scalars as text. What CloudFormation
 * would know of a resource is its logical ID. It shares no code with the verifier.
 */
import type { Json } from './read-template.ts'

export type Place = {
  readonly account: string
  readonly region: string
  readonly partition?: string
  readonly stackId?: string
  readonly parameters?: Readonly<Record<string, string>>
}

export function deployed(template: Json, place: Place): Record<string, Json> {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': place.account,
    'AWS::Region': place.region,
    'AWS::Partition': place.partition ?? 'aws',
    'AWS::URLSuffix': place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': 'stack',
    'AWS::StackId':
      place.stackId ??
      `arn:aws:cloudformation:${place.region}:${place.account}:stack/stack/0a1b2c3d-0000-1111-2222-333344445555`,
  }
  const parameter = (name: string): Json => place.parameters?.[name] ?? template.Parameters?.[name]?.Default
  const named = (name: string): Json => {
    if (name in pseudo) return pseudo[name]
    if (name === 'AWS::NoValue') return undefined
    const { Type } = template.Parameters?.[name] ?? {}
    if (Type === undefined) return name
    const given = String(parameter(name) ?? `any ${name}`)
    return Type === 'CommaDelimitedList' ? given.split(',') : given
  }
  const holds = (name: string): boolean => value(template.Conditions[name])
  const functions: Record<string, (argument: Json) => Json> = {
    Ref: named,
    Condition: holds,
    'Fn::GetAtt': ([id, attribute]) => `${id}.${attribute}`,
    'Fn::Sub': (argument) => {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, {}]
      return text.replace(/\$\{(!?)([^}]+)\}/g, (_: string, literal: string, name: string) =>
        literal ? `\${${name}}` : name in variables ? value(variables[name]) : named(name),
      )
    },
    'Fn::If': ([name, then, otherwise]) => value(holds(name) ? then : otherwise),
    'Fn::Equals': ([a, b]) => value(a) === value(b),
    'Fn::Not': ([a]) => !value(a),
    'Fn::And': (all: Json[]) => all.every(value),
    'Fn::Or': (all: Json[]) => all.some(value),
    'Fn::Join': ([separator, parts]) => value(parts).join(separator),
    'Fn::Split': ([separator, text]) => value(text).split(separator),
    'Fn::Select': ([index, list]) => {
      const found = value(list)[Number(index)]
      if (found === undefined) throw new Error(`Fn::Select cannot select nonexistent value at index ${index}`)
      return found
    },
    'Fn::FindInMap': ([map, key, name]) => value(template.Mappings[map][value(key)][name]),
    'Fn::Cidr': ([block, count]) =>
      Array.from({ length: Number(count) }, (_, index) => `part ${index} of ${value(block)}`),
  }
  function value(given: Json): Json {
    if (Array.isArray(given)) return given.map(value).filter((each) => each !== undefined)
    if (given === null || typeof given !== 'object') return typeof given === 'boolean' ? given : String(given)
    const [[name, argument] = ['', undefined], ...others] = Object.entries<Json>(given)
    const apply = others.length === 0 ? functions[name] : undefined
    if (apply) return apply(argument)
    return Object.fromEntries(
      Object.entries<Json>(given)
        .map(([key, each]) => [key, value(each)])
        .filter(([, each]) => each !== undefined),
    )
  }
  return Object.fromEntries(
    Object.entries<Json>(template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
      .map(([id, resource]) => [
        id,
        {
          ...resource,
          get properties() {
            return value(resource.Properties ?? {})
          },
        },
      ]),
  )
}
