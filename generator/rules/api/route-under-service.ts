import { askedRoutes, covers, pathsOf, routeKey } from '../../model/api/routes.ts'
import { writtenServices } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const routeUnderService: Rule = {
  id: 'PC308',
  title: 'Every route is under the paths of a service',
  why: 'the load balancer answers 404 where no service has the path (if several match, the most specific path wins)',
  check: (_, config) => {
    if (config.api.routes === undefined) return []
    const patterns = [...new Set(writtenServices(config.services).flatMap(([, service]) => pathsOf(service)))]
    return askedRoutes(config)
      .filter(({ path }) => !patterns.some((pattern) => covers(pattern, path)))
      .map((route): Finding => {
        const missing =
          route.path === '' ? '/*' : route.path.includes('{') ? route.path.replace(/\{.*$/, '*') : route.path
        return {
          path: [...route.at, 'route'],
          message: `route "${routeKey(route)}" is not under the paths of any service`,
          remedy: `add ${missing} to the paths of a service, or change the route; the paths are ${patterns.slice(0, 10).join(', ')}`,
        }
      })
  },
}
