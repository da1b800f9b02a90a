/** AWS::Serverless::HttpApi, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-httpapi.html */
import { type Mapping, type Node, string } from '../read/node.ts'
import { editable, section } from './document.ts'
import { addDomain, hashOf } from './domains.ts'
import { type ApiDraft, type Draft, keySet, make, passedOn, refer, replace, unknownIn } from './draft.ts'
import { addHttpAuth, disableEndpoint, renameDefaultPath } from './http-document.ts'
import { bool, get, isTrue, map, opened, picked, plainMap, ref, set, sub, truth, withEntries, word } from './nodes.ts'

const keys = keySet(
  'Name StageName Tags PropagateTags DefinitionBody DefinitionUri StageVariables CorsConfiguration AccessLogSettings ' +
    'DefaultRouteSettings Auth RouteSettings Domain FailOnWarnings Description DisableExecuteApiEndpoint',
)

export function translateHttpApi(draft: Draft, api: ApiDraft): void {
  const { at, properties } = api
  addCors(api)
  addHttpAuth(api)
  const disabled = get(properties, 'DisableExecuteApiEndpoint')
  if (disabled) disableEndpoint(api, disabled)
  if (truth(get(properties, 'FailOnWarnings')) !== false) renameDefaultPath(api)
  const stage = addStage(draft, api)
  addPermissions(draft, api)
  addDomain(draft, api, stage)
  const made = map(at, {
    Body: bodyOf(api),
    BodyS3Location: s3Location(get(properties, 'DefinitionUri')),
    FailOnWarnings: truth(get(properties, 'FailOnWarnings')) === false ? undefined : get(properties, 'FailOnWarnings'),
  })
  const open = unknownIn(properties, keys, `${api.id} (AWS::Serverless::HttpApi)`)
  replace(draft, { ...api, type: 'AWS::Serverless::HttpApi' }, 'AWS::ApiGatewayV2::Api', opened(made, open))
}

/** The document with all that may be different in it. */
export function bodyOf(api: ApiDraft): Mapping | undefined {
  if (!api.body) return undefined
  return [...api.reasons].reduce(opened, api.body)
}

export function s3Location(node: Node | undefined): Node | undefined {
  const parts = /^s3:\/\/([^/?]+)\/([^?]+)(?:\?versionId=([^&]+))?$/.exec(word(node) ?? '')
  if (!node || !parts) return node
  const [, bucket = '', key = '', version] = parts
  return map(node.at, {
    Bucket: string(bucket, node.at),
    Key: string(key, node.at),
    Version: version === undefined ? undefined : string(version, node.at),
  })
}

/** Cors of an HTTP API answers preflights itself and opens no route. */
function addCors(api: ApiDraft): void {
  const cors = get(api.properties, 'CorsConfiguration')
  if (truth(cors) === false) return
  if (!editable(api)) api.reasons.add(`CorsConfiguration of ${api.id} is not modelled`)
  else {
    const target = section(api, ['x-amazon-apigateway-cors'], (cors as Node).at)
    const given = plainMap(cors)
    if (target && given)
      for (const [key, entry] of given.entries) set(target, `${key[0]?.toLowerCase()}${key.slice(1)}`, entry.node)
  }
}

function addStage(draft: Draft, api: ApiDraft): string {
  const { properties, at } = api
  const written = get(properties, 'StageName')
  const name = written && truth(written) !== false ? written : string('$default', at)
  const id = stageId(api.id, name)
  const settings = picked(properties, ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings'])
  make(draft, id, {
    type: 'AWS::ApiGatewayV2::Stage',
    at: name.at,
    attributes: passedOn(api.resource),
    properties: { ApiId: ref(api.id, name.at), StageName: name, ...settings, AutoDeploy: bool(true, name.at) },
  })
  refer(draft, api.id, 'Stage', id)
  return id
}

export function stageId(api: string, name: Node): string {
  const text = word(name)
  if (text === undefined) return `${api}Stage`
  if (/^[0-9A-Za-z]+$/.test(text)) return `${api}${text}Stage`
  return text === '$default' ? `${api}ApiGatewayDefaultStage` : `${api}Stage${hashOf(name)}`
}

function addPermissions(draft: Draft, api: ApiDraft): void {
  for (const [name, { node }] of plainMap(get(get(api.properties, 'Auth'), 'Authorizers'))?.entries ?? [])
    if (truth(get(node, 'FunctionArn')) !== false && isTrue(get(node, 'EnableFunctionDefaultPermissions')))
      addAuthorizerPermission(draft, api, name, node)
}

export function addAuthorizerPermission(draft: Draft, api: ApiDraft, name: string, authorizer: Node): void {
  const at = authorizer.at
  make(draft, `${api.id}${name}AuthorizerPermission`, {
    type: 'AWS::Lambda::Permission',
    at,
    attributes: passedOn(api.resource),
    properties: {
      Action: string('lambda:InvokeFunction', at),
      FunctionName: get(authorizer, 'FunctionArn'),
      Principal: string('apigateway.amazonaws.com', at),
      SourceArn: sub(
        'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*',
        at,
        {
          __ApiId__: ref(api.id, at),
        },
      ),
    },
  })
}

/** Settings that an event gives its route go to the stage. */
export function addRouteSettings(api: ApiDraft, route: string, settings: Node): void {
  const all = get(api.properties, 'RouteSettings') ?? map(settings.at, {})
  if (all.kind === 'map')
    api.properties = withEntries(api.properties, { RouteSettings: withEntries(all, { [route]: settings }) })
}
