/** Which requests the isolation probe makes. */
import { CORS_METHODS as ANY_METHODS } from '../../aws/http-methods.ts'
import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import type { Fronted } from '../service/fronted.ts'
import type { Route } from './routes.ts'

/** The isolation probe's requests: one that must be refused, and one that must be answered with 200 (an open route's). */
export type Probe = { readonly guarded: string; readonly open?: string }

type Request = { readonly method: string; readonly path: string }

const isVariable = (segment: string): boolean => segment.startsWith('{')
const isGreedy = (segment: string | undefined): boolean => segment?.endsWith('+}') ?? false

const segmentsOf = (path: string): string[] => path.split('/').slice(1)

const takes = ({ routeKey }: Route, request: Request): boolean => {
  if (routeKey === '$default') return true
  const [method = '', path = ''] = routeKey.split(' ')
  if (method !== 'ANY' && method !== request.method) return false
  const pattern = segmentsOf(path)
  const asked = segmentsOf(request.path)
  const fixed = isGreedy(pattern.at(-1)) ? pattern.slice(0, -1) : pattern
  if (fixed.length === pattern.length ? asked.length !== pattern.length : asked.length < pattern.length) return false
  return fixed.every((segment, index) => isVariable(segment) || segment === asked[index])
}

/** Full match before greedy match before `$default`; then more literal segments, then the method's own route. */
const precedence = ({ routeKey }: Route): number => {
  if (routeKey === '$default') return -1
  const [method = '', path = ''] = routeKey.split(' ')
  const segments = segmentsOf(path)
  const literal = segments.filter((segment) => !isVariable(segment)).length
  return (isGreedy(segments.at(-1)) ? 0 : 1000) + literal * 2 + (method === 'ANY' ? 0 : 1)
}

/** The route that API Gateway chooses. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
const chosen = (routes: readonly Route[], request: Request): Route | undefined =>
  routes.filter((route) => takes(route, request)).sort((a, b) => precedence(b) - precedence(a))[0]

/** Requests for the route, with something for each variable; of ANY, GET comes first. */
const requestsOf = ({ routeKey }: Route): Request[] => {
  if (routeKey === '$default') return [{ method: 'GET', path: '/portcullis-probe' }]
  const [method = '', path = ''] = routeKey.split(' ')
  return (method === 'ANY' ? ANY_METHODS : [method]).map((each) => ({
    method: each,
    path: path.replace(/\{[^}]+\}/g, 'portcullis-probe'),
  }))
}

type MayRest = Fronted & { readonly mayRest?: boolean }

/** Whether a request for the first name, which the probe asks, may meet the rule. */
const takesFirst = ({ hosts }: ListenerRule): boolean =>
  hosts === undefined || hosts.some((host) => typeof host !== 'string')

/** The service that the load balancer sends a path to. */
const serviceOf = (services: readonly Fronted[], path: string): Fronted | undefined => {
  const rules = services.flatMap((service) => service.listenerRules.map((rule) => ({ service, rule })))
  const fits = (pattern: string): boolean =>
    pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
  return rules
    .sort((a, b) => a.rule.priority - b.rule.priority)
    .find(({ rule }) => takesFirst(rule) && rule.paths.some(fits))?.service
}

/** As a client sends it, below the base path. */
const text = ({ method, path }: Request, basePath: string | undefined): string =>
  basePath === undefined ? `${method} ${path}` : `${method} /${basePath}${path.replace(/^\/(?=$|\?)/, '')}`

/**
 * The guarded request goes to a route that is not open, preferably one whose authorization is API Gateway's own.
 * An open route is asked only where the answer is known: at the path of a health check, of what runs everywhere.
 */
export const probeOf = (
  routes: readonly Route[],
  services: readonly MayRest[],
  basePath: string | undefined,
): Probe | undefined => {
  const [guarded] = routes
    .filter(({ auth }) => auth.kind !== 'none')
    .flatMap((route) =>
      requestsOf(route).map((request, index) => ({
        request,
        rank: (index === 0 ? 0 : 2) + Number(route.auth.kind === 'lambda'),
      })),
    )
    .filter(({ request }) => chosen(routes, request)?.auth.kind !== 'none')
    .sort((a, b) => a.rank - b.rank)
  if (guarded === undefined) return undefined
  const leadsTo = (service: Fronted, route: Route | undefined, { path }: Request): boolean =>
    route?.service === undefined ? serviceOf(services, path) === service : route.service.key === service.key
  const open = services
    .filter(({ mayRest = false }) => !mayRest)
    .map((service) => ({ service, request: { method: 'GET', path: service.health.path } }))
    .filter(({ service, request }) => leadsTo(service, chosen(routes, request), request))
    .map(({ request }) => request)
    .find((request) => chosen(routes, request)?.auth.kind === 'none')
  return {
    guarded: text(guarded.request, basePath),
    ...(open === undefined ? {} : { open: text(open, basePath) }),
  }
}
