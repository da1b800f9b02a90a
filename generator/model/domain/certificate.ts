import type { Config } from '../../config/schema/index.ts'
import { certificateArn } from '../parameters/domain.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Records } from './zone.ts'

export type Certificate =
  /** AWS::CertificateManager::Certificate, validated by CloudFormation in the zone of this account. */
  | Extract<Records, { kind: 'route53' }>
  /** The same resource without a zone: somebody adds the CNAME that the stack's events show. */
  | { readonly kind: 'manual' }
  /** Custom::PortcullisCertificate, whose zone lives in another account; `waiters` resources of 14 minutes each. */
  | (Extract<Records, { kind: 'zone-role' }> & {
      readonly waiters: number
      readonly validationRecords: 'retain' | 'deleteIfUnused'
    })
  /** Nobody needs one: the load balancer is of others, and the API has no domain of its own. */
  | { readonly kind: 'none' }
  /** Brought along. */
  | { readonly kind: 'existing'; readonly arn: Parameter }

/** A waiter is one run of a function, which AWS ends after 15 minutes. */
const MINUTES_PER_WAITER = 14
const DEFAULT_WAIT_MINUTES = 28

export const certificateOf = (domain: Config['domain'], records: Records): Certificate => {
  if (domain.certificate !== undefined) return { kind: 'existing', arn: certificateArn(domain.certificate) }
  switch (records.kind) {
    case 'by-hand':
      return { kind: 'manual' }
    case 'route53':
      return records
    case 'zone-role': {
      const waiters = Math.max(1, Math.ceil((domain.waitMinutes ?? DEFAULT_WAIT_MINUTES) / MINUTES_PER_WAITER))
      return { ...records, waiters, validationRecords: domain.validationRecords ?? 'retain' }
    }
  }
}
