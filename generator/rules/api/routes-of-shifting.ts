import type { Config } from '../../config/schema/index.ts'
import {
  type AskedRoute,
  askedRoutes,
  fixedLength,
  ownerOf,
  pathRoutes,
  pathsOf,
  routeKey,
} from '../../model/api/routes.ts'
import { shifts } from '../../model/service/deployment.ts'
import { writtenServices } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const routesOfShifting: Rule = {
  id: 'PC460',
  title: 'Where a service is deployed beyond rolling, routes alone tell the services apart',
  why: 'such a service is found by its routes, so a request that a route of another one takes never comes to it, whatever its paths say; of several routes, API Gateway takes the most specific',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
  check: (_, config) => {
    const services = writtenServices(config.services)
    if (config.api.routes === undefined || !services.some(([, service]) => shifts(service))) return []
    const routes = askedRoutes(config).map((route) => ({ route, owner: ownerOf(config, route.path) }))
    const ofOwner = (key: string): AskedRoute[] =>
      routes.filter(({ owner }) => owner?.key === key).map(({ route }) => route)
    const unreached = services
      .filter(([key, service]) => shifts(service) && ofOwner(key).length === 0)
      .map(
        ([key, { deployment }]): Finding => ({
          path: ['services', key],
          at: 'key',
          message: `no route leads to "${key}", which with the strategy ${deployment.strategy} is found by its routes alone`,
          remedy: `add a route under its paths, such as "ANY ${pathRoutes(pathsOf(config.services[key] as Config['services'][string])[0] ?? '/*').at(-1)}"`,
        }),
      )
    const reached = services.filter(([key]) => ofOwner(key).length > 0)
    const taken = routes.flatMap(({ route, owner }) =>
      owner === undefined
        ? []
        : reached
            .filter(([key, service]) => key !== owner.key && (shifts(service) || isShifting(config, owner.key)))
            .flatMap(([key, service]) => pathsOf(service).map((pattern) => ({ key, pattern })))
            // What a shorter path takes in belongs to the longer one.
            .filter(({ pattern }) => fixedLength(pattern) > fixedLength(owner.pattern))
            .filter(({ key, pattern }) => meet(route.path, pattern) && !isTaken(route, pattern, ofOwner(key)))
            .slice(0, 1)
            .map(
              ({ key, pattern }): Finding => ({
                path: [...route.at, 'route'],
                message: `route "${routeKey(route)}" takes requests for ${pattern} of "${key}" to "${owner.key}"`,
                remedy: `add ${pathRoutes(pattern)
                  .map((path) => `"ANY ${path}"`)
                  .join(' and ')}, or narrow the route`,
              }),
            ),
    )
    return [...unreached, ...taken]
  },
}

const isShifting = (config: Config, key: string): boolean => {
  const service = config.services[key]
  return service !== undefined && shifts(service)
}

const segments = (path: string): string[] => path.split('/').slice(1)

/** Whether some request is both the route's and under the path. */
function meet(route: string, pattern: string): boolean {
  if (route === '') return true
  const [asked, wanted] = [segments(route), segments(pattern)]
  for (let index = 0; ; index++) {
    const [a, b] = [asked[index], wanted[index]]
    if (a === undefined || b === undefined) return a === b
    if (b === '*' || /^\{.*\+\}$/.test(a)) return true
    if (a !== b && !a.startsWith('{')) return false
  }
}

/** Whether routes of the path's own service take all that the other route would take there. */
const isTaken = (other: AskedRoute, pattern: string, own: readonly AskedRoute[]): boolean => {
  const yields = other.path === '' || /\{[^}]*\+\}$/.test(other.path)
  return (
    (yields || !pattern.endsWith('/*')) &&
    pathRoutes(pattern)
      .filter((path) => other.path === '' || meet(other.path, path.replace(/\{.*$/, '*')))
      .every((path) =>
        own.some((route) => route.path === path && (route.method === 'ANY' || route.method === other.method)),
      )
  )
}
