import { askedRoutes } from '../../model/api/routes.ts'
import type { Rule } from '../rule.ts'

export const defaultBelowBasePath: Rule = {
  id: 'PC330',
  title: 'Below a base path, no route is $default',
  why: 'the path that a service sees is put together from the variables of the route, since nobody says whether $request.path holds the base path, and $default has no variables',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html',
  check: (_, config) =>
    config.domain.basePath === undefined
      ? []
      : askedRoutes(config)
          .filter(({ path }) => path === '')
          .map(({ at }) => ({
            path: [...at, 'route'],
            also: ['domain', 'basePath'],
            message: 'route "$default" cannot be combined with a base path',
            remedy: 'write ANY / and ANY /{proxy+} instead',
          })),
}
