import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Domain } from '../../model/domain/domain.ts'
import { certificateArn } from '../certificate/arn.ts'
import { ApiDomainName, ApiMapping, DefaultStage, HttpApi } from '../handles/api.ts'
import { paramOf } from '../parameters.ts'

export const domain = ({ publish, domainName, certificate }: Domain): Fragment =>
  publish
    ? fragment(
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
        }),
        resource(ApiMapping, { ApiId: ref(HttpApi), DomainName: ref(ApiDomainName), Stage: ref(DefaultStage) }),
      )
    : empty
