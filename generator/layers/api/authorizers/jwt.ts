import { ref } from '../../../cfn/handle.ts'
import { type Entry, resource } from '../../../cfn/resource.ts'
import type { JwtAuthorizer } from '../../../model/api/authorizers.ts'
import { authorizer, HttpApi } from '../../handles/api.ts'
import { paramOf } from '../../parameters.ts'

export const jwtAuthorizer = (each: JwtAuthorizer): Entry =>
  resource(authorizer(each), {
    ApiId: ref(HttpApi),
    Name: each.key,
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: paramOf(each.issuer), Audience: paramOf(each.audience) },
  })
