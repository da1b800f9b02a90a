import { ref } from '../../../cfn/handle.ts'
import { arn } from '../../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../../cfn/resource.ts'
import type { LambdaAuthorizer } from '../../../model/api/authorizers.ts'
import { authorizer, authorizerPermission, HttpApi } from '../../handles/api.ts'
import { paramOf } from '../../parameters.ts'

export const lambdaAuthorizer = (each: LambdaAuthorizer): Entry[] => [
  resource(
    authorizer(each),
    {
      ApiId: ref(HttpApi),
      Name: each.key,
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerUri: arn(
        'apigateway',
        '${AWS::Region}',
        'lambda',
        `path/2015-03-31/functions/\${${each.functionArn.name}}/invocations`,
      ),
      AuthorizerResultTtlInSeconds: 300,
      IdentitySource: ['$request.header.Authorization', '$context.routeKey'],
    },
    { why: 'The route is part of the cache key; otherwise an answer for one route would open all the others.' },
  ),
  resource(authorizerPermission(each), {
    Action: 'lambda:InvokeFunction',
    FunctionName: paramOf(each.functionArn),
    Principal: 'apigateway.amazonaws.com',
    SourceArn: arn(
      'execute-api',
      '${AWS::Region}',
      '${AWS::AccountId}',
      `\${${HttpApi.id}}/authorizers/\${${authorizer(each).id}}`,
    ),
  }),
]
