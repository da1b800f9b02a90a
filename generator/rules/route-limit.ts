import type { Diagnostic } from '../errors/diagnostic.ts'
import type { Rule } from './rule.ts'

const LIMIT = 300

export const routeLimit: Rule = {
  id: 'PC311',
  title: 'The API has at most 300 routes',
  why: 'API Gateway allows 300 routes per API; with CORS each ANY counts six times',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  check: (model, config): Diagnostic[] =>
    model.api.routes.length <= LIMIT
      ? []
      : [
          {
            code: 'PC311',
            path: config.api.routes === undefined ? ['services'] : ['api', 'routes'],
            at: 'key',
            message: `the API would have ${model.api.routes.length} routes`,
            why: `${routeLimit.why}: ${routeLimit.docs}`,
            remedy: 'put paths together with /{proxy+}, or name the methods that are used instead of ANY',
          },
        ],
}
