/** Other numbers of tasks at certain times. */
import * as z from 'zod'
import { CRON, whole } from '../../../aws/patterns.ts'
import { sixFields, timezone } from '../cron.ts'
import { isNot, says } from '../says.ts'
import { integer } from '../values.ts'

const SCHEDULES =
  'https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html'

const cronRemedy = (value: string): string => {
  const bare = value.replace(/^cron\((.*)\)$/, '$1').trim()
  return bare !== value && whole(CRON).test(bare)
    ? `write "${bare}"`
    : `${sixFields(bare)}, such as "0 8 ? * MON-FRI *"`
}

const entry = z.strictObject({
  cron: z
    .string()
    .regex(whole(CRON), says(isNot('a cron expression of AWS'), cronRemedy, SCHEDULES))
    .describe('When: minute, hour, day of the month, month, day of the week, year')
    .meta({ examples: ['0 8 ? * MON-FRI *'] }),
  timezone,
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
