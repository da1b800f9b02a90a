/** What an API does with a request: its route, its authorizer, and the integration that it is sent through. */
import {
  belongsTo,
  definedIn,
  integrationIn,
  integrationOf,
  isPrivate,
  methodType,
  routeOf,
  routeSources,
  unreadOfApi,
} from '../relations/apis.ts'
import type { Api, ApiRoute, Integration } from '../relations/route.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, isOpen, textOf, type Value } from '../resolve/value.ts'
import { inWords } from '../resolve/words.ts'
import { isAuthorized } from './authorizer.ts'
import type { Entered } from './entrance.ts'
import { mapped, type Sent } from './parameter-mapping.ts'
import type { Request } from './request.ts'
import { bestRoute } from './route-match.ts'
import type { Arriving } from './rule-match.ts'
import type { Walk } from './walk.ts'

export type Through = { readonly api: Resource; readonly integration: Integration; readonly arriving: Arriving }

type Known = { readonly route: ApiRoute; readonly resource: Resource | undefined }

/** Undefined where the way ends before a VPC link. `now` in seconds. */
export function throughApi(walk: Walk, entered: Entered, request: Request, now: number): Through | undefined {
  const { api } = entered
  const routes = routesOf(walk, api)
  if (!routes) return undefined
  const best = bestRoute(
    routes.map(({ route }) => route.key),
    request.method,
    entered.path,
  )
  const found = best && routes.find(({ route }) => route.key === best.key)
  if (!best || !found) return withoutRoute(walk, api, request, entered)
  const { route } = found
  const at = { node: route.name, place: route.place }
  const bound = [...best.variables].map(([name, value]) => `${name}=${value}`)
  walk.pass(at, [route.key, ...bound].join(', '))
  if (!isAuthorized(walk, api, found, request, now)) return undefined
  if (route.isMock) return walk.answer(at, undefined, 'answers itself, without an integration')
  const sent = sentBy(entered, request, best)
  return found.resource ? ofResource(walk, api, found.resource, sent) : ofDocument(walk, api, route, sent)
}

/** Undefined where they are not all known. */
function routesOf(walk: Walk, api: Api): readonly Known[] | undefined {
  const { facts } = walk
  const defined = definedIn(facts, api)
  const [unread] = [...unreadOfApi(facts, api), ...defined.unread]
  if (unread) return walk.unknown(api.resource, 'its routes are not all known', unread)
  const found: Known[] = defined.routes.map((route) => ({ route, resource: undefined }))
  for (const resource of routeSources(facts, api)) {
    if (belongsTo(facts, resource, api).is !== 'yes' || !facts.exists(resource)) continue
    const key = facts.get(resource, 'RouteKey')
    if (isOpen(key)) return walk.unknown(resource, 'its key is not known', key)
    found.push({ route: routeOf(facts, resource, api), resource })
  }
  return found
}

/** API Gateway answers preflights itself where CORS is set and no route takes them. */
function withoutRoute(walk: Walk, api: Api, { method }: Request, { path }: Entered): undefined {
  const cors = walk.facts.get(api.resource, 'CorsConfiguration')
  if (api.kind === 'http' && method === 'OPTIONS' && !isAbsent(cors))
    return walk.answer(api.resource, 204, 'answers the preflight itself, by its CORS settings')
  return walk.answer(api.resource, api.kind === 'rest' ? 403 : 404, `no route takes ${method} ${path}`)
}

/**
 * Where a mapping has a key, nobody says whether `$request.path` holds it. A stage with a name stands before the path:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function sentBy(
  entered: Entered,
  request: Request,
  { key, variables }: { key: string; variables: Sent['variables'] },
): Sent {
  const { stageName, path, isWhole, host } = entered
  const whole = isWhole ? path : undefined
  const context = new Map([
    ['routeKey', key],
    ['httpMethod', request.method],
    ['protocol', 'HTTP/1.1'],
    ...(host === undefined ? [] : ([['domainName', host]] as const)),
    ...(stageName === undefined ? [] : ([['stage', stageName]] as const)),
  ])
  const passed =
    whole === undefined || stageName === undefined
      ? undefined
      : stageName === '$default'
        ? whole
        : `/${stageName}${whole}`
  return { request, path: whole, passed, method: request.method, variables, context }
}

function ofResource(walk: Walk, api: Api, route: Resource, sent: Sent): Through | undefined {
  const { facts } = walk
  const target = facts.get(route, 'Target')
  const part = route.type === methodType ? route : integrationIn(facts, target)
  if (!part) return walk.unknown(route, 'where it leads is not known', target)
  if (!isPrivate(facts, part)) return elsewhere(walk, part)
  const method = textOf(
    facts.get(part, part.type === methodType ? 'Integration.IntegrationHttpMethod' : 'IntegrationMethod'),
  )
  return through(walk, api, integrationOf(facts, part), { ...sent, method: methodSent(method, sent) })
}

const methodSent = (written: string | undefined, { request }: Sent): string =>
  written === undefined || written === 'ANY' ? request.method : written

/** A function, an address of the internet or a service of AWS takes it. */
function elsewhere(walk: Walk, part: Resource): undefined {
  const { facts } = walk
  const isMethod = part.type === methodType
  const [type, uri] = [
    isMethod ? 'Integration.Type' : 'IntegrationType',
    isMethod ? 'Integration.Uri' : 'IntegrationUri',
  ].map((name) => facts.get(part, name)) as [Value, Value]
  return walk.reach(part, `${textOf(type) ?? 'an integration'} to ${inWords(uri)}, not through a VPC link`, part.id)
}

function ofDocument(walk: Walk, api: Api, route: ApiRoute, sent: Sent): Through | undefined {
  const integration = definedIn(walk.facts, api).integrations.find(({ name }) => name === route.leadsTo)
  const at = { node: route.name, place: route.place }
  if (!integration) return walk.reach(at, 'an integration that is not through a VPC link', route.name)
  return through(walk, api, integration, sent)
}

function through(walk: Walk, api: Api, integration: Integration, sent: Sent): Through {
  const { parameters } = integration
  const mappings =
    parameters.kind === 'map' && api.kind === 'http'
      ? [...parameters.entries].map(([key, value]) => [key, textOf(value)] as const)
      : []
  const arriving = mapped(mappings, sent)
  const changed = mappings.length > 0 ? `, by ${mappings.map(([key]) => key).join(', ')}` : ''
  walk.pass(
    { node: integration.name, place: integration.place },
    `sends ${arriving.method ?? sent.request.method} ${arriving.path ?? 'a path that is not known'}${changed}`,
  )
  return { api: api.resource, integration, arriving }
}
