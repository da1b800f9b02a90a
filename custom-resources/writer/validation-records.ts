import type { CertificateDetail, ResourceRecord } from '@aws-sdk/client-acm'
import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53'
import { Failure } from '../runtime/errors.ts'
import { plain } from './names.ts'
import { refuseDelegated, shown, type Zone, zoneOf } from './zones.ts'

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

export const setOf = ({ name, value }: ValidationRecord): ResourceRecordSet => ({
  Name: `${name}.`,
  Type: 'CNAME',
  TTL: 300,
  ResourceRecords: [{ Value: `${value}.` }],
})

/** The changes that each record needs, in one batch a zone. */
const changeEach = async (
  zones: readonly Zone[],
  records: readonly ValidationRecord[],
  changeOf: (zone: Zone, record: ValidationRecord) => Promise<Change | undefined>,
): Promise<void> => {
  for (const zone of zones)
    await zone.change(async () => {
      const changes: Change[] = []
      for (const record of records.filter(({ name }) => zoneOf(zones, name) === zone)) {
        const change = await changeOf(zone, record)
        if (change) changes.push(change)
      }
      return changes
    })
}

/** Writes what is missing. */
export const writeRecords = (zones: readonly Zone[], records: readonly ValidationRecord[]): Promise<void> =>
  changeEach(zones, records, async (zone, record) => {
    const { name, value } = record
    const sets = await zone.setsAt(name)
    if (sets.some((set) => isSame(set, value))) return undefined
    if (sets[0])
      throw new Failure(
        'state',
        `${name} is already ${shown(sets[0])} instead of CNAME ${value} - remove it if nothing needs it, then deploy again`,
      )
    await refuseDelegated(zone, name)
    return { Action: 'UPSERT', ResourceRecordSet: setOf(record) }
  })

/** Removes records exactly as they are listed, and only with the expected value. */
export const removeRecords = (zones: readonly Zone[], records: readonly ValidationRecord[]): Promise<void> =>
  changeEach(zones, records, async (zone, { name, value }) => {
    const own = (await zone.setsAt(name)).find((set) => isSame(set, value))
    return own && { Action: 'DELETE', ResourceRecordSet: own }
  })
