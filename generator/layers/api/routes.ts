import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Api } from '../../model/api/api.ts'
import type { Route } from '../../model/api/routes.ts'
import { authorizer, HttpApi, integrationOf, route } from '../handles/api.ts'
import { jwtAuthorizer } from './authorizers/jwt.ts'
import { lambdaAuthorizer } from './authorizers/lambda.ts'

export const authorizers = ({ authorizers }: Api): Fragment =>
  fragment(...authorizers.flatMap((each) => (each.kind === 'jwt' ? [jwtAuthorizer(each)] : lambdaAuthorizer(each))))

export const routes = ({ routes }: Api): Fragment =>
  fragment(
    ...routes.map((each) =>
      resource(
        route(each),
        {
          ApiId: ref(HttpApi),
          RouteKey: each.routeKey,
          ...authorization(each),
          Target: sub(`integrations/\${${integrationOf(each).id}}`),
        },
        each.auth.kind === 'none' ? { why: 'Open: the config says `auth: none` for this route.' } : {},
      ),
    ),
  )

/** Always written: a route without AuthorizationType is open (AWS: aws-resource-apigatewayv2-route). */
function authorization({ auth, scopes }: Route) {
  switch (auth.kind) {
    case 'none':
      return { AuthorizationType: 'NONE' }
    case 'iam':
      return { AuthorizationType: 'AWS_IAM' }
    case 'lambda':
      return { AuthorizationType: 'CUSTOM', AuthorizerId: ref(authorizer(auth.authorizer)) }
    case 'jwt':
      return {
        AuthorizationType: 'JWT',
        AuthorizerId: ref(authorizer(auth.authorizer)),
        AuthorizationScopes: scopes.length > 0 ? scopes : undefined,
      }
  }
}
