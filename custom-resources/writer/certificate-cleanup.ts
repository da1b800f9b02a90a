import type { CertificateDetail } from '@aws-sdk/client-acm'
import { call } from '../runtime/aws.ts'
import { Failure, isNotFound } from '../runtime/errors.ts'
import { parse } from '../runtime/properties.ts'
import type { Task } from '../runtime/task.ts'
import { certificateShape } from './certificate-properties.ts'
import { listArns } from './certificate-search.ts'
import type { Clients } from './clients.ts'
import { keep } from './kept.ts'
import { plain } from './names.ts'
import { recordsOf, removeRecords, setOf, type ValidationRecord } from './validation-records.ts'
import { openZone, type Zone } from './zones.ts'

//! ---- Validation records after the certificate is gone; opt-in ----
//! Another certificate of this account, in any region, may renew by the same record. So all regions are looked
//! through, and in doubt the record stays. Whatever goes wrong here does not stop the deletion of the stack.

const baseOf = (name: string): string => plain(name).replace(/^\*\./, '')

/** The names of all other certificates; a new one may not know its records yet, but its names say which they will be. */
const namesInUse = async (task: Task, clients: Clients, regions: readonly string[]): Promise<Set<string>> => {
  const used = new Set<string>()
  for (const region of regions) {
    const acm = clients.acm(region)
    for (const CertificateArn of await listArns(task, acm, ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED'])) {
      //! A refusal is not a reason to wait: this right is as old as the certificate, or an update has taken it away.
      const found = await call(task, acm, 'describeCertificate', { CertificateArn }, () => false).catch((error) => {
        if (!isNotFound(error)) throw error
      })
      for (const name of found?.Certificate?.SubjectAlternativeNames ?? []) used.add(baseOf(name))
    }
  }
  return used
}

export const removeUnusedRecords = async (task: Task, clients: Clients, last: CertificateDetail): Promise<void> => {
  let zoneId = ''
  let records: readonly ValidationRecord[] = []
  try {
    const { CertificateRegions, HostedZones, ...names } = parse(task.event.ResourceProperties, certificateShape)
    zoneId = HostedZones.map(({ Id }) => Id).join(' or ')
    const base = ({ name }: ValidationRecord): string => name.slice(name.indexOf('.') + 1)
    records = recordsOf(last)
    if (CertificateRegions.length === 0) throw new Failure('config', 'CertificateRegions is empty')
    const used = await namesInUse(task, clients, [...new Set([task.here.region, ...CertificateRegions])])
    records = records.filter((record) => !used.has(base(record)))
    //! For the names of another update the role of the zone gives no right.
    const isOurs = new Set([names.DomainName, ...names.SubjectAlternativeNames].map(baseOf))
    const ours = records.filter((record) => isOurs.has(base(record)))
    const zones: Zone[] = []
    for (const access of ours.length > 0 ? HostedZones : []) {
      const zone = await openZone(task, clients, access)
      if (zone) zones.push(zone)
    }
    if (zones.length > 0) await removeRecords(zones, ours)
    records = records.filter((record) => !ours.includes(record))
    if (records.length > 0) throw new Failure('permission', 'they belong to an update that was rolled back')
  } catch (error) {
    keep(task, zoneId, records.map(setOf), error)
  }
}
