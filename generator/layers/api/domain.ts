import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Domain } from '../../model/domain/domain.ts'
import { certificateArn } from '../certificate/arn.ts'
import { DefaultStage, domainName, HttpApi, mapping } from '../handles/api.ts'
import { type Host, hosts } from './host.ts'

export const domain = (planned: Domain): Fragment =>
  planned.publish
    ? fragment(
        ...hosts(planned).flatMap((host) => [
          ...(planned.existing ? [] : [customDomain(planned, host)]),
          mappingOf(planned, host),
        ]),
      )
    : empty

const mappingOf = ({ existing, basePath }: Domain, { id, name }: Host): Entry =>
  resource(
    mapping(id),
    {
      ApiId: ref(HttpApi),
      ApiMappingKey: basePath,
      DomainName: existing ? name : ref(domainName(id)),
      Stage: ref(DefaultStage),
    },
    existing ? { why: 'The custom domain is made elsewhere; this gives the API a place on it.' } : {},
  )

const customDomain = ({ certificate }: Domain, { id, name }: Host): Entry =>
  resource(domainName(id), {
    DomainName: name,
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
