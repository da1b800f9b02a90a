import { type AskedRoute, askedRoutes, routeKey } from '../../model/api/routes.ts'
import type { Finding, Rule } from '../rule.ts'

/** Names of variables do not tell routes apart. */
const shape = (route: AskedRoute): string => routeKey(route).replace(/\{\w+(\+?)\}/g, '{$1}')

export const routesDistinct: Rule = {
  id: 'PC309',
  title: 'No two routes take the same requests',
  why: 'API Gateway refuses a second route with the same method and path, even if its variables have other names',
  check: (_, config) => {
    if (config.api.routes === undefined) return []
    const first = new Map<string, AskedRoute>()
    return askedRoutes(config).flatMap((route): Finding[] => {
      const other = first.get(shape(route))
      if (other === undefined) {
        first.set(shape(route), route)
        return []
      }
      return [
        {
          path: [...route.at, 'route'],
          also: [...other.at, 'route'],
          message:
            routeKey(route) === routeKey(other)
              ? `route "${routeKey(route)}" is written twice`
              : `routes "${routeKey(route)}" and "${routeKey(other)}" take the same requests`,
          remedy: 'keep one of them',
        },
      ]
    })
  },
}
