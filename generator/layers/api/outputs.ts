import { empty, type Fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { join } from '../../cfn/intrinsics.ts'
import type { Model } from '../../model/model.ts'
import { ApiAccessLogGroup, ApiDomainName, HttpApi } from '../handles.ts'
import { domainName } from '../names.ts'

export const outputs = (model: Model): Fragment => ({
  ...empty,
  outputs: {
    ApiEndpoint: {
      Description: 'Where clients send their requests',
      Value: model.domain.publish ? join('', ['https://', domainName(model)]) : getAtt(HttpApi, 'ApiEndpoint'),
    },
    ApiId: { Description: 'Id of the HTTP API', Value: ref(HttpApi) },
    ApiAccessLogGroupName: {
      Description: 'Access log of the API, one JSON line a request',
      Value: ref(ApiAccessLogGroup),
    },
    ...(model.domain.alias?.kind === 'by-hand'
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
  },
})
