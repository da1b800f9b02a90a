import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { AwsError } from '../runtime/errors.ts'
import type { Task } from '../runtime/task.ts'
import { bareId } from './names.ts'

//! ---- Records that stay: never silently ----

/** Tells in the answer which records stay and why, and in the log by which command they go. */
export const keep = (task: Task, zone: string, sets: readonly ResourceRecordSet[], error: unknown): void => {
  const id = bareId(zone)
  const { name, message } = (error ?? {}) as AwsError
  const Changes = sets.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet }))
  const records = sets.map(({ Name, Type }) => `${Type} ${Name}`).join(', ') || 'the validation records'
  task.log(
    'kept',
    {
      status: `kept: ${records}: ${name} ${message}`,
      remove: `aws route53 change-resource-record-sets --hosted-zone-id ${id} --change-batch '${JSON.stringify({ Changes })}'`,
    },
    'warn',
  )
  task.kept.push(
    `kept ${records} in hosted zone ${id}: remove in its account if there, by the command in the log - because ${message}`,
  )
}
