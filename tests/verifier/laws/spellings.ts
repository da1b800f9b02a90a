/** The same template in other words: what the template alone determines, spelled in another way. */
import { stringify } from 'yaml'
import type { Json } from '../../support/read-template.ts'
import { without } from '../../support/without.ts'
import type { Given } from './judge.ts'

type Random = () => number

/** Attributes that give the same as Ref. */
const sameAsRef: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'GroupId',
  'AWS::EC2::RouteTable': 'RouteTableId',
  'AWS::EC2::Subnet': 'SubnetId',
  'AWS::EC2::VPC': 'VpcId',
  'AWS::EC2::InternetGateway': 'InternetGatewayId',
  'AWS::ApiGatewayV2::Api': 'ApiId',
  'AWS::ApiGatewayV2::Authorizer': 'AuthorizerId',
  'AWS::ApiGatewayV2::VpcLink': 'VpcLinkId',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'LoadBalancerArn',
  'AWS::ElasticLoadBalancingV2::Listener': 'ListenerArn',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'TargetGroupArn',
  'AWS::ECS::TaskDefinition': 'TaskDefinitionArn',
}

/** Every value in Properties, from the inside out; what a function is given is left as it is. */
function mapValues(template: Json, change: (value: Json, type: string) => Json): Json {
  const walk = (node: Json, type: string): Json => {
    if (Array.isArray(node)) return node.map((each) => walk(each, type))
    if (node === null || typeof node !== 'object') return change(node, type)
    const keys = Object.keys(node)
    if (keys.length === 1 && (keys[0] === 'Ref' || keys[0]?.startsWith('Fn::'))) return change(node, type)
    return Object.fromEntries(Object.entries<Json>(node).map(([key, each]) => [key, walk(each, type)]))
  }
  return {
    ...template,
    Resources: Object.fromEntries(
      Object.entries<Json>(template.Resources).map(([id, resource]) => [
        id,
        // A function of ours is known by its bytes.
        resource.Type === 'AWS::Lambda::Function' || !resource.Properties
          ? resource
          : { ...resource, Properties: walk(resource.Properties, resource.Type) },
      ]),
    ),
  }
}

const isResource = (template: Json, value: Json): boolean =>
  typeof value?.Ref === 'string' && value.Ref in template.Resources
const isPlainText = (value: Json): value is string =>
  typeof value === 'string' && value !== '' && !/\$\{|\{\{/.test(value)

/** Some of the values that fit, at least the chance of it for each. */
const some = (template: Json, random: Random, spell: (value: Json, index: number) => Json | undefined): Json => {
  let index = 0
  return mapValues(template, (value) => {
    if (random() < 0.5) return value
    return spell(value, index++) ?? value
  })
}

export type Spelling = { readonly name: string; readonly spell: (template: Json, random: Random) => Given | undefined }

const simple = (name: string, spell: (template: Json, random: Random) => Json): Spelling => ({
  name,
  spell: (template, random) => ({ template: spell(template, random) }),
})
const either = (template: Json): Json => ({
  ...template,
  Parameters: { ...template.Parameters, Choice: { Type: 'String', Default: 'no', AllowedValues: ['no', 'yes'] } },
  Conditions: { ...template.Conditions, IsChosen: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
})
const extended = (template: Json): Json => ({
  ...template,
  Transform: [template.Transform ?? [], 'AWS::LanguageExtensions'].flat(),
})
const values = (template: Json, value: Json): boolean => isResource(template, value) || isPlainText(value)

/** Another name for each resource, wherever it is named. */
function renamed(template: Json): Json {
  const ids = new Set(Object.keys(template.Resources).filter((id) => !id.startsWith('Fn::')))
  const name = (id: string): string => (ids.has(id) ? `Z${id}` : id)
  const inText = (text: string): string =>
    text.replace(/\$\{([A-Za-z0-9]+)((?:\.[^}]*)?)\}/g, (_, id: string, rest: string) => `\${${name(id)}${rest}}`)
  const walk = (node: Json, key = ''): Json => {
    if (typeof node === 'string')
      return key === 'Ref' || key === 'DependsOn' ? name(node) : key === 'Fn::Sub' ? inText(node) : node
    if (Array.isArray(node)) {
      if (key === 'Fn::GetAtt') return [name(node[0]), ...node.slice(1)]
      if (key === 'Fn::Sub') return [inText(node[0]), walk(node[1])]
      if (key === 'DependsOn') return node.map(name)
      return node.map((each) => walk(each))
    }
    if (node === null || typeof node !== 'object') return node
    return Object.fromEntries(Object.entries<Json>(node).map(([each, value]) => [each, walk(value, each)]))
  }
  const walked = walk(template)
  return {
    ...walked,
    Resources: Object.fromEntries(Object.entries<Json>(walked.Resources).map(([id, each]) => [name(id), each])),
  }
}

const shuffled = (node: Json, random: Random): Json => {
  if (Array.isArray(node)) return node.map((each) => shuffled(each, random))
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(
    Object.entries<Json>(node)
      .map(([key, each]) => [random(), key, shuffled(each, random)] as const)
      .sort(([a], [b]) => a - b)
      .map(([, key, each]) => [key, each]),
  )
}

const sections = {
  'AWS::EC2::SecurityGroupIngress': 'SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress': 'SecurityGroupEgress',
} as const

const groupOf = ({ GroupId }: Json): string | undefined => GroupId?.Ref ?? GroupId?.['Fn::GetAtt']?.[0]

/** Rules of groups inside of them, where that makes no circle of references. */
function inside(template: Json): Json {
  const copy = structuredClone(template)
  for (const [id, { Type, Properties, Condition }] of Object.entries<Json>(template.Resources)) {
    const section = sections[Type as keyof typeof sections]
    const group = section && !Condition ? groupOf(Properties) : undefined
    if (!section || !group || copy.Resources[group]?.Type !== 'AWS::EC2::SecurityGroup') continue
    // Ingress inside, egress outside: rules that name each other both ways would be a circle.
    if (section === 'SecurityGroupEgress' && Properties.DestinationSecurityGroupId) continue
    const { GroupId: _, ...rule } = Properties
    const properties = copy.Resources[group].Properties
    properties[section] = [...(properties[section] ?? []), rule]
    without(copy.Resources, id)
  }
  return copy
}

/** Rules of groups as separate resources. A group without egress rules of its own would admit all, so one stays. */
function beside(template: Json): Json {
  const copy = structuredClone(template)
  for (const [id, { Type, Properties }] of Object.entries<Json>(template.Resources)) {
    const rules = Type === 'AWS::EC2::SecurityGroup' ? Properties?.SecurityGroupIngress : undefined
    if (!Array.isArray(rules)) continue
    delete copy.Resources[id].Properties.SecurityGroupIngress
    for (const [index, rule] of rules.entries())
      copy.Resources[`${id}Moved${index}`] = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { 'Fn::GetAtt': [id, 'GroupId'] }, ...rule },
      }
  }
  return copy
}

/** All of it as a stack in a stack. Pseudo parameters stay: no claim depends on the stack's name here. */
const nested = (template: Json): Given => ({
  template: {
    Parameters: template.Parameters ?? {},
    Resources: {
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: {
          TemplateURL: './inner.json',
          Parameters: Object.fromEntries(
            Object.entries<Json>(template.Parameters ?? {}).map(([name, { Type }]) => [
              name,
              /^(?:CommaDelimitedList|List<)/.test(Type) ? { 'Fn::Join': [',', { Ref: name }] } : { Ref: name },
            ]),
          ),
        },
      },
    },
  },
  files: { 'inner.json': template },
})

/** Texts as defaults of parameters that the parent of a nested stack does not give. */
const byDefaults = (template: Json, random: Random): Given => {
  const Parameters: Json = { ...template.Parameters }
  const changed = some(template, random, (value, index) => {
    if (!isPlainText(value)) return undefined
    Parameters[`Text${index}`] = { Type: 'String', Default: value }
    return { Ref: `Text${index}` }
  })
  const { template: outer } = nested(template)
  return { template: outer, files: { 'inner.json': { ...changed, Parameters } } }
}

export const spellings: readonly Spelling[] = [
  simple('Ref as Sub', (template, random) =>
    some(template, random, (value) => (isResource(template, value) ? { 'Fn::Sub': `\${${value.Ref}}` } : undefined)),
  ),
  simple('Ref as GetAtt', (template, random) =>
    some(template, random, (value) => {
      const attribute = isResource(template, value) ? sameAsRef[template.Resources[value.Ref].Type] : undefined
      return attribute ? { 'Fn::GetAtt': [value.Ref, attribute] } : undefined
    }),
  ),
  simple('GetAtt of an id as Ref', (template, random) =>
    some(template, random, (value) => {
      const [id, attribute] = value?.['Fn::GetAtt'] ?? []
      const type = template.Resources[id]?.Type
      return type && sameAsRef[type] === attribute ? { Ref: id } : undefined
    }),
  ),
  simple('Join', (template, random) =>
    some(template, random, (value) =>
      isPlainText(value)
        ? { 'Fn::Join': ['', [value.slice(0, 2), value.slice(2)]] }
        : isResource(template, value)
          ? { 'Fn::Join': ['', ['', value]] }
          : undefined,
    ),
  ),
  simple('Join of several with a text between', (template, random) =>
    some(template, random, (value) => {
      const [first, ...rest] = isPlainText(value) ? value.split('/') : []
      return first === undefined || rest.length === 0 ? undefined : { 'Fn::Join': ['/', [first, ...rest]] }
    }),
  ),
  simple('Select', (template, random) =>
    some(template, random, (value, index) =>
      values(template, value) ? { 'Fn::Select': [index % 2 ? 1 : '1', ['sg-0123456789abcdef0', value]] } : undefined,
    ),
  ),
  simple('Select of Split', (template, random) =>
    some(template, random, (value) =>
      isPlainText(value) && !value.includes('|')
        ? { 'Fn::Select': [1, { 'Fn::Split': ['|', `first|${value}`] }] }
        : undefined,
    ),
  ),
  simple('If with equal branches', (template, random) =>
    either(
      some(template, random, (value) =>
        values(template, value) ? { 'Fn::If': ['IsChosen', value, value] } : undefined,
      ),
    ),
  ),
  simple('If that always holds', (template, random) => {
    const changed = some(template, random, (value) =>
      values(template, value) ? { 'Fn::If': ['IsAlways', value, 'sg-0123456789abcdef0'] } : undefined,
    )
    const IsAlways = { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }
    return { ...changed, Conditions: { ...template.Conditions, IsAlways } }
  }),
  simple('FindInMap', (template, random) => {
    const all: Json = {}
    const changed = some(template, random, (value, index) => {
      if (!isPlainText(value)) return undefined
      all[`t${index}`] = value
      return { 'Fn::FindInMap': ['Texts', 'all', `t${index}`] }
    })
    return Object.keys(all).length > 0 ? { ...changed, Mappings: { ...template.Mappings, Texts: { all } } } : changed
  }),
  simple('Sub with a map', (template, random) =>
    some(template, random, (value) => (values(template, value) ? { 'Fn::Sub': ['${It}', { It: value }] } : undefined)),
  ),
  simple('Sub of a text', (template, random) =>
    some(template, random, (value) => (isPlainText(value) ? { 'Fn::Sub': value } : undefined)),
  ),
  simple('Ref of a function', (template, random) =>
    extended(
      some(template, random, (value) => (isResource(template, value) ? { Ref: { 'Fn::Sub': value.Ref } } : undefined)),
    ),
  ),
  simple('texts through SSM parameters', (template, random) => {
    const Stored: Json = {}
    const changed = some(template, random, (value, index) => {
      // Of few, as an account would not take hundreds.
      if (!values(template, value) || random() < 0.8) return undefined
      Stored[`Stored${index}`] = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } }
      return { 'Fn::GetAtt': [`Stored${index}`, 'Value'] }
    })
    return { ...changed, Resources: { ...changed.Resources, ...Stored } }
  }),
  simple('numbers and truth as text', (template, random) =>
    some(template, random, (value) =>
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined,
    ),
  ),
  simple('AWS::NoValue for what is not there', (template, random) => {
    const copy = structuredClone(template)
    for (const resource of Object.values<Json>(copy.Resources))
      if (resource.Type?.startsWith('AWS::EC2::SecurityGroup') && random() < 0.5)
        resource.Properties.Description = { Ref: 'AWS::NoValue' }
    return copy
  }),
  simple('other logical IDs', renamed),
  simple('another order', shuffled),
  simple('rules inside of their groups', inside),
  simple('rules beside their groups', beside),
  {
    name: 'YAML',
    spell: (template) => ({ template: stringify(template, { version: '1.1', aliasDuplicateObjects: false }) }),
  },
  {
    name: 'YAML in another order, with longer lines',
    spell: (template, random) => ({
      template: stringify(shuffled(template, random), {
        version: '1.1',
        aliasDuplicateObjects: false,
        lineWidth: 0,
        defaultStringType: 'QUOTE_DOUBLE',
      }),
    }),
  },
  { name: 'JSON over many lines', spell: (template) => ({ template: JSON.stringify(template, null, 2) }) },
  { name: 'a stack in a stack', spell: nested },
  { name: 'defaults of a nested stack', spell: byDefaults },
]
