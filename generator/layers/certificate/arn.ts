import { getAtt, ref } from '../../cfn/handle.ts'
import { param } from '../../cfn/intrinsics.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { Model } from '../../model/model.ts'
import { Certificate, certificateIssued } from '../handles.ts'

/** The ARN of an *issued* certificate: whoever refers to it waits for the validation. */
export const certificateArn = (model: Model): Intrinsic => {
  const { certificate } = model.domain
  if (certificate.kind === 'existing') return param('CertificateArn')
  if (certificate.kind === 'zone-role') return getAtt(certificateIssued(certificate.waiters), 'CertificateArn')
  return ref(Certificate)
}
