import type { Config } from '../../config/schema/index.ts'
import { type Task, taskOf } from '../task/task.ts'

/** A task that runs to its end at certain times. */
export type Job = Task & {
  /** As EventBridge Scheduler takes it. */
  readonly schedule: string
  readonly timezone: string
  readonly retries: number
  readonly timeoutSeconds: number
}

export const jobOf = (key: string, job: Config['jobs'][string], internet: boolean): Job => ({
  ...taskOf({ kind: 'Job', key }, job, internet),
  schedule: job.schedule,
  timezone: job.timezone,
  retries: job.retries,
  timeoutSeconds: job.timeoutMinutes * 60,
})
