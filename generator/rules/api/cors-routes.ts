import { askedRoutes, routeKey } from '../../model/api/routes.ts'
import type { Finding, Rule } from '../rule.ts'

export const corsRoutes: Rule = {
  id: 'PC310',
  title: 'With CORS, no route takes OPTIONS requests',
  why: 'such a route would take the preflight requests of browsers, which carry no token, and answer them with 401; without it API Gateway answers them itself',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
  check: (_, config) =>
    config.api.cors === undefined
      ? []
      : askedRoutes(config)
          .filter(({ method }) => method === 'OPTIONS' || method === '$default')
          .map(
            (route): Finding => ({
              path: [...route.at, 'route'],
              also: ['api', 'cors'],
              message: `route "${routeKey(route)}" cannot be combined with cors`,
              remedy:
                route.method === 'OPTIONS'
                  ? 'remove the route, or answer preflight requests in the service and remove cors'
                  : 'write ANY / and ANY /{proxy+} instead',
            }),
          ),
}
