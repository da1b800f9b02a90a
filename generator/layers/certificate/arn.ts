import { getAtt, ref } from '../../cfn/handle.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { Certificate as Wanted } from '../../model/domain/certificate.ts'
import { Certificate, certificateIssued } from '../handles/certificate.ts'
import { paramOf } from '../parameters.ts'

/** The ARN of an *issued* certificate: a reference to it waits for the validation. */
export const certificateArn = (certificate: Wanted): Intrinsic => {
  switch (certificate.kind) {
    case 'existing':
      return paramOf(certificate.arn)
    case 'none':
      throw new Error('nothing has a certificate')
    case 'zone-role':
      return getAtt(certificateIssued(certificate.waiters), 'CertificateArn')
    default:
      return ref(Certificate)
  }
}
