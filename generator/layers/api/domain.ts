import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Domain } from '../../model/domain/domain.ts'
import { certificateArn } from '../certificate/arn.ts'
import { ApiDomainName, ApiMapping, DefaultStage, HttpApi } from '../handles/api.ts'
import { paramOf } from '../parameters.ts'

export const domain = (planned: Domain): Fragment => {
  const { publish, existing, domainName, basePath } = planned
  if (!publish) return empty
  return fragment(
    ...(existing ? [] : [customDomain(planned)]),
    resource(
      ApiMapping,
      {
        ApiId: ref(HttpApi),
        ApiMappingKey: basePath,
        DomainName: existing ? paramOf(domainName) : ref(ApiDomainName),
        Stage: ref(DefaultStage),
      },
      existing ? { why: 'The custom domain is made elsewhere; this gives the API a place on it.' } : {},
    ),
  )
}

const customDomain = ({ domainName, certificate }: Domain): Entry =>
  resource(ApiDomainName, {
    DomainName: paramOf(domainName),
    DomainNameConfigurations: [
      {
        CertificateArn: certificateArn(certificate),
        EndpointType: 'REGIONAL',
        IpAddressType: 'dualstack',
        // The newest that HTTP APIs know (AWS: http-api-custom-domain-names).
        SecurityPolicy: 'TLS_1_2',
      },
    ],
    Tags: { Name: sub('${AWS::StackName}/domain') },
  })
