import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import type { Certificate } from '../../model/domain/certificate.ts'
import { customResource, policyFor } from '../custom-resource.ts'
import { CertificateIssuedPolicy, CertificateRequest, certificateIssued } from '../handles/certificate.ts'
import { anyCertificate, ownTag } from './requested.ts'

/** One run of a function ends after 15 minutes, so a longer wait is a chain; its later links answer at once when the certificate is issued. */
export const issued = ({ waiters }: Extract<Certificate, { kind: 'zone-role' }>): Fragment => {
  const attempts = Array.from({ length: waiters }, (_, index) => index + 1)
  return fragment(
    policyFor(certificateIssued(1), CertificateIssuedPolicy, [
      {
        Sid: 'OnlyOurCertificates',
        Effect: 'Allow',
        Action: 'acm:DescribeCertificate',
        Resource: anyCertificate,
        Condition: { StringEquals: ownTag },
      },
    ]),
    ...attempts.map((attempt) =>
      customResource(
        certificateIssued(attempt),
        {
          CertificateArn:
            attempt === 1
              ? getAtt(CertificateRequest, 'CertificateArn')
              : getAtt(certificateIssued(attempt - 1), 'CertificateArn'),
          Attempt: attempt,
          Attempts: waiters,
          BudgetSeconds: 840,
        },
        {
          dependsOn: [CertificateIssuedPolicy],
          ...(attempt === 1
            ? { why: 'Waits for the validation; what needs the certificate refers to the last link of this chain.' }
            : {}),
        },
      ),
    ),
  )
}
