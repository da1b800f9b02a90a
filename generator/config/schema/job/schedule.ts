import * as z from 'zod'
import { CRON, JOB_SCHEDULE, whole } from '../../../aws/patterns.ts'
import { sixFields } from '../cron.ts'
import { isNot, says } from '../says.ts'

const SCHEDULES = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html'

const remedy = (value: string): string => {
  const rate = /^(?:rate\()?\s*(\d+)\s*(minute|hour|day)s?\s*\)?$/.exec(value)
  if (rate) return `write rate(${Number(rate[1])} ${rate[2]}${Number(rate[1]) === 1 ? '' : 's'})`
  const bare = value.replace(/^cron\((.*)\)$/, '$1').trim()
  return whole(CRON).test(bare)
    ? `write cron(${bare})`
    : `${sixFields(bare)}, such as cron(0 2 * * ? *); or rate(15 minutes)`
}

export const schedule = z
  .string()
  .regex(whole(JOB_SCHEDULE), says(isNot('a schedule'), remedy, SCHEDULES))
  .describe(
    'When the job starts, default of the parameter <Job>ScheduleExpression: cron(minute, hour, day of the month, month, day of the week, year), or rate(15 minutes). A job that still runs does not keep the next one from starting',
  )
  .meta({ examples: ['cron(0 2 * * ? *)'] })
