/** Other numbers of tasks at certain times. */
import * as z from 'zod'
import { show } from '../../../errors/show.ts'
import { isNot, says } from '../says.ts'
import { integer } from '../values.ts'

const SCHEDULES =
  'https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html'

const FIELD = '[0-9A-Z*/,#LW-]+'

/** Six fields, of which the day of the month or the day of the week is `?`, since each would otherwise ask for a day. */
const CRON = new RegExp(`^${FIELD} ${FIELD} (?:${FIELD} ${FIELD} \\?|\\? ${FIELD} ${FIELD}) ${FIELD}$`)

const cronRemedy = (value: string): string => {
  const bare = value.replace(/^cron\((.*)\)$/, '$1').trim()
  if (bare !== value && CRON.test(bare)) return `write "${bare}"`
  const fields = bare.split(/\s+/)
  return fields.length === 5
    ? 'write six fields with the year last, and ? for the day of the month or of the week, such as "0 8 ? * MON-FRI *"'
    : 'write minute, hour, day of the month, month, day of the week and year, one of the two days as ?, such as "0 8 ? * MON-FRI *"'
}

const isTimezone = (value: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const entry = z.strictObject({
  cron: z
    .string()
    .regex(CRON, says(isNot('a cron expression of AWS'), cronRemedy, SCHEDULES))
    .describe('When: minute, hour, day of the month, month, day of the week, year')
    .meta({ examples: ['0 8 ? * MON-FRI *'] }),
  timezone: z
    .string()
    .refine(
      (value) => /^[A-Z]/.test(value) && isTimezone(value),
      says((value) => `there is no time zone ${show(value)}`, 'write a name such as Europe/Berlin, or UTC'),
    )
    .default('UTC')
    .describe('Time zone of the expression; daylight saving is observed'),
  min: integer(0, 5000)
    .describe('Minimum number of tasks from then on')
    .meta({ examples: [4] }),
  max: integer(0, 5000)
    .describe('Maximum number of tasks from then on')
    .meta({ examples: [20] }),
})

export const schedule = z
  .array(entry)
  .max(
    200,
    says<readonly unknown[]>(
      (value) => `${value.length} entries are too many`,
      'use at most 200 entries',
      'https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-limits.html',
    ),
  )
  .default([])
  .describe(
    'Other limits from certain times on. A deployment that changes scale.min or scale.max applies those until the next such time',
  )
  .meta({ examples: [[{ cron: '0 8 ? * MON-FRI *', timezone: 'Europe/Berlin', min: 4, max: 20 }]] })
