/** AWS::Serverless::Api, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html */
import { type Mapping, type Node, string } from '../read/node.ts'
import { addDomain } from './domains.ts'
import { type ApiDraft, conditionOf, type Draft, keySet, make, passedOn, refer, replace, unknownIn } from './draft.ts'
import { addAuthorizerPermission, bodyOf, s3Location, stageId } from './http-api.ts'
import { bool, functionOf, get, list, map, opened, picked, plainMap, ref, truth, word } from './nodes.ts'
import { addRestAuth, addRestCors, disableRestEndpoint, movedSchemes } from './rest-document.ts'

const keys = keySet(
  'Name StageName Tags PropagateTags DefinitionBody DefinitionUri MergeDefinitions CacheClusterEnabled CacheClusterSize ' +
    'Variables EndpointConfiguration MethodSettings BinaryMediaTypes MinimumCompressionSize Cors Auth GatewayResponses ' +
    'AccessLogSetting CanarySetting TracingEnabled OpenApiVersion Models Domain FailOnWarnings Description Mode ' +
    'DisableExecuteApiEndpoint ApiKeySourceType AlwaysDeploy Policy SecurityPolicy EndpointAccessMode',
)

export function translateRestApi(draft: Draft, api: ApiDraft): void {
  const { at, properties } = api
  addRestCors(api)
  addRestAuth(api)
  const disabled = get(properties, 'DisableExecuteApiEndpoint')
  if (disabled) disableRestEndpoint(api, disabled)
  movedSchemes(api)
  const deployment = `${api.id}Deployment`
  const attributes = passedOn(api.resource)
  make(draft, deployment, {
    type: 'AWS::ApiGateway::Deployment',
    at,
    attributes,
    // Unless a version of OpenAPI is given, the deployment has a stage of its own, as a later one cannot be without it.
    properties: {
      RestApiId: ref(api.id, at),
      StageName: truth(get(properties, 'OpenApiVersion')) === false ? string('Stage', at) : undefined,
    },
  })
  refer(draft, api.id, 'Deployment', deployment)
  const name = get(properties, 'StageName')
  const stage = stageId(api.id, name ?? string('', at)).replace(/ApiGatewayDefaultStage$/, 'Stage')
  make(draft, stage, {
    type: 'AWS::ApiGateway::Stage',
    at: name?.at ?? at,
    attributes,
    properties: {
      RestApiId: ref(api.id, at),
      DeploymentId: ref(deployment, at),
      StageName: name,
      ...picked(properties, [
        'CacheClusterEnabled',
        'CacheClusterSize',
        'Variables',
        'MethodSettings',
        'AccessLogSetting',
        'CanarySetting',
        'TracingEnabled',
      ]),
    },
  })
  refer(draft, api.id, 'Stage', stage)
  addPermissions(draft, api)
  addDomain(draft, api, stage)
  addUsagePlan(draft, api, stage)
  const open = [
    unknownIn(properties, keys, `${api.id} (AWS::Serverless::Api)`),
    name ? undefined : `${api.id} has no StageName`,
  ]
  const made = map(at, {
    Body: bodyOf(api),
    BodyS3Location: s3Location(get(properties, 'DefinitionUri')),
    EndpointConfiguration: endpointOf(get(properties, 'EndpointConfiguration')),
    ...picked(properties, [
      'Name',
      'Description',
      'FailOnWarnings',
      'Mode',
      'ApiKeySourceType',
      'Policy',
      'SecurityPolicy',
      'EndpointAccessMode',
      'BinaryMediaTypes',
      'MinimumCompressionSize',
    ]),
  })
  replace(draft, { ...api, type: 'AWS::Serverless::Api' }, 'AWS::ApiGateway::RestApi', open.reduce(opened, made))
}

function endpointOf(node: Node | undefined): Mapping | undefined {
  if (!node || truth(node) === false) return undefined
  const type = plainMap(node) ? get(node, 'Type') : node
  const isKnown = type && (word(type) !== undefined || functionOf(type) !== undefined)
  if (!isKnown) return map(node.at, {}, 'the form of EndpointConfiguration is not modelled')
  return map(node.at, {
    Types: list([type], node.at),
    VpcEndpointIds: get(node, 'VPCEndpointIds') ?? get(node, 'VpcEndpointIds'),
    IpAddressType: get(node, 'IpAddressType'),
  })
}

function addPermissions(draft: Draft, api: ApiDraft): void {
  for (const [name, { node }] of plainMap(get(get(api.properties, 'Auth'), 'Authorizers'))?.entries ?? [])
    if (truth(get(node, 'FunctionArn')) !== false && truth(get(node, 'DisableFunctionDefaultPermissions')) === false)
      addAuthorizerPermission(draft, api, name, node)
}

function addUsagePlan(draft: Draft, api: ApiDraft, stage: string): void {
  const plan = get(get(api.properties, 'Auth'), 'UsagePlan')
  const kind = word(get(plan, 'CreateUsagePlan'))
  if (!plan || kind === 'NONE') return
  const at = plan.at
  const here = map(at, { ApiId: ref(api.id, at), Stage: ref(stage, at) })
  const isShared = kind === 'SHARED'
  if (isShared) {
    draft.usagePlan.stages.push(here)
    draft.usagePlan.conditions.add(conditionOf(api.resource))
  }
  const prefix = isShared ? 'Serverless' : api.id
  const attributes = isShared ? sharedCondition(draft, at) : passedOn(api.resource)
  const open = kind === 'SHARED' || kind === 'PER_API' ? undefined : `UsagePlan of ${api.id} is not modelled`
  const stages = isShared ? draft.usagePlan.stages : [here]
  make(draft, `${prefix}UsagePlan`, {
    type: 'AWS::ApiGateway::UsagePlan',
    at,
    attributes,
    properties: {
      ApiStages: list([...stages], at),
      ...picked(plan as Mapping, ['UsagePlanName', 'Description', 'Quota', 'Throttle']),
    },
    open,
  })
  make(draft, `${prefix}ApiKey`, {
    type: 'AWS::ApiGateway::ApiKey',
    at,
    attributes,
    properties: { Enabled: bool(true, at) },
  })
  make(draft, `${prefix}UsagePlanKey`, {
    type: 'AWS::ApiGateway::UsagePlanKey',
    at,
    attributes,
    properties: {
      KeyId: ref(`${prefix}ApiKey`, at),
      KeyType: string('API_KEY', at),
      UsagePlanId: ref(`${prefix}UsagePlan`, at),
    },
  })
  for (const name of ['UsagePlan', 'ApiKey', 'UsagePlanKey']) refer(draft, api.id, name, `${prefix}${name}`)
}

/** The shared plan exists when one of its APIs does. */
function sharedCondition(draft: Draft, at: number): { readonly Condition?: Node } {
  const names = [...draft.usagePlan.conditions]
  if (names.includes(undefined)) return {}
  const known = names as string[]
  if (known.length === 1) return { Condition: string(known[0] as string, at) }
  const name = 'SharedUsagePlanCondition'
  draft.conditions.set(name, anyOf(known, at))
  return { Condition: string(name, at) }
}

export const anyOf = (names: readonly string[], at: number): Mapping =>
  map(at, {
    'Fn::Or': list(
      names.map((each) => map(at, { Condition: string(each, at) })),
      at,
    ),
  })
