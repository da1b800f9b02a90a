import type { CertificateDetail, ResourceRecord } from '@aws-sdk/client-acm'
import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53'
import { Failure } from '../runtime/errors.ts'
import { plain } from './names.ts'
import { refuseDelegated, type Zone, zoneOf } from './zones.ts'

//! ---- The CNAMEs by which ACM knows that a name is ours ----
//! ACM derives them from account and name, so certificates of one account share them: a record that is there
//! already is left alone, and other values are never overwritten.

export interface ValidationRecord {
  readonly name: string
  readonly value: string
}

/** Each record once; a name and its wildcard have the same one. */
export const recordsOf = ({ DomainValidationOptions: options = [] }: CertificateDetail): ValidationRecord[] => {
  const values = new Map<string, string>()
  for (const { ResourceRecord: record } of options) {
    const { Name = '', Value = '' }: Partial<ResourceRecord> = record ?? {}
    if (!Name) continue
    const [name, value] = [plain(Name), plain(Value)]
    if ((values.get(name) ?? value) !== value)
      throw new Failure('state', `ACM wants two values for ${name}: ${values.get(name)} and ${value}`)
    values.set(name, value)
  }
  return [...values].map(([name, value]) => ({ name, value }))
}

const isSame = (set: ResourceRecordSet, value: string): boolean =>
  set.Type === 'CNAME' && set.ResourceRecords?.length === 1 && plain(set.ResourceRecords[0]?.Value ?? '') === value

const describe = (set: ResourceRecordSet): string =>
  `${set.Type} ${(set.ResourceRecords ?? []).map((record) => record.Value).join(' ')}`

/** Writes what is missing, in one batch a zone. */
export const writeRecords = async (zones: readonly Zone[], records: readonly ValidationRecord[]): Promise<void> => {
  for (const zone of zones)
    await zone.change(async () => {
      const changes: Change[] = []
      for (const { name, value } of records.filter((record) => zoneOf(zones, record.name) === zone)) {
        const sets = await zone.setsAt(name)
        if (sets.some((set) => isSame(set, value))) continue
        if (sets[0])
          throw new Failure(
            'state',
            `${name} is already ${describe(sets[0])} instead of CNAME ${value} - remove it if nothing needs it, then deploy again`,
          )
        await refuseDelegated(zone, name)
        const ResourceRecordSet = {
          Name: `${name}.`,
          Type: 'CNAME' as const,
          TTL: 300,
          ResourceRecords: [{ Value: `${value}.` }],
        }
        changes.push({ Action: 'UPSERT', ResourceRecordSet })
      }
      return changes
    })
}

/** Removes records exactly as they are listed, and only with the expected value. */
export const removeRecords = async (zones: readonly Zone[], records: readonly ValidationRecord[]): Promise<void> => {
  for (const zone of zones)
    await zone.change(async () => {
      const changes: Change[] = []
      for (const { name, value } of records.filter((record) => zoneOf(zones, record.name) === zone)) {
        const own = (await zone.setsAt(name)).find((set) => isSame(set, value))
        if (own) changes.push({ Action: 'DELETE', ResourceRecordSet: own })
      }
      return changes
    })
}
