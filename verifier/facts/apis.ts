/** APIs of API Gateway: their routes, who may call each, and which go through a VPC link. */
import type { Resource } from '../resolve/program.ts'
import { isAbsent, keyOf, textOf, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'
import { resourceOf } from './identity.ts'
import { definedRoutes } from './open-api.ts'
import type { Access, ApiRoute, Integration } from './route.ts'
import { samRoutes } from './sam.ts'

export type Api = {
  readonly resource: Resource
  readonly kind: 'http' | 'rest'
  readonly routes: readonly ApiRoute[]
  /** Integrations through a VPC link. */
  readonly integrations: readonly Integration[]
  /** Parts that cannot be read here and may hold routes. */
  readonly unread: readonly Value[]
}

export const httpApis = ['AWS::ApiGatewayV2::Api', 'AWS::Serverless::HttpApi'] as const
export const restApis = ['AWS::ApiGateway::RestApi', 'AWS::Serverless::Api'] as const

export const allApis = (facts: Facts): readonly Api[] => facts.once(readApis)

/** APIs that may send requests through a VPC link. */
export const apisOnLinks = (facts: Facts): Api[] =>
  allApis(facts).filter(({ integrations, unread }) => integrations.length > 0 || unread.length > 0)

function readApis(facts: Facts): Api[] {
  return [
    ...facts.all(...httpApis).map((resource) => httpApi(facts, resource)),
    ...facts.all(...restApis).map((resource) => restApi(facts, resource)),
  ]
}

function httpApi(facts: Facts, resource: Resource): Api {
  const { program } = facts.around
  const belongs = (each: Resource): boolean => resourceOf(program, facts.get(each, 'ApiId'), ...httpApis) === resource
  /** A route of some API that leads to an integration of this one. */
  const isStray = (each: Resource): boolean => {
    const target = integrationOf(facts, facts.get(each, 'Target'))
    const owner = resourceOf(program, facts.get(each, 'ApiId'), ...httpApis)
    return owner === undefined && target !== undefined && belongs(target)
  }
  const integrations = facts
    .all('AWS::ApiGatewayV2::Integration')
    .filter(belongs)
    .filter((each) => isPrivate(facts.get(each, 'ConnectionType')))
    .map(
      (each): Integration => ({
        name: each.id,
        place: facts.place(each),
        link: facts.get(each, 'ConnectionId'),
        target: facts.get(each, 'IntegrationUri'),
        serverName: facts.get(each, 'TlsConfig.ServerNameToVerify'),
      }),
    )
  const routes = facts
    .all('AWS::ApiGatewayV2::Route')
    .filter((each) => belongs(each) || isStray(each))
    .map(
      (each): ApiRoute => ({
        key: textOf(facts.get(each, 'RouteKey')) ?? each.id,
        name: each.id,
        place: facts.place(each),
        access: httpAccess(facts, each, resource),
        leadsTo: integrationOf(facts, facts.get(each, 'Target'))?.id,
      }),
    )
  const body = definedRoutes(facts, resource, facts.get(resource, bodyOf(resource)))
  const sam = samRoutes(facts, resource, body.routes)
  const isWebSocket = textOf(facts.get(resource, 'ProtocolType')) === 'WEBSOCKET'
  const elsewhere = facts.get(
    resource,
    resource.type === 'AWS::Serverless::HttpApi' ? 'DefinitionUri' : 'BodyS3Location',
  )
  const overrides = facts.around.program.resources
  const managed = [...overrides.values()].filter(
    (each) =>
      each.type === 'AWS::ApiGatewayV2::ApiGatewayManagedOverrides' &&
      facts.exists(each) &&
      facts.around.mentions.get(each.key)?.has(resource.key),
  )
  const quick = facts.get(resource, 'Target')
  return {
    resource,
    kind: 'http',
    routes: [
      ...routes,
      ...sam.routes,
      ...(isAbsent(quick)
        ? []
        : [
            {
              key: textOf(facts.get(resource, 'RouteKey')) ?? '$default',
              name: resource.id,
              place: facts.place(resource),
              leadsTo: undefined,
              access: { kind: 'open', because: 'the API makes this route itself, from Target, without an authorizer' },
            } as const,
          ]),
    ],
    integrations: [...integrations, ...body.integrations],
    unread: [
      ...body.unread,
      ...sam.unread,
      ...(isAbsent(elsewhere) ? [] : [elsewhere]),
      ...managed.map((each): Value => ({ kind: 'ref', resource: each.key })),
      ...(isWebSocket && integrations.length > 0 ? [facts.get(resource, 'ProtocolType')] : []),
    ],
  }
}

const bodyOf = ({ type }: Resource): string => (type.startsWith('AWS::Serverless::') ? 'DefinitionBody' : 'Body')

/** `integrations/<id>` */
function integrationOf(facts: Facts, target: Value): Resource | undefined {
  const [prefix, id] = target.kind === 'joined' ? target.parts : []
  if (!prefix || !id || textOf(prefix) !== 'integrations/') return undefined
  return resourceOf(facts.around.program, id, 'AWS::ApiGatewayV2::Integration')
}

/** What may be private counts as private. */
export const isPrivate = (connection: Value): boolean => !isAbsent(connection) && textOf(connection) !== 'INTERNET'

function httpAccess(facts: Facts, route: Resource, api: Resource): Access {
  const type = facts.get(route, 'AuthorizationType')
  const word = isAbsent(type) ? 'NONE' : textOf(type)
  if (word === 'NONE')
    return { kind: 'open', because: `AuthorizationType is ${isAbsent(type) ? 'not set, which means NONE' : 'NONE'}` }
  if (word === 'AWS_IAM') return { kind: 'closed', by: 'AWS_IAM' }
  if (word !== 'JWT' && word !== 'CUSTOM')
    return { kind: 'unknown', value: type, because: 'AuthorizationType is not known' }
  const id = facts.get(route, 'AuthorizerId')
  if (isAbsent(id)) return { kind: 'open', because: `AuthorizationType is ${word}, but there is no AuthorizerId` }
  const authorizer = resourceOf(facts.around.program, id, 'AWS::ApiGatewayV2::Authorizer')
  if (!authorizer) return { kind: 'unknown', value: id, because: 'the authorizer is not in the templates' }
  const owner = resourceOf(facts.around.program, facts.get(authorizer, 'ApiId'), ...httpApis)
  if (owner !== api) return { kind: 'unknown', value: id, because: `${authorizer.id} belongs to another API` }
  const kind = textOf(facts.get(authorizer, 'AuthorizerType'))
  const wanted = word === 'JWT' ? 'JWT' : 'REQUEST'
  return kind === wanted
    ? { kind: 'closed', by: authorizer.id }
    : {
        kind: 'unknown',
        value: facts.get(authorizer, 'AuthorizerType'),
        because: `${authorizer.id} is no ${wanted} authorizer`,
      }
}

function restApi(facts: Facts, resource: Resource): Api {
  const { program } = facts.around
  const methods = facts
    .all('AWS::ApiGateway::Method')
    .filter((each) => resourceOf(program, facts.get(each, 'RestApiId'), ...restApis) === resource)
  const body = definedRoutes(facts, resource, facts.get(resource, bodyOf(resource)))
  const sam = samRoutes(facts, resource, body.routes)
  const elsewhere = [resource.type === 'AWS::Serverless::Api' ? 'DefinitionUri' : 'BodyS3Location', 'CloneFrom']
    .map((name) => facts.get(resource, name))
    .filter((value) => !isAbsent(value))
  return {
    resource,
    kind: 'rest',
    routes: [
      ...methods.map(
        (each): ApiRoute => ({
          key: `${textOf(facts.get(each, 'HttpMethod')) ?? '?'} ${pathOf(facts, facts.get(each, 'ResourceId'))}`,
          name: each.id,
          place: facts.place(each),
          access: restAccess(facts, each),
          leadsTo: each.id,
        }),
      ),
      ...sam.routes,
    ],
    integrations: [
      ...methods
        .filter((each) => isPrivate(facts.get(each, 'Integration.ConnectionType')))
        .map((each): Integration => {
          const target = facts.get(each, 'Integration.IntegrationTarget')
          return {
            name: each.id,
            place: facts.place(each),
            link: facts.get(each, 'Integration.ConnectionId'),
            target: isAbsent(target) ? facts.get(each, 'Integration.Uri') : target,
            serverName: facts.get(each, 'Integration.TlsConfig.ServerNameToVerify'),
          }
        }),
      ...body.integrations,
    ],
    unread: [...body.unread, ...sam.unread, ...elsewhere],
  }
}

function restAccess(facts: Facts, method: Resource): Access {
  const type = facts.get(method, 'AuthorizationType')
  const word = isAbsent(type) ? 'NONE' : textOf(type)?.toUpperCase()
  if (word === 'NONE')
    return {
      kind: 'open',
      because: `AuthorizationType is NONE${textOf(facts.get(method, 'ApiKeyRequired')) === 'true' ? ', and an API key is no authorization' : ''}`,
    }
  if (word === 'AWS_IAM') return { kind: 'closed', by: 'AWS_IAM' }
  if (word !== 'CUSTOM' && word !== 'COGNITO_USER_POOLS')
    return { kind: 'unknown', value: type, because: 'AuthorizationType is not known' }
  const id = facts.get(method, 'AuthorizerId')
  if (isAbsent(id)) return { kind: 'open', because: `AuthorizationType is ${word}, but there is no AuthorizerId` }
  const authorizer = resourceOf(facts.around.program, id, 'AWS::ApiGateway::Authorizer')
  if (!authorizer) return { kind: 'unknown', value: id, because: 'the authorizer is not in the templates' }
  const same = keyOf(facts.get(authorizer, 'RestApiId')) === keyOf(facts.get(method, 'RestApiId'))
  return same
    ? { kind: 'closed', by: authorizer.id }
    : { kind: 'unknown', value: id, because: `${authorizer.id} belongs to another API` }
}

/** The path of a resource of a REST API, from its parts. */
function pathOf(facts: Facts, value: Value, hops = 0): string {
  if (value.kind === 'ref' && value.attribute === 'RootResourceId') return '/'
  const resource = resourceOf(facts.around.program, value, 'AWS::ApiGateway::Resource')
  if (!resource || hops > 50) return '?'
  const above = pathOf(facts, facts.get(resource, 'ParentId'), hops + 1)
  return `${above === '/' ? '' : above}/${textOf(facts.get(resource, 'PathPart')) ?? '?'}`
}

/** The link resource of an integration, if it is one of the templates. */
export const linkOf = (facts: Facts, { link }: Integration): Resource | undefined =>
  resourceOf(facts.around.program, link, 'AWS::ApiGatewayV2::VpcLink', 'AWS::ApiGateway::VpcLink')
