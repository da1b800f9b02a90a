/** What the generator emits, read back as CloudFormation would: references resolved, scalars as text. */
import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import { generate } from '../../generator/generate.ts'
import { parseConfig } from '../../generator/read.ts'
import { assets } from '../support/examples.ts'
import type { Json } from '../support/read-template.ts'
import type { Statement } from './iam.ts'

export type Element = {
  readonly id: string
  readonly type: string
  readonly layer: string
  readonly properties: Json
  /** The policies that it depends on, by logical ID. */
  readonly policies: readonly string[]
}
export type Version = {
  readonly name: string
  readonly parameters: Readonly<Record<string, string>>
  readonly elements: readonly Element[]
  readonly policies: Readonly<
    Record<string, { readonly layer: string; readonly statements: Json; readonly role: 'waiter' | 'writer' }>
  >
  readonly zoneRole: { readonly trust: Json; readonly statements: Json }
}

/** What CloudFormation would know: pseudo parameters, and the ids and attributes of what is there. */
export type Scope = {
  readonly parameters: Readonly<Record<string, string>>
  readonly pseudo: Readonly<Record<string, string>>
  ref(id: string): string
  attribute(id: string, name: string): string
}

const order = [
  'CertificateRequest',
  'CertificateIssued',
  'HttpsListener',
  'VpcLink',
  'VpcLinkReady',
  'ApiDomainName',
  'ApiZoneRoleAliasRecord',
  'IsolationProbe',
]
const rank = (id: string) => order.indexOf(id.replace(/(?<=^CertificateIssued)\d+$/, ''))

export const exampleConfig = (): Json => parse(readFileSync('examples/zone-elsewhere/portcullis.yaml', 'utf8'))

export function versionOf(name: string, change: (config: Json) => void): Version {
  const config = exampleConfig()
  change(config)
  const files = generate(parseConfig(stringify(config), `${name}.yaml`).model, assets, 'json')
  const template = (path: string): Json => JSON.parse(files.find((file) => file.path === path)?.text ?? 'null')
  const whole = template('templates/standalone.json')
  const layerOf = new Map<string, string>()
  for (const { path, text } of files) {
    const layer =
      /^templates\/((?!template|standalone|zone-role|stack-set|service-catalog|launch-role)[\w-]+)\.json$/.exec(
        path,
      )?.[1]
    if (layer) for (const id of Object.keys(JSON.parse(text).Resources)) layerOf.set(id, layer)
  }
  const resources = Object.entries<Json>(whole.Resources)
  const zoneRole = template('templates/zone-role.json').Resources.ZoneRole.Properties
  const policies = Object.fromEntries(
    resources
      .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
      .map(([id, { Properties }]) => [
        id,
        {
          layer: layerOf.get(id) ?? '',
          statements: Properties.PolicyDocument.Statement,
          role: JSON.stringify(Properties.Roles).includes('Writer') ? ('writer' as const) : ('waiter' as const),
        },
      ]),
  )
  return {
    name,
    parameters: Object.fromEntries(
      Object.entries<Json>(whole.Parameters).map(([key, { Default = '' }]) => [key, String(Default)]),
    ),
    elements: resources
      .filter(([id]) => rank(id) >= 0)
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([id, { Type, Properties, DependsOn = [] }]) => ({
        id,
        type: Type,
        layer: layerOf.get(id) ?? '',
        properties: Properties,
        policies: [DependsOn].flat().filter((other: string) => other in policies),
      })),
    policies,
    zoneRole: {
      trust: zoneRole.AssumeRolePolicyDocument.Statement,
      statements: zoneRole.Policies[0].PolicyDocument.Statement,
    },
  }
}

export function resolve(value: Json, scope: Scope): Json {
  if (Array.isArray(value)) return value.map((each) => resolve(each, scope))
  if (value === null || typeof value !== 'object') return String(value)
  const [[name, argument] = ['', undefined], ...others] = Object.entries<Json>(value)
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const named = (id: string): string => scope.pseudo[id] ?? scope.parameters[id] ?? scope.ref(id)
    if (name === 'Ref') return named(argument)
    if (name === 'Fn::GetAtt') return scope.attribute(argument[0], argument[1])
    if (name === 'Fn::Sub') return String(argument).replace(/\$\{([^}]+)\}/g, (_, id: string) => named(id))
    if (name === 'Fn::Join') return [resolve(argument[1], scope)].flat().join(argument[0])
    if (name === 'Fn::Split') return resolve(argument[1], scope).split(argument[0])
    if (name === 'Fn::Select') return resolve(argument[1], scope)[Number(argument[0])]
    throw new Error(`the test's CloudFormation does not know ${name}`)
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, scope)]))
}

export const statementsOf = (statements: Json, scope: Scope): Statement[] => resolve(statements, scope)
