import type { CertificateDetail } from '@aws-sdk/client-acm'
import { certificateArn, placeOf } from '../runtime/arn.ts'
import { send } from '../runtime/aws.ts'
import { isDead, whyDead } from '../runtime/certificate-status.ts'
import { Failure } from '../runtime/errors.ts'
import { poll } from '../runtime/poll.ts'
import { count, parse, text } from '../runtime/properties.ts'
import type { Resource } from '../runtime/task.ts'
import type { Clients } from './clients.ts'
import { patience } from './patience.ts'

//! ---- Custom::PortcullisCertificateIssued: waits until ACM has issued the certificate; reads only ----
//! One run lasts 15 minutes at most, so longer waits are a chain: all but the last report PENDING as success.

const shape = {
  CertificateArn: text(certificateArn),
  Attempt: count(1, 99, 1),
  Attempts: count(1, 99, 1),
  BudgetSeconds: count(1, 3600, 840),
}

const overdue = (
  { CertificateArn: arn, DomainValidationOptions: options = [] }: CertificateDetail,
  seconds: number,
) => {
  const waiting = options.filter((option) => option.ValidationStatus !== 'SUCCESS')
  const record = waiting.find((option) => option.ResourceRecord)?.ResourceRecord
  const check = record ? `dig ${record.Name} CNAME should show ${record.Value}` : 'no CNAME is known yet'
  const names = waiting.map((option) => option.DomainName).join(', ') || 'all names are validated'
  return `certificate ${arn} was not issued within ${seconds} s - waiting for ${names} - ${check}; is the zone public and delegated?`
}

export const certificateIssued = (clients: Pick<Clients, 'acm'>): Resource => ({
  async apply(task) {
    const { CertificateArn, Attempt, Attempts, BudgetSeconds } = parse(task.event.ResourceProperties, shape)
    task.physicalId = `portcullis:issued:${CertificateArn}`
    const { partition, region } = placeOf(CertificateArn)
    if (partition !== task.here.partition || region !== task.here.region)
      throw new Failure('config', `certificate ${CertificateArn} is not in ${task.here.region}, where this stack is`)
    const acm = clients.acm(region)
    let last: CertificateDetail = { CertificateArn }
    const issued = await poll(task, patience(task, 2000, BudgetSeconds), async () => {
      last = (await send(task, acm, 'describeCertificate', { CertificateArn })).Certificate ?? last
      if (isDead(last.Status)) throw new Failure('state', whyDead(last))
      const foreign =
        last.Type === 'IMPORTED' || last.DomainValidationOptions?.some((o) => o.ValidationMethod === 'EMAIL')
      if (last.Status === 'ISSUED') return true
      if (foreign)
        throw new Failure(
          'state',
          `certificate ${CertificateArn} is ${last.Status} and not validated by DNS - nothing here can issue it`,
        )
      return undefined
    })
    if (!issued && Attempt >= Attempts) throw new Failure('deadline', overdue(last, BudgetSeconds))
    return { CertificateArn, Status: issued ? 'ISSUED' : 'PENDING' }
  },
})
