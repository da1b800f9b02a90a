import * as z from 'zod'
import { whole } from '../../../aws/patterns.ts'
import { CRON, sixFields } from '../cron.ts'
import { isNot, says } from '../says.ts'

const SCHEDULES = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html'

/** One of a unit is singular. */
const RATE = 'rate\\((?:1 (?:minute|hour|day)|(?:[2-9]|[1-9][0-9]{1,4}) (?:minutes|hours|days))\\)'

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
  .regex(whole(`(?:cron\\(${CRON}\\)|${RATE})`), says(isNot('a schedule'), remedy, SCHEDULES))
  .describe(
    'When the job starts: cron(minute, hour, day of the month, month, day of the week, year), or rate(15 minutes). A job that still runs does not keep the next one from starting',
  )
  .meta({ examples: ['cron(0 2 * * ? *)'] })
