/** APIs of API Gateway: their routes, who may call each, and which go through a VPC link. */

import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt, resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, isOpen, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { methodAccess, routeAccess } from './access.ts'
import { fixedHeaders } from './fixed-headers.ts'
import { linkType } from './links.ts'
import { type Defined, definedRoutes, unreadPart } from './open-api.ts'
import type { Api, ApiRoute, Integration } from './route.ts'
import { verifiedByName, verifiedByUri } from './verified-name.ts'

export { linkType }

export const httpApiType = 'AWS::ApiGatewayV2::Api'
export const restApiType = 'AWS::ApiGateway::RestApi'
export const apiTypes = [httpApiType, restApiType] as const
export const integrationType = 'AWS::ApiGatewayV2::Integration'
export const routeType = 'AWS::ApiGatewayV2::Route'
export const methodType = 'AWS::ApiGateway::Method'

export const apiOf = (resource: Resource): Api => ({ resource, kind: resource.type === restApiType ? 'rest' : 'http' })

const ownerOf = ({ type }: Resource): string => (type === methodType ? 'RestApiId' : 'ApiId')

/** Whether a route, integration or method is one of the API. */
export const belongsTo = (facts: Facts, part: Resource, { resource }: Api): Answer =>
  isIt(facts, facts.get(part, ownerOf(part)), resource.key)

/** The API to which a part belongs, when it is one of the templates for certain. */
export const apiOfPart = (facts: Facts, part: Resource): Resource | undefined =>
  resourceOf(facts, facts.get(part, ownerOf(part)), ...apiTypes)

export const ownerValue = (facts: Facts, part: Resource): Value => facts.get(part, ownerOf(part))

/** What may be private counts as private. */
export const isPrivate = (facts: Facts, part: Resource): boolean => {
  const type = facts.get(part, part.type === methodType ? 'Integration.ConnectionType' : 'ConnectionType')
  return !isAbsent(type) && textOf(type) !== 'INTERNET'
}

/** Resources that may be integrations of the API, in any world. */
export const integrationSources = (facts: Facts, { kind }: Api): readonly Resource[] =>
  facts.candidates(kind === 'rest' ? methodType : integrationType)

/** Resources that may be routes of the API, in any world. */
export const routeSources = (facts: Facts, { kind }: Api): readonly Resource[] =>
  facts.candidates(kind === 'rest' ? methodType : routeType)

export function integrationOf(facts: Facts, part: Resource): Integration {
  const at = (name: string): Value => facts.get(part, name)
  if (part.type !== methodType)
    return {
      name: part.id,
      place: facts.place(part),
      resource: part,
      link: at('ConnectionId'),
      target: at('IntegrationUri'),
      port: undefined,
      verified: verifiedByName(part.id, at('TlsConfig')),
      headers: fixedHeaders(at('RequestParameters')),
      parameters: at('RequestParameters'),
    }
  const target = at('Integration.IntegrationTarget')
  const uri = at('Integration.Uri')
  return {
    name: part.id,
    place: facts.place(part),
    resource: part,
    link: at('Integration.ConnectionId'),
    target: isAbsent(target) ? uri : target,
    ...verifiedByUri(part.id, uri, at('Integration.TlsConfig')),
    headers: new Map(),
    parameters: at('Integration.RequestParameters'),
  }
}

export function routeOf(facts: Facts, part: Resource, api: Api): ApiRoute {
  const place = facts.place(part)
  if (part.type === methodType)
    return {
      key: `${textOf(facts.get(part, 'HttpMethod')) ?? '?'} ${pathOf(facts, facts.get(part, 'ResourceId'))}`,
      name: part.id,
      place,
      access: methodAccess(facts, part, api.resource),
      leadsTo: part.id,
      isMock: textOf(facts.get(part, 'Integration.Type')) === 'MOCK',
    }
  const target = facts.get(part, 'Target')
  return {
    key: textOf(facts.get(part, 'RouteKey')) ?? part.id,
    name: part.id,
    place,
    access: routeAccess(facts, part, api.resource),
    leadsTo: integrationIn(facts, target)?.id,
    // A route without an integration answers with an error:
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
    isMock: isAbsent(target),
  }
}

export type KnownRoute = { readonly route: ApiRoute; readonly resource: Resource | undefined }

/** Routes that certainly are the API's, in this world: of its document, and resources. */
export const knownRoutes = (facts: Facts, api: Api): readonly KnownRoute[] => [
  ...definedIn(facts, api).routes.map((route) => ({ route, resource: undefined })),
  ...routeSources(facts, api)
    .filter((each) => belongsTo(facts, each, api).is === 'yes' && facts.exists(each))
    .map((each) => ({ route: routeOf(facts, each, api), resource: each })),
]

/** `integrations/<id>` */
export function integrationIn(facts: Facts, target: Value): Resource | undefined {
  const [prefix, id, ...more] = target.kind === 'joined' ? target.parts : []
  if (!prefix || !id || more.length > 0 || textOf(prefix) !== 'integrations/') return undefined
  return resourceOf(facts, id, integrationType)
}

/** Whether a route leads to this integration, which has the logical ID as its name. */
export function leadsToIntegration(facts: Facts, route: Resource, integration: Integration): Answer {
  const target = facts.get(route, 'Target')
  const found = integrationIn(facts, target)
  if (found)
    return found.id === integration.name
      ? { is: 'yes', because: 'the same resource' }
      : { is: 'no', because: 'another resource' }
  return isAbsent(target) ? { is: 'no', because: 'nothing is named' } : { is: 'maybe', value: target }
}

/** Whether a route may lead to an integration of the API, no matter whose route it is. */
export function leadsInto(facts: Facts, route: Resource, api: Api): Answer {
  const target = facts.get(route, 'Target')
  const integration = integrationIn(facts, target)
  if (integration) return belongsTo(facts, integration, api)
  const taint = facts.taint(target)
  if (taint !== 'all' && taint.size === 0) return { is: 'no', because: 'another kind of value' }
  const found = integrationSources(facts, api).some((each) => taint === 'all' || taint.has(each.key))
  return found ? { is: 'maybe', value: target } : { is: 'no', because: 'another resource' }
}

/** The path of a resource of a REST API, from its parts. */
function pathOf(facts: Facts, value: Value, hops = 0): string {
  if (value.kind === 'ref' && value.attribute === 'RootResourceId') return '/'
  const resource = resourceOf(facts, value, 'AWS::ApiGateway::Resource')
  if (!resource || hops > 50) return '?'
  const above = pathOf(facts, facts.get(resource, 'ParentId'), hops + 1)
  return `${above === '/' ? '' : above}/${textOf(facts.get(resource, 'PathPart')) ?? '?'}`
}

/** Routes and integrations of the OpenAPI document in the template. */
export function definedIn(facts: Facts, { resource, kind }: Api): Defined {
  const body = definedRoutes(facts, resource, facts.get(resource, 'Body'), kind)
  const [target, key] = [facts.get(resource, 'Target'), facts.get(resource, 'RouteKey')]
  if (kind === 'rest' || isAbsent(target)) return body
  if (isOpen(target)) return { ...body, unread: [...body.unread, target] }
  const quick: ApiRoute = {
    key: textOf(key) ?? '$default',
    name: resource.id,
    place: facts.place(resource),
    leadsTo: undefined,
    access: { kind: 'open', because: 'the API makes this route itself, from Target, without an authorizer' },
    isMock: false,
  }
  return { ...body, routes: [...body.routes, quick] }
}

/** What may hold routes and integrations and cannot be read here. */
export function unreadOfApi(facts: Facts, api: Api): readonly Value[] {
  const { resource, kind } = api
  const elsewhere = (kind === 'rest' ? ['BodyS3Location', 'CloneFrom'] : ['BodyS3Location'])
    .map((name) => facts.get(resource, name))
    .filter((value) => !isAbsent(value))
  const protocol = facts.get(resource, 'ProtocolType')
  const isWebSocket =
    textOf(protocol) === 'WEBSOCKET' && integrationSources(facts, api).some((each) => mayBelong(facts, each, api))
  return [...elsewhere, ...(isWebSocket ? [protocol] : [])].map((value) => unreadPart(facts, resource, value))
}

const mayBelong = (facts: Facts, part: Resource, api: Api): boolean =>
  belongsTo(facts, part, api).is !== 'no' && isPrivate(facts, part)

/** Whether the API sends requests through a VPC link, as far as is known; what may do so counts. */
export function isOnLink(facts: Facts, api: Api): boolean {
  if (unreadOfApi(facts, api).length > 0) return true
  const body = definedIn(facts, api)
  if (body.integrations.length > 0 || body.unread.length > 0) return true
  return integrationSources(facts, api).some((each) => mayBelong(facts, each, api) && facts.exists(each))
}

/** What changes an API that was made by quick creation. */
export const overridesOf = (facts: Facts, { resource }: Api): readonly Resource[] =>
  facts
    .candidates('AWS::ApiGatewayV2::ApiGatewayManagedOverrides')
    .filter((each) => isIt(facts, facts.get(each, 'ApiId'), resource.key).is !== 'no')

export const actionsOfRule = (facts: Facts, rule: Resource): readonly Value[] =>
  piecesOf(facts.get(rule, 'Actions')).map((action) => entry(entry(action, 'InvokeApi'), 'ApiId'))
