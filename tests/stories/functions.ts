import { createHandler } from '../../custom-resources/runtime/handler.ts'
import { certificateIssued } from '../../custom-resources/waiter/certificate-issued.ts'
import { isolationProbe } from '../../custom-resources/waiter/isolation-probe.ts'
import { vpcLinkReady } from '../../custom-resources/waiter/vpc-link-ready.ts'
import { aliasRecord } from '../../custom-resources/writer/alias-record.ts'
import { certificate } from '../../custom-resources/writer/certificate.ts'

/** The code under test. Bundled with a changed source, the same object is a mutant. */
export const functions = {
  createHandler,
  certificate,
  aliasRecord,
  certificateIssued,
  vpcLinkReady,
  isolationProbe,
}
export type Functions = typeof functions
