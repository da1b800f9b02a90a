import type { CertificateDetail } from '@aws-sdk/client-acm'

//! ---- Statuses of a certificate that no waiting will change ----

const advice: Record<string, string> = {
  CAA_ERROR: 'a CAA record of the domain forbids Amazon: allow amazon.com there',
  ADDITIONAL_VERIFICATION_REQUIRED: 'ACM wants to verify the domain: ask AWS Support',
  DOMAIN_NOT_ALLOWED: 'the domain is on a list of unsafe domains: ask AWS Support',
  NO_AVAILABLE_CONTACTS: 'the domain has no e-mail contact: use DNS validation',
  INVALID_PUBLIC_DOMAIN: 'the domain is not a public domain',
}

export const isDead = (status: string | undefined): boolean =>
  !/^(PENDING_VALIDATION|ISSUED)$/.test(status ?? 'PENDING_VALIDATION')

export const whyDead = (
  certificate: Pick<CertificateDetail, 'Status' | 'FailureReason' | 'CertificateArn'>,
): string => {
  const { Status, FailureReason: reason = '', CertificateArn: arn } = certificate
  return `certificate ${arn} is ${Status} - ${reason || 'no reason given'} - ${advice[reason] ?? 'request a new certificate'}`
}
