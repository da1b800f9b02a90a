import { askedRoutes, routeKey } from '../../model/api/routes.ts'
import type { Finding, Rule } from '../rule.ts'

export const scopesNeedJwt: Rule = {
  id: 'PC307',
  title: 'Only routes with a JWT authorizer have scopes',
  why: 'API Gateway checks scopes in tokens only, so on any other route they would stop nobody',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html',
  check: (_, config) =>
    askedRoutes(config)
      .filter(
        ({ scopes, auth }) =>
          scopes.length > 0 &&
          (auth === 'iam' || auth === 'none' || (auth !== undefined && config.api.auth[auth]?.lambda !== undefined)),
      )
      .map(
        (route): Finding => ({
          path: [...route.at, 'scopes'],
          message: `route "${routeKey(route)}" has scopes but no JWT authorizer`,
          remedy: 'remove the scopes, or name a jwt authorizer in auth',
        }),
      ),
}
