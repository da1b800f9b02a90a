import type { Config } from '../../config/schema/index.ts'
import { jobSchedule, jobState } from '../parameters/job.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { TaskParameters } from '../parameters/task.ts'
import { parametersOfTask, type Task, taskOf } from '../task/task.ts'
import type { Varied } from '../task/varied.ts'

/** A task that runs to its end at certain times. */
export type Job = Task & {
  readonly parameters: TaskParameters & Readonly<Record<'schedule' | 'state', Parameter>>
  /** As EventBridge Scheduler takes it. */
  readonly schedule: string
  readonly timezone: string
  /** Whether the schedule starts it. */
  readonly enabled: boolean
  readonly retries: number
  readonly timeoutSeconds: number
}

export const jobOf = (
  key: string,
  { schedule, timezone, enabled, retries, timeoutMinutes, ...job }: Config['jobs'][string],
  { internet, varied }: { /** Whether tasks have a way there. */ readonly internet: boolean; readonly varied: Varied },
): Job => {
  const task = taskOf({ kind: 'Job', key }, job, internet, varied)
  return {
    ...task,
    parameters: { ...task.parameters, schedule: jobSchedule(task, schedule), state: jobState(task, enabled) },
    schedule,
    timezone,
    enabled,
    retries,
    timeoutSeconds: timeoutMinutes * 60,
  }
}

export const parametersOfJob = (job: Job): Parameter[] => [
  ...parametersOfTask(job),
  job.parameters.schedule,
  job.parameters.state,
]
