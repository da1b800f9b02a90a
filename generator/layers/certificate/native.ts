import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { param } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import { Certificate } from '../handles.ts'
import { certificateNames, domainName, nameTags } from '../names.ts'

/**
 * CloudFormation validates by itself only when the zone is in Route 53 and in this account; without a zone the stack
 * waits until somebody adds the CNAME that its events show (AWS: aws-resource-certificatemanager-certificate).
 */
export const native = (model: Model): Fragment => {
  const [, ...alternativeNames] = certificateNames(model)
  const byHand = model.domain.certificate.kind === 'manual'
  return fragment(
    resource(
      Certificate,
      {
        DomainName: domainName(model),
        SubjectAlternativeNames: alternativeNames.length > 0 ? alternativeNames : undefined,
        ValidationMethod: 'DNS',
        DomainValidationOptions: byHand
          ? undefined
          : certificateNames(model).map((name) => ({ DomainName: name, HostedZoneId: param('HostedZoneId') })),
        Tags: nameTags('certificate'),
      },
      {
        why: byHand
          ? 'The stack waits here until the CNAME that its events show stands in your DNS.'
          : 'Publicly trusted, because API Gateway verifies the load balancer against public roots only.',
      },
    ),
  )
}
