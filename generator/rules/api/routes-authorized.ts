import { askedRoutes, defaultAuth, routeKey } from '../../model/api/routes.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const routesAuthorized: Rule = {
  id: 'PC305',
  title: 'Every route has authorization, or is open explicitly',
  why: 'API Gateway opens a route without authorization to everybody, so forgetting it must be impossible',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
  check: (_, config) => {
    const { api } = config
    const wrong = (path: Path, message: string, remedy: string, at?: 'key'): Finding => ({
      path,
      ...(at === undefined ? {} : { at }),
      message,
      remedy,
    })
    if (api.defaultAuth === 'none')
      return [
        wrong(
          ['api', 'defaultAuth'],
          'routes cannot be open by default',
          'write auth: none on each route that should be open, and name an authorizer or iam here',
        ),
      ]
    if (defaultAuth(api) !== undefined || askedRoutes(config).length === 0) return []
    const names = Object.keys(api.auth)
    const choose =
      names.length > 1
        ? `set api.defaultAuth to ${names.join(', ')} or iam`
        : 'add an authorizer to api.auth, such as customers: { jwt: { issuer: https://idp.example.com/, audience: [orders] } }, or set api.defaultAuth to iam'
    if (api.routes === undefined)
      return [
        wrong(
          ['api'],
          names.length > 1
            ? 'the config does not say which authorizer the routes use'
            : 'the config does not say who may call the API',
          choose,
          'key',
        ),
      ]
    return askedRoutes(config)
      .filter(({ auth }) => auth === undefined)
      .map((route) =>
        wrong(
          [...route.at, 'route'],
          `route "${routeKey(route)}" has no authorization`,
          `add auth: iam, or auth: none if everybody may call it, or ${choose}`,
        ),
      )
  },
}
