// What matters of a plain template: the routes, who may call them and where they lead, names and mappings, networks and
// rights. Both sides are brought to it; a map that the pass left open may be anything.
import type { Node } from '../../../verifier/read/node.ts'
import type { Json } from '../../support/read-template.ts'

export const openKey = '(open)'

/** The nodes as JSON; what is open says so. */
export function toJson(node: Node): Json {
  if (node.kind === 'list') return node.items.map(toJson)
  if (node.kind === 'map')
    return {
      ...Object.fromEntries([...node.entries].map(([key, entry]) => [key, toJson(entry.node)])),
      ...(node.open === undefined ? {} : { [openKey]: node.open }),
    }
  if (node.type === 'bool') return node.text === 'true'
  return node.type === 'number' ? Number(node.text) : node.type === 'null' ? null : node.text
}

const isOpen = (value: Json): boolean => typeof value === 'object' && value !== null && openKey in value

export type Comparison = { readonly differences: readonly string[]; readonly accepted: readonly string[] }

/** Where ours is open it is accepted; else both must be the same. */
export function compare(ours: Json, theirs: Json, path = ''): Comparison {
  // A private domain of a REST API and one of an HTTP API get the same id, and one of both is lost.
  const isSameKind = ours?.Type === theirs?.Type || (named.test(ours?.Type) && named.test(theirs?.Type))
  if (isOpen(ours?.what) && isSameKind) return compare(ours.what, theirs.what, path)
  if (isOpen(ours)) return { differences: [], accepted: [`${path}: ${ours[openKey]}`] }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length)
    return together(ours.map((each, index) => compare(each, theirs[index], `${path}[${index}]`)))
  if (isMap(ours) && isMap(theirs))
    return together(
      [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].map((key) =>
        compare(ours[key], theirs[key], `${path}.${key}`),
      ),
    )
  const same = canonical(ours) === canonical(theirs)
  return {
    differences: same ? [] : [`${path}: ${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`],
    accepted: [],
  }
}

const isMap = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

const together = (all: readonly Comparison[]): Comparison => ({
  differences: all.flatMap(({ differences }) => differences),
  accepted: all.flatMap(({ accepted }) => accepted),
})

/** Everything of a template that the pass must get right. */
export function project(template: Json): Json {
  const plain = renamed(withDefaults(template, template.Parameters ?? {}))
  const resources: Json = {}
  const permissions: Json[] = []
  for (const [id, resource] of Object.entries<Json>(plain.Resources)) {
    const { Type, Condition, Properties = {} } = resource
    if (Type === 'AWS::Lambda::Permission') {
      permissions.push(permissionOf(Properties))
      continue
    }
    const projected = projections[Type]
    resources[id] = {
      Type,
      // For the condition of the plan that APIs share the translator writes a name where a condition must stand.
      ...(/^AWS::ApiGateway::(UsagePlan|ApiKey)/.test(Type) || isOpen(Properties) ? {} : { Condition }),
      ...(isOpen(Properties)
        ? { what: { [openKey]: Properties[openKey] } }
        : projected
          ? { what: projected(Properties) }
          : {}),
    }
  }
  const { SharedUsagePlanCondition: _, ...conditions } = plain.Conditions ?? {}
  return clean({ resources, permissions, conditions, outputs: plain.Outputs ?? {} })
}

/** A null is nothing. */
const clean = (value: Json): Json => JSON.parse(JSON.stringify(value, (_, each) => each ?? undefined))

/** References to parameters with a default as the translator resolves some of them. */
function withDefaults(value: Json, parameters: Json): Json {
  if (typeof value === 'string') return value.replaceAll('${AWS::Partition}', 'aws')
  if (Array.isArray(value)) return value.map((each) => withDefaults(each, parameters))
  if (!isMap(value)) return value
  const attribute = value['Fn::GetAtt']
  if (typeof attribute === 'string')
    return { 'Fn::GetAtt': [attribute.split('.')[0], attribute.split('.').slice(1).join('.')] }
  const known = parameters[value.Ref]?.Default
  if (known !== undefined && Object.keys(value).length === 1) return known
  if (typeof value['Fn::Sub'] === 'string') {
    const text = value['Fn::Sub']
      .replaceAll('${AWS::Partition}', 'aws')
      .replaceAll(/\$\{(\w+)\}/g, (all: string, name: string) => parameters[name]?.Default ?? all)
    return { 'Fn::Sub': text }
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withDefaults(each, parameters)]))
}

const recordsOf = ({ HostedZoneId, RecordSets }: Json, isOneOfSeveral: boolean): string =>
  `Records${textOf(HostedZoneId)}${isOneOfSeveral ? textOf(sorted(RecordSets.map((each: Json) => each.Name))) : ''}`

const hashed = new Set(['AWS::ApiGateway::Deployment', 'AWS::Lambda::Version', 'AWS::Lambda::LayerVersion'])
const named = /^AWS::ApiGateway(V2)?::DomainName(V2|AccessAssociation)?$/

/** Ids without the hash of what they stand for. */
function renamed(template: Json): Json {
  const names = new Map<string, string>()
  const groups = Object.values<Json>(template.Resources).filter(({ Type }) => Type === 'AWS::Route53::RecordSetGroup')
  for (const [id, { Type, Properties = {} }] of Object.entries<Json>(template.Resources)) {
    if (hashed.has(Type)) names.set(id, id.replace(/[0-9a-f]{10}$/, ''))
    else if (Type === 'AWS::Lambda::Alias') names.set(id, `Alias${textOf(Properties.FunctionName)}`)
    else if (named.test(Type)) names.set(id, `${id.replace(/[0-9a-f]{10}$/, '')}${textOf(Properties.DomainName)}`)
    else if (Type === 'AWS::Route53::RecordSetGroup') names.set(id, recordsOf(Properties, groups.length > 1))
  }
  const change = (value: Json): Json => {
    if (typeof value === 'string') {
      let text = value
      for (const [id, name] of names) if (text.includes(id)) text = text.replaceAll(id, name)
      return text
    }
    if (Array.isArray(value)) return value.map(change)
    if (!isMap(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]))
  }
  const { Resources, ...rest } = template
  return {
    ...change(rest),
    Resources: Object.fromEntries(Object.entries(Resources).map(([id, each]) => [names.get(id) ?? id, change(each)])),
  }
}

const textOf = (value: Json): string => JSON.stringify(value ?? '').replaceAll(/[^0-9A-Za-z]/g, '')
/** A text that is the same for the same value, whatever the order of its keys. */
export const canonical = (value: Json): string =>
  JSON.stringify(value, (_, each) =>
    isMap(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  ) ?? ''
const sorted = (values: readonly Json[]): Json[] => [...values].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))
const distinct = (values: readonly Json[]): Json[] =>
  sorted([...new Map(values.map((each) => [canonical(each), each])).values()])
const picked =
  (...keys: readonly string[]) =>
  (properties: Json): Json =>
    Object.fromEntries(keys.map((key) => [key, properties[key]]))
const all =
  (...without: readonly string[]) =>
  (properties: Json): Json =>
    Object.fromEntries(Object.entries(properties).filter(([key]) => !['Tags', 'Description', ...without].includes(key)))

const local = (code: Json): Json => (typeof code === 'string' ? { S3Bucket: 'local', S3Key: code } : code)

const projections: Readonly<Record<string, (properties: Json) => Json>> = {
  'AWS::ApiGatewayV2::Api': (properties) => ({
    body: documentOf(properties.Body),
    ...picked('BodyS3Location', 'FailOnWarnings', 'DisableExecuteApiEndpoint')(properties),
  }),
  'AWS::ApiGateway::RestApi': (properties) => ({
    body: documentOf(properties.Body),
    ...picked(
      'BodyS3Location',
      'EndpointConfiguration',
      'Policy',
      'SecurityPolicy',
      'Mode',
      'FailOnWarnings',
    )(properties),
  }),
  'AWS::ApiGatewayV2::Stage': all(),
  'AWS::ApiGateway::Stage': all(),
  'AWS::ApiGateway::Deployment': all(),
  'AWS::ApiGatewayV2::DomainName': all(),
  'AWS::ApiGateway::DomainName': all(),
  'AWS::ApiGateway::DomainNameV2': all(),
  'AWS::ApiGatewayV2::ApiMapping': all(),
  'AWS::ApiGateway::BasePathMapping': all(),
  'AWS::ApiGateway::BasePathMappingV2': all(),
  'AWS::Route53::RecordSetGroup': (properties) => ({
    ...all()(properties),
    RecordSets: sorted(properties.RecordSets),
  }),
  'AWS::ApiGateway::UsagePlan': (properties) => sorted(properties.ApiStages),
  'AWS::Lambda::Function': (properties) => ({
    ...picked(
      'VpcConfig',
      'Layers',
      'Environment',
      'Handler',
      'Runtime',
      'Role',
      'CapacityProviderConfig',
      'PackageType',
      'DeadLetterConfig',
      'TracingConfig',
      'Architectures',
    )(properties),
    code: local(properties.Code),
  }),
  'AWS::Lambda::LayerVersion': (properties) => ({ content: local(properties.Content), name: properties.LayerName }),
  'AWS::Lambda::Url': all(),
  'AWS::Lambda::Alias': all(),
  'AWS::Lambda::Version': all(),
  'AWS::Lambda::EventInvokeConfig': all(),
  'AWS::Lambda::EventSourceMapping': all(),
  'AWS::Lambda::CapacityProvider': all(),
  'AWS::Lambda::NetworkConnector': all(),
  'AWS::IAM::Role': (properties) => ({
    trust: statementsOf(properties.AssumeRolePolicyDocument),
    managed: sorted([
      ...new Set((properties.ManagedPolicyArns ?? []).map((each: Json) => JSON.stringify(lastOf(each)))),
    ]),
    // Twice the same policy is one.
    policies: sorted([
      ...new Map((properties.Policies ?? []).map((each: Json) => [canonical(policyOf(each)), policyOf(each)])).values(),
    ]),
    boundary: properties.PermissionsBoundary,
  }),
  'AWS::Events::Rule': (properties) => ({
    ...picked('ScheduleExpression', 'EventPattern', 'State')(properties),
    targets: properties.Targets.map(picked('Arn', 'RoleArn', 'DeadLetterConfig', 'Input')),
  }),
  'AWS::Scheduler::Schedule': all(),
  'AWS::StepFunctions::StateMachine': picked(
    'RoleArn',
    'StateMachineType',
    'TracingConfiguration',
    'DefinitionS3Location',
  ),
  'AWS::StepFunctions::StateMachineAlias': all(),
  'AWS::SNS::Subscription': all(),
  'AWS::SQS::QueuePolicy': all(),
  'AWS::S3::Bucket': (properties) => sorted(properties.NotificationConfiguration?.LambdaConfigurations ?? []),
  'AWS::Cognito::UserPool': all(),
  'AWS::DynamoDB::Table': all(),
  'AWS::Logs::SubscriptionFilter': all(),
}

const permissionOf = picked('FunctionName', 'Action', 'Principal', 'FunctionUrlAuthType')

/** The name of a managed policy is what counts; AWS keeps it unique whatever its path. */
const lastOf = (value: Json): Json => {
  if (typeof value === 'string') return value.split('/').at(-1)
  const choice = value['Fn::If']
  return choice
    ? { 'Fn::If': choice.map((each: Json) => (typeof each === 'string' ? each.split('/').at(-1) : each)) }
    : value
}

const policyOf = (value: Json): Json => {
  const choice = value['Fn::If']
  if (choice) return { 'Fn::If': [choice[0], policyOf(choice[1]), policyOf(choice[2])] }
  return value.PolicyDocument ? statementsOf(value.PolicyDocument) : value
}

/** Each action with its resource, for itself. */
const statementsOf = (document: Json): Json =>
  sorted(
    [document.Statement]
      .flat()
      .flatMap(({ Action, Effect, Resource, Principal, Condition }: Json) =>
        [Action].flat().map((action) => ({ action: String(action), Effect, Resource, Principal, Condition })),
      ),
  ).map((each, index, every) => ({ ...each, index: every.indexOf(each) === index ? undefined : index }))

const dropped = new Set([
  'payloadFormatVersion',
  'timeoutInMillis',
  'requestTemplates',
  'responses',
  'cacheKeyParameters',
  'passthroughBehavior',
])

function documentOf(body: Json): Json {
  if (!body || isOpen(body)) return body
  if (!isMap(body.paths)) return body
  return {
    version: body.openapi ?? body.swagger,
    routes: Object.fromEntries(Object.entries<Json>(body.paths).flatMap(([path, item]) => routesOf(path, item, []))),
    schemes: Object.fromEntries(
      Object.entries<Json>({ ...body.components?.securitySchemes, ...body.securityDefinitions }).map(
        ([name, scheme]) => [name, schemeOf(scheme)],
      ),
    ),
    servers: (body.servers ?? []).map((each: Json) => each['x-amazon-apigateway-endpoint-configuration']),
    endpoint: body['x-amazon-apigateway-endpoint-configuration'],
    policy: distinct(
      [body['x-amazon-apigateway-policy']?.Statement ?? []]
        .flat()
        .map((each: Json) => ({ ...each, Resource: sorted([each.Resource].flat()) })),
    ),
  }
}

const noMethods = new Set(['parameters', 'summary', 'description'])

function routesOf(path: string, item: Json, under: readonly string[]): [string, Json][] {
  const choice = item['Fn::If']
  if (choice)
    return [
      ...routesOf(path, choice[1], [...under, choice[0]]),
      ...routesOf(path, choice[2], [...under, `not ${choice[0]}`]),
    ]
  if (item.Ref) return []
  return Object.entries<Json>(item)
    .filter(([method]) => !noMethods.has(method))
    .flatMap(([method, operation]) => operationsOf(`${method} ${path}`, operation, under))
}

function operationsOf(key: string, operation: Json, under: readonly string[]): [string, Json][] {
  const choice = operation['Fn::If']
  if (choice)
    return [
      ...operationsOf(key, choice[1], [...under, choice[0]]),
      ...operationsOf(key, choice[2], [...under, `not ${choice[0]}`]),
    ]
  if (operation.Ref) return []
  const integration = operation['x-amazon-apigateway-integration']
  return [
    [
      [...under, key].join(' '),
      {
        // Alternatives: their order means nothing.
        security: operation.security && distinct(operation.security),
        integration:
          integration && Object.fromEntries(Object.entries(integration).filter(([name]) => !dropped.has(name))),
      },
    ],
  ]
}

function schemeOf(scheme: Json): Json {
  if (isOpen(scheme)) return scheme
  const { type, jwtConfiguration, providerARNs, authorizerUri, authorizerCredentials } =
    scheme['x-amazon-apigateway-authorizer'] ?? {}
  return {
    kind: scheme.type,
    name: scheme.name,
    authtype: scheme['x-amazon-apigateway-authtype'],
    authorizer: { type, jwtConfiguration, providerARNs, authorizerUri, authorizerCredentials },
  }
}
