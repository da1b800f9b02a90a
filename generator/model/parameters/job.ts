import { allowed, JOB_SCHEDULE } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'
import { type Named, ofTask } from './task.ts'

/** As EventBridge Scheduler calls it. */
export const scheduleState = (enabled: boolean): 'ENABLED' | 'DISABLED' => (enabled ? 'ENABLED' : 'DISABLED')

export const jobState = (named: Named, enabled: boolean): Parameter => ({
  ...ofTask(named, 'State', ['enabled']),
  type: 'String',
  default: scheduleState(enabled),
  written: String(enabled),
  label: 'State of the schedule',
  description: `Whether the schedule starts the job ${named.key}.`,
  allowedValues: ['ENABLED', 'DISABLED'],
  constraintDescription: 'must be ENABLED or DISABLED',
})

export const jobSchedule = (named: Named, schedule: string): Parameter => ({
  ...ofTask(named, 'ScheduleExpression', ['schedule']),
  type: 'String',
  default: schedule,
  label: 'Schedule',
  description: `When the job ${named.key} starts, as EventBridge Scheduler takes it.`,
  allowedPattern: allowed(JOB_SCHEDULE),
  maxLength: 256,
  constraintDescription: 'must be a schedule, such as cron(0 2 * * ? *) or rate(15 minutes)',
})
