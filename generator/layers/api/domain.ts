import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import { certificateArn } from '../certificate/arn.ts'
import { ApiDomainName, ApiMapping, DefaultStage, HttpApi } from '../handles.ts'
import { domainName } from '../names.ts'

export const domain = (model: Model): Fragment =>
  model.domain.publish
    ? fragment(
        resource(ApiDomainName, {
          DomainName: domainName(model),
          DomainNameConfigurations: [
            {
              CertificateArn: certificateArn(model),
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
