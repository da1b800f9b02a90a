/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'

export const Certificate = handle('AWS::CertificateManager::Certificate', 'Certificate')
export const CertificateRequest = handle('Custom::PortcullisCertificate', 'CertificateRequest')
export const certificateIssued = (attempt: number) =>
  handle('Custom::PortcullisCertificateIssued', `CertificateIssued${attempt}`)
/** One for the whole chain of waiters. */
export const CertificateIssuedPolicy = handle('AWS::IAM::Policy', 'CertificateIssuedPolicy')
