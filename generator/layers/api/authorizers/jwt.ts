import { ref } from '../../../cfn/handle.ts'
import { param } from '../../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../../cfn/resource.ts'
import type { Authorizer } from '../../../model/api/authorizers.ts'
import { authorizer, HttpApi } from '../../handles.ts'

export const jwtAuthorizer = (each: Authorizer): Entry =>
  resource(authorizer(each), {
    ApiId: ref(HttpApi),
    Name: each.key,
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: param(`${each.id}Issuer`), Audience: param(`${each.id}Audience`) },
  })
