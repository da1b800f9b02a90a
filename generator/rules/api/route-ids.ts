import type { Config } from '../../config/schema/index.ts'
import { type AskedRoute, expandedRoutes, pathId, routeId, routeKey } from '../../model/api/routes.ts'
import type { Finding, Rule } from '../rule.ts'

export const routeIds: Rule = {
  id: 'PC312',
  title: 'Routes have different logical IDs',
  why: 'a route is named after the letters and digits of its method and path, its integration below a base path after those of the path, and two resources cannot share a name',
  check: (_, config) => {
    const first = new Map<string, AskedRoute>()
    const reported = new Set<string>()
    return expandedRoutes(config).flatMap((route): Finding[] =>
      namesOf(config, route).flatMap(({ id, says }) => {
        const other = first.get(id)
        const pair = JSON.stringify([route.at, other?.at])
        // Equal shapes (`/a/{x}` twice) have a rule of their own, and so have paths of two services.
        if (other === undefined || says(other) === says(route) || reported.has(pair)) {
          if (other === undefined) first.set(id, route)
          return []
        }
        reported.add(pair)
        const place = config.api.routes === undefined ? route.at : [...route.at, 'route']
        return [
          {
            path: place,
            also: other.at,
            message: `routes "${routeKey(route)}" and "${routeKey(other)}" both become ${id}`,
            remedy: 'make the paths differ in letters or digits, for example by renaming the variable',
          },
        ]
      }),
    )
  },
}

type Named = { readonly id: string; readonly says: (route: AskedRoute) => string }

const namesOf = ({ domain }: Config, route: AskedRoute): Named[] => [
  { id: routeId(route), says: routeKey },
  ...(domain.basePath === undefined ? [] : [{ id: `${pathId(route.path)}PathIntegration`, says: pathOf }]),
]

const pathOf = ({ path }: AskedRoute): string => path
