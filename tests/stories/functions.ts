import { createHandler } from '../../custom-resources/runtime/handler.ts'
import { certificateIssued } from '../../custom-resources/waiter/certificate-issued.ts'
import { isolationProbe } from '../../custom-resources/waiter/isolation-probe.ts'
import { vpcLinkReady } from '../../custom-resources/waiter/vpc-link-ready.ts'
import { aliasRecord } from '../../custom-resources/writer/alias-record.ts'
import { certificate } from '../../custom-resources/writer/certificate.ts'

/** The code under test: the sources, or a mutant of them. */
export type Functions = {
  readonly createHandler: typeof createHandler
  readonly certificate: typeof certificate
  readonly aliasRecord: typeof aliasRecord
  readonly certificateIssued: typeof certificateIssued
  readonly vpcLinkReady: typeof vpcLinkReady
  readonly isolationProbe: typeof isolationProbe
}

const mutant = process.env['PORTCULLIS_MUTANT']
/** A bundle of changed sources when the environment names one. */
export const functions: Functions = mutant
  ? await import(mutant)
  : { createHandler, certificate, aliasRecord, certificateIssued, vpcLinkReady, isolationProbe }
