/**
 * Security schemes as the translator writes them,
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapiauth.html
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html
 */
import { type Mapping, type Node, string } from '../read/node.ts'
import { keySet, unknownIn } from './draft.ts'
import { get, list, map, opened, plainMap, sub, truth, word } from './nodes.ts'

const authorizerKey = 'x-amazon-apigateway-authorizer'
const typeKey = 'x-amazon-apigateway-authtype'

const header = (name: Node, at: number, fields: Readonly<Record<string, Node>>): Mapping =>
  map(at, { type: string('apiKey', at), name, in: string('header', at), ...fields })

export const iamScheme = (at: number): Mapping =>
  header(string('Authorization', at), at, { [typeKey]: string('awsSigv4', at) })

export const apiKeyScheme = (at: number): Mapping => header(string('x-api-key', at), at, {})

const invocation = (functionArn: Node | undefined, at: number): Mapping =>
  sub(
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations',
    at,
    { __FunctionArn__: functionArn },
  )

const jwtKeys = keySet('AuthorizationScopes JwtConfiguration IdentitySource')
const requestKeys = keySet(
  'FunctionArn FunctionInvokeRole Identity AuthorizerPayloadFormatVersion EnableSimpleResponses EnableFunctionDefaultPermissions',
)

/** The scheme of an HTTP API; what the translator would refuse is left open. */
export function httpScheme(name: string, node: Node, api: string): Mapping {
  const authorizer = plainMap(node)
  const unclear = `the authorizer ${name} of ${api} is not modelled`
  if (!authorizer) return map(node.at, {}, unclear)
  const at = authorizer.at
  const jwt = get(authorizer, 'JwtConfiguration')
  if (truth(jwt) !== false) {
    const configuration = plainMap(jwt)
    const isWhole = configuration && truth(get(authorizer, 'IdentitySource')) !== false
    const lower = configuration && {
      ...configuration,
      entries: new Map([...configuration.entries].map(([key, entry]) => [key.toLowerCase(), entry])),
    }
    const scheme = map(at, {
      type: string('oauth2', at),
      [authorizerKey]: map(at, {
        jwtConfiguration: lower,
        identitySource: get(authorizer, 'IdentitySource'),
        type: string('jwt', at),
      }),
    })
    return opened(scheme, isWhole ? unknownIn(authorizer, jwtKeys, `authorizer ${name} of ${api}`) : unclear)
  }
  const isWhole =
    truth(get(authorizer, 'FunctionArn')) !== false &&
    truth(get(authorizer, 'AuthorizerPayloadFormatVersion')) !== false
  const scheme = header(string('Unused', at), at, {
    [authorizerKey]: map(at, {
      type: string('request', at),
      authorizerUri: invocation(get(authorizer, 'FunctionArn'), at),
      authorizerCredentials: invokeRole(authorizer),
      identitySource: identitySource(get(authorizer, 'Identity'), '$request.', '$'),
      authorizerPayloadFormatVersion: get(authorizer, 'AuthorizerPayloadFormatVersion'),
      enableSimpleResponses: get(authorizer, 'EnableSimpleResponses'),
    }),
  })
  return opened(scheme, isWhole ? unknownIn(authorizer, requestKeys, `authorizer ${name} of ${api}`) : unclear)
}

const restKeys = keySet(
  'UserPoolArn FunctionArn Identity FunctionPayloadType FunctionInvokeRole AuthorizationScopes DisableFunctionDefaultPermissions',
)

/** The scheme of a REST API: a user pool, or else a function. */
export function restScheme(name: string, node: Node, api: string): Mapping {
  const authorizer = plainMap(node)
  const unclear = `the authorizer ${name} of ${api} is not modelled`
  if (!authorizer) return map(node.at, {}, unclear)
  const at = authorizer.at
  const identity = get(authorizer, 'Identity')
  const pool = get(authorizer, 'UserPoolArn')
  const isRequest = word(get(authorizer, 'FunctionPayloadType')) === 'REQUEST'
  const validation = get(identity, 'ValidationExpression')
  const unknown = unknownIn(authorizer, restKeys, `authorizer ${name} of ${api}`)
  const named = get(identity, 'Header') ?? string('Authorization', at)
  if (truth(pool) !== false)
    return opened(
      header(named, at, {
        [typeKey]: string('cognito_user_pools', at),
        [authorizerKey]: map(at, {
          type: string('cognito_user_pools', at),
          providerARNs: pool?.kind === 'list' ? pool : list(pool ? [pool] : [], at),
          identityValidationExpression: validation,
        }),
      }),
      unknown,
    )
  const payload = get(authorizer, 'FunctionPayloadType')
  const isWhole =
    truth(get(authorizer, 'FunctionArn')) !== false && (!payload || ['TOKEN', 'REQUEST'].includes(word(payload) ?? ''))
  const scheme = header(isRequest ? string('Unused', at) : named, at, {
    [typeKey]: string('custom', at),
    [authorizerKey]: map(at, {
      type: string(isRequest ? 'request' : 'token', at),
      authorizerUri: invocation(get(authorizer, 'FunctionArn'), at),
      authorizerCredentials: invokeRole(authorizer),
      identitySource: isRequest ? identitySource(identity, 'method.request.', '') : undefined,
      identityValidationExpression: isRequest ? undefined : validation,
    }),
  })
  return opened(scheme, isWhole ? unknown : unclear)
}

const invokeRole = (authorizer: Mapping): Node | undefined => {
  const role = get(authorizer, 'FunctionInvokeRole')
  return word(role) === 'NONE' ? undefined : role
}

function identitySource(identity: Node | undefined, request: string, other: string): Node | undefined {
  if (!identity) return undefined
  const prefixes = [
    ['Headers', `${request}header.`],
    ['QueryStrings', `${request}querystring.`],
    ['StageVariables', `${other}stageVariables.`],
    ['Context', `${other}context.`],
  ] as const
  const sources = prefixes.flatMap(([key, prefix]) => {
    const names = get(identity, key)
    return names?.kind === 'list' ? names.items.map((item) => `${prefix}${word(item) ?? ''}`) : []
  })
  return sources.length > 0 ? string(sources.join(', '), identity.at) : undefined
}
