import * as z from 'zod'
import { integer } from '../values.ts'
import { queue } from './queue.ts'
import { schedule } from './schedule.ts'

const ECS_LIMITS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html'

/** Left out, the default of Application Auto Scaling applies. */
const cooldown = (step: string) =>
  integer(0, 86_400)
    .optional()
    .describe(
      `Seconds to wait after scaling ${step}. https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html`,
    )

export const min = integer(0, 5000, `ECS runs at most 5,000 tasks per service: ${ECS_LIMITS}`)
export const max = integer(0, 5000, `ECS runs at most 5,000 tasks per service: ${ECS_LIMITS}`)

export const scale = z
  .strictObject({
    min: min.default(2).describe('Minimum number of tasks; default of <Service>MinTasks. 0 with queue, or with max: 0'),
    max: max
      .default(4)
      .describe(
        'Maximum number of tasks; default of <Service>MaxTasks. With 0 the service rests: nothing runs, and nothing answers',
      ),
    cpu: integer(1, 100, 'it is a percentage of the CPU that the tasks have')
      .default(60)
      .describe('Average CPU percentage that scaling aims for'),
    memory: integer(1, 100, 'it is a percentage of the memory that the tasks have')
      .optional()
      .describe('Average memory percentage that scaling aims for')
      .meta({ examples: [75] }),
    requestsPerTarget: integer(1, 1_000_000)
      .optional()
      .describe('Requests per minute and task that scaling aims for')
      .meta({ examples: [500] }),
    cooldownSeconds: z
      .strictObject({ in: cooldown('removes tasks'), out: cooldown('adds tasks') })
      .optional()
      .describe('Pause after the number of tasks has changed; 300 seconds if left out')
      .meta({ examples: [{ in: 300, out: 60 }] }),
    queue,
    schedule,
  })
  .prefault({})
  .describe('Number of tasks')
