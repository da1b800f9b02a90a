import type { CertificateDetail } from '@aws-sdk/client-acm'
import { call } from '../runtime/aws.ts'
import { type AwsError, isNotFound } from '../runtime/errors.ts'
import { parse } from '../runtime/properties.ts'
import type { Task } from '../runtime/task.ts'
import { certificateShape } from './certificate-properties.ts'
import { listArns } from './certificate-search.ts'
import type { Clients } from './clients.ts'
import { plain } from './names.ts'
import { recordsOf, removeRecords } from './validation-records.ts'
import { openZone, type Zone } from './zones.ts'

//! ---- Validation records after the certificate is gone; opt-in ----
//! Another certificate of this account, in any region, may renew by the same record. So all regions are looked
//! through, and in doubt the record stays. Whatever goes wrong here does not stop the deletion of the stack.

/** The names of all other certificates; a new one may not know its records yet, but its names say which they will be. */
const namesInUse = async (task: Task, clients: Clients, regions: readonly string[]): Promise<Set<string>> => {
  const used = new Set<string>()
  for (const region of regions) {
    const acm = clients.acm(region)
    for (const CertificateArn of await listArns(task, acm, ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED'])) {
      //! A refusal is no reason to wait: this right is as old as the certificate, or an update has taken it away.
      const found = await call(task, acm, 'describeCertificate', { CertificateArn }, () => false).catch((error) => {
        if (!isNotFound(error)) throw error
      })
      for (const name of found?.Certificate?.SubjectAlternativeNames ?? []) used.add(plain(name).replace(/^\*\./, ''))
    }
  }
  return used
}

export const removeUnusedRecords = async (task: Task, clients: Clients, last: CertificateDetail): Promise<void> => {
  try {
    const { CertificateRegions, HostedZones } = parse(task.event.ResourceProperties, certificateShape)
    if (CertificateRegions.length === 0) {
      task.log('records', { status: 'kept: CertificateRegions is empty' }, 'warn')
      return
    }
    const used = await namesInUse(task, clients, [...new Set([task.here.region, ...CertificateRegions])])
    const unused = recordsOf(last).filter(({ name }) => !used.has(name.slice(name.indexOf('.') + 1)))
    const zones: Zone[] = []
    for (const access of unused.length > 0 ? HostedZones : []) {
      const zone = await openZone(task, clients, access)
      if (zone) zones.push(zone)
    }
    if (zones.length > 0) await removeRecords(zones, unused)
  } catch (error) {
    const { name, message } = error as AwsError
    task.log('records', { status: `kept: ${name} ${message}` }, 'warn')
  }
}
