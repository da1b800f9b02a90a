import { CORS_METHODS } from '../../aws/http-methods.ts'
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { arn, param, sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import { ApiAccessLogGroup, HttpApi } from '../handles.ts'

export const httpApi = (model: Model): Fragment =>
  fragment(
    resource(
      HttpApi,
      {
        Name: model.name,
        ProtocolType: 'HTTP',
        IpAddressType: 'dualstack',
        DisableExecuteApiEndpoint: model.domain.publish,
        CorsConfiguration: model.api.corsOrigins
          ? {
              AllowOrigins: param('CorsOrigins'),
              AllowMethods: CORS_METHODS,
              AllowHeaders: [
                'authorization',
                'content-type',
                'x-amz-content-sha256',
                'x-amz-date',
                'x-amz-security-token',
              ],
              MaxAge: 600,
            }
          : undefined,
        Tags: { Name: sub('${AWS::StackName}/api') },
      },
      model.domain.publish ? { why: 'The default endpoint is off, so nobody goes around the custom domain.' } : {},
    ),
    resource(
      ApiAccessLogGroup,
      { LogGroupName: sub('/aws/vendedlogs/apis/${AWS::StackName}'), RetentionInDays: param('LogRetentionDays') },
      {
        why: 'Under this name CloudWatch Logs needs no entry in its account-wide resource policy, which is limited in size.',
      },
    ),
  )

/** The ARN as API Gateway wants it: the attribute `Arn` of a log group ends in `:*`. */
export const accessLogSettings = () => ({
  DestinationArn: arn('logs', '${AWS::Region}', '${AWS::AccountId}', `log-group:\${${ApiAccessLogGroup.id}}`),
  Format: JSON.stringify(accessLogFields),
})

/** What a person needs to tell an authorizer's refusal from an integration's failure. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  protocol: '$context.protocol',
  domain: '$context.domainName',
  routeKey: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  authorizerError: '$context.authorizer.error',
  errorMessage: '$context.error.message',
  errorType: '$context.error.responseType',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  integrationError: '$context.integrationErrorMessage',
}
