import { type Fragment, outputs as written } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { join } from '../../cfn/intrinsics.ts'
import type { Domain } from '../../model/domain/domain.ts'
import { ApiAccessLogGroup, HttpApi, domainName as target } from '../handles/api.ts'
import { paramOf } from '../parameters.ts'
import { type Host, hosts } from './host.ts'

export const outputs = (domain: Domain): Fragment => {
  const { publish, domainName, alias, basePath } = domain
  return written({
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
    ...(alias?.kind === 'by-hand' ? Object.assign({}, ...hosts(domain).map(byHand)) : {}),
  })
}

/** Where somebody points a name. */
const byHand = ({ id }: Host) => ({
  [`AliasTarget${id}`]: {
    Description: 'Point the name here: an alias (A and AAAA) in Route 53, a CNAME elsewhere',
    Value: getAtt(target(id), 'RegionalDomainName'),
  },
  [`AliasTarget${id}HostedZoneId`]: {
    Description: 'Hosted zone of the alias target, for an alias in Route 53',
    Value: getAtt(target(id), 'RegionalHostedZoneId'),
  },
})
