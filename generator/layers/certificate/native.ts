import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { resource } from '../../cfn/resource.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import { Certificate } from '../handles/certificate.ts'
import { certificateNames, paramOf } from '../parameters.ts'
import { nameTags } from '../tags.ts'

/**
 * CloudFormation validates by itself only when the zone is in Route 53 and in this account; without a zone the stack
 * waits until somebody adds the CNAME that its events show (AWS: aws-resource-certificatemanager-certificate).
 */
export const native = (domain: Domain, hostedZoneId?: Parameter): Fragment => {
  const [, ...alternativeNames] = certificateNames(domain)
  return fragment(
    resource(
      Certificate,
      {
        DomainName: paramOf(domain.domainName),
        SubjectAlternativeNames: alternativeNames.length > 0 ? alternativeNames : undefined,
        ValidationMethod: 'DNS',
        DomainValidationOptions:
          hostedZoneId &&
          certificateNames(domain).map((name) => ({ DomainName: name, HostedZoneId: paramOf(hostedZoneId) })),
        Tags: nameTags('certificate'),
      },
      {
        why: hostedZoneId
          ? 'Publicly trusted, because API Gateway verifies the load balancer against public roots only.'
          : 'The stack waits here until the CNAME that its events show is in your DNS.',
      },
    ),
  )
}
