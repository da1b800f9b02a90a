import { type Fragment, outputs as written } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { join } from '../../cfn/intrinsics.ts'
import type { Domain } from '../../model/domain/domain.ts'
import { ApiAccessLogGroup, ApiDomainName, HttpApi } from '../handles/api.ts'
import { paramOf } from '../parameters.ts'

export const outputs = ({ publish, domainName, alias, basePath }: Domain): Fragment =>
  written({
    ApiEndpoint: {
      Description: 'Where clients send their requests',
      Value: publish
        ? join('', ['https://', paramOf(domainName), ...(basePath === undefined ? [] : [`/${basePath}`])])
        : getAtt(HttpApi, 'ApiEndpoint'),
    },
    ApiId: { Description: 'Id of the HTTP API', Value: ref(HttpApi) },
    ApiAccessLogGroupName: {
      Description: 'Access log of the API, one JSON line a request',
      Value: ref(ApiAccessLogGroup),
    },
    ...(alias?.kind === 'by-hand'
      ? {
          AliasTarget: {
            Description: 'Point the name here: an alias (A and AAAA) in Route 53, a CNAME elsewhere',
            Value: getAtt(ApiDomainName, 'RegionalDomainName'),
          },
          AliasTargetHostedZoneId: {
            Description: 'Hosted zone of the alias target, for an alias in Route 53',
            Value: getAtt(ApiDomainName, 'RegionalHostedZoneId'),
          },
        }
      : {}),
  })
