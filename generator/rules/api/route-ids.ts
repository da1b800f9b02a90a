import { type AskedRoute, expandedRoutes, routeId, routeKey } from '../../model/api/routes.ts'
import type { Finding, Rule } from '../rule.ts'

export const routeIds: Rule = {
  id: 'PC312',
  title: 'Routes have different logical IDs',
  why: 'a route is named after the letters and digits of its method and path, and two resources cannot share a name',
  check: (_, config) => {
    const first = new Map<string, AskedRoute>()
    const reported = new Set<string>()
    return expandedRoutes(config).flatMap((route): Finding[] => {
      const other = first.get(routeId(route))
      const pair = JSON.stringify([route.at, other?.at])
      // Equal shapes (`/a/{x}` twice) have a rule of their own, and so have paths of two services.
      if (other === undefined || routeKey(other) === routeKey(route) || reported.has(pair)) {
        if (other === undefined) first.set(routeId(route), route)
        return []
      }
      reported.add(pair)
      const place = config.api.routes === undefined ? route.at : [...route.at, 'route']
      return [
        {
          path: place,
          also: other.at,
          message: `routes "${routeKey(route)}" and "${routeKey(other)}" both become ${routeId(route)}`,
          remedy: 'make the paths differ in letters or digits, for example by renaming the variable',
        },
      ]
    })
  },
}
