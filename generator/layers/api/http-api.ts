import { CORS_METHODS } from '../../aws/http-methods.ts'
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { arn, sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Api } from '../../model/api/api.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { ApiAccessLogGroup, HttpApi } from '../handles/api.ts'
import { logGroup, vendedLogName } from '../log-group.ts'
import { paramOf } from '../parameters.ts'

type Slice = {
  readonly name: string
  readonly api: Api
  readonly domain: Domain
  readonly observability: Observability
}

export const httpApi = ({ name, api, domain, observability }: Slice): Fragment =>
  fragment(
    resource(
      HttpApi,
      {
        Name: name,
        ProtocolType: 'HTTP',
        IpAddressType: 'dualstack',
        DisableExecuteApiEndpoint: domain.publish,
        CorsConfiguration: api.corsOrigins
          ? {
              AllowOrigins: paramOf(api.corsOrigins),
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
      domain.publish ? { why: 'The default endpoint is off, so nobody can bypass the custom domain.' } : {},
    ),
    logGroup(ApiAccessLogGroup, observability, {
      name: vendedLogName('apis', observability),
      why: 'Under this name CloudWatch Logs needs no entry in its account-wide resource policy, which is limited in size.',
    }),
  )

/** The ARN as API Gateway wants it: the attribute `Arn` of a log group ends in `:*`. */
export const accessLogSettings = () => ({
  DestinationArn: arn('logs', '${AWS::Region}', '${AWS::AccountId}', `log-group:\${${ApiAccessLogGroup.id}}`),
  Format: JSON.stringify(accessLogFields),
})

/**
 * Who called, and what a person needs to tell an authorizer's refusal from an integration's failure. A JWT gives claims,
 * a Lambda authorizer a principal, IAM an ARN; the others are a hyphen (AWS: http-api-logging-variables).
 */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  sub: '$context.authorizer.claims.sub',
  principalId: '$context.authorizer.principalId',
  userArn: '$context.identity.userArn',
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
