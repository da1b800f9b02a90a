import { CORS_METHODS, METHODS } from '../../aws/http-methods.ts'
import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { byText, pascalCase } from '../names.ts'
import { shifts } from '../service/deployment.ts'
import { writtenServices } from '../task/written.ts'
import type { Authorizer } from './authorizers.ts'

export type Route = {
  /** `GetOrdersProxy`; its logical ID is `Route<id>`. */
  readonly id: string
  /** `GET /orders/{proxy+}` */
  readonly routeKey: string
  readonly auth:
    | { readonly kind: 'jwt' | 'lambda'; readonly authorizer: Authorizer }
    | { readonly kind: 'iam' }
    | { readonly kind: 'none' }
  readonly scopes: readonly string[]
  /** The service with an integration of its own that it leads to; none: the load balancer finds the service by the path. */
  readonly service?: { readonly key: string; readonly id: string }
  /** Below a base path: what the path that the service sees is put together from. */
  readonly rebuilt?: RebuiltPath
}

/** A path as a parameter mapping writes it, of the variables of its routes: `/orders/${request.path.id}`. */
export type RebuiltPath = {
  /** `OrdersId` */
  readonly id: string
  readonly path: string
}

/** A route before CORS expansion, with the place in the config that asks for it. */
export type AskedRoute = {
  readonly method: string
  /** Empty for `$default`. */
  readonly path: string
  readonly auth: string | undefined
  readonly scopes: readonly string[]
  readonly at: Path
}

/** What a service answers; the only service may leave its paths out and answers everything. */
export const pathsOf = (service: Config['services'][string]): readonly string[] => service.paths ?? ['/*']

/** Whether the load balancer sends all requests of a route to this path pattern, `*` being the last segment. */
export const covers = (pattern: string, route: string): boolean => {
  if (pattern === '/*') return true
  if (!pattern.endsWith('/*')) return pattern === route
  return route.startsWith(pattern.slice(0, -1))
}

type Owner = { readonly key: string; readonly pattern: string }

/** The service under whose paths a route is: the most specific of them, which for patterns that cover it is the longest. */
export const ownerOf = (config: Config, route: string): Owner | undefined =>
  writtenServices(config.services)
    .flatMap(([key, service]) => pathsOf(service).map((pattern) => ({ key, pattern })))
    .filter(({ pattern }) => covers(pattern, route))
    .sort((a, b) => fixedLength(b.pattern) - fixedLength(a.pattern))[0]

/** Of patterns that meet, the longer one is more specific. */
export const fixedLength = (pattern: string): number => pattern.replace(/\*$/, '').length

/** The load balancer's `/*` also matches `/`, the API's `/{proxy+}` does not, so it takes two routes. */
export const pathRoutes = (path: string): string[] => {
  if (path === '/*') return ['/', '/{proxy+}']
  return [path.replace(/\*$/, '{proxy+}')]
}

/** The authorizer that a route without `auth` gets, if the config names one. */
export const defaultAuth = (api: Config['api']): string | undefined => {
  const names = Object.keys(api.auth)
  return api.defaultAuth ?? (names.length === 1 ? names[0] : undefined)
}

const written = (config: Config): AskedRoute[] =>
  (config.api.routes ?? []).map((route, index) => {
    const [method = '', path = ''] = route.route.split(' ')
    return {
      method: path === '' ? '$default' : method,
      path,
      auth: route.auth ?? defaultAuth(config.api),
      scopes: route.scopes,
      at: ['api', 'routes', index],
    }
  })

const derived = (config: Config): AskedRoute[] => {
  const auth = defaultAuth(config.api)
  const routes = writtenServices(config.services).flatMap(([key, service]) =>
    pathsOf(service).flatMap((pattern, index) => {
      const at: Path = service.paths === undefined ? ['services', key] : ['services', key, 'paths', index]
      return pathRoutes(pattern).map((path) => ({
        method: 'ANY',
        path,
        auth,
        scopes: [],
        at,
        ownPath: path === pattern || pattern !== '/*',
      }))
    }),
  )
  // `/` of one service and `/*` of another give one route for `/`: the one that was written as such.
  const own = new Set(routes.flatMap(({ ownPath, path }) => (ownPath ? [path] : [])))
  // Services of different names may answer the same path; the first one gives the route.
  const first = new Map<string, AskedRoute>()
  for (const { ownPath, ...route } of routes)
    if ((ownPath || !own.has(route.path)) && !first.has(route.path)) first.set(route.path, route)
  return [...first.values()]
}

/** The routes that the config asks for, in the order written. */
export const askedRoutes = (config: Config): AskedRoute[] =>
  config.api.routes === undefined ? derived(config) : written(config)

/** `ANY` with CORS: never OPTIONS, so that API Gateway answers preflight requests itself and no open route is needed. */
const expand = (asked: readonly AskedRoute[], cors: boolean): AskedRoute[] =>
  asked.flatMap((route) => {
    if (!cors || route.method !== 'ANY') return [route]
    const taken = asked.filter((other) => other.path === route.path).map((other) => other.method)
    return CORS_METHODS.filter((method) => !taken.includes(method)).map((method) => ({ ...route, method }))
  })

export const expandedRoutes = (config: Config): AskedRoute[] =>
  expand(askedRoutes(config), config.api.cors !== undefined)

export const routeKey = (route: AskedRoute): string =>
  route.path === '' ? '$default' : `${route.method} ${route.path}`

/** `GET /orders/{proxy+}` -> `GetOrdersProxy`, `ANY /` -> `AnyRoot` */
export const routeId = (route: AskedRoute): string =>
  route.path === '' ? 'Default' : pascalCase(route.method.toLowerCase()) + pathId(route.path)

/** `/orders/{id}` -> `OrdersId` */
export const pathId = (path: string): string => pascalCase(path) || 'Root'

const rebuilt = (config: Config, { path }: AskedRoute): Pick<Route, 'rebuilt'> =>
  config.domain.basePath === undefined
    ? {}
    : { rebuilt: { id: pathId(path), path: path.replace(/\{(\w+)\+?\}/g, (_, name) => `\${request.path.${name}}`) } }

const authorization = (name: string | undefined, authorizers: readonly Authorizer[]): Route['auth'] => {
  const authorizer = authorizers.find(({ key }) => key === name)
  if (authorizer !== undefined) return { kind: authorizer.kind, authorizer }
  // A name that is missing or wrong is an error of its own rule; until then the route is closed.
  return { kind: name === 'none' ? 'none' : 'iam' }
}

const throughOwn = (config: Config, { path }: AskedRoute): Pick<Route, 'service'> => {
  if (!writtenServices(config.services).some(([, service]) => shifts(service))) return {}
  const key = ownerOf(config, path)?.key
  const service = key === undefined ? undefined : config.services[key]
  return key !== undefined && service !== undefined && shifts(service) ? { service: { key, id: pascalCase(key) } } : {}
}

export const routes = (config: Config, authorizers: readonly Authorizer[]): Route[] =>
  expandedRoutes(config)
    .sort((a, b) => byText(a.path, b.path) || METHODS.indexOf(a.method as 'ANY') - METHODS.indexOf(b.method as 'ANY'))
    .map((route) => ({
      id: routeId(route),
      routeKey: routeKey(route),
      auth: authorization(route.auth, authorizers),
      scopes: [...route.scopes].sort(byText),
      ...throughOwn(config, route),
      ...rebuilt(config, route),
    }))
