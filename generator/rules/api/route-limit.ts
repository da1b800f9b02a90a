import type { Finding, Rule } from '../rule.ts'

const LIMIT = 300

export const routeLimit: Rule = {
  id: 'PC311',
  title: 'The API has at most 300 routes',
  why: 'API Gateway allows 300 routes per API; with CORS each ANY counts six times',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  check: (model, config): Finding[] =>
    model.api.routes.length <= LIMIT
      ? []
      : [
          {
            path: config.api.routes === undefined ? ['services'] : ['api', 'routes'],
            at: 'key',
            message: `the API would have ${model.api.routes.length} routes`,
            remedy: 'combine paths with /{proxy+}, or name only the methods in use instead of ANY',
          },
        ],
}
