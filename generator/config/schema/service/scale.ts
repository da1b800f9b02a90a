import * as z from 'zod'
import { integer } from '../values.ts'

const ECS_LIMITS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html'

export const scale = z
  .strictObject({
    min: integer(
      1,
      5000,
      `without a task, every request fails; ECS runs at most 5,000 tasks per service: ${ECS_LIMITS}`,
    )
      .default(2)
      .describe('Minimum number of tasks; default of <Service>MinTasks'),
    max: integer(1, 5000, `ECS runs at most 5,000 tasks per service: ${ECS_LIMITS}`)
      .default(4)
      .describe('Maximum number of tasks; default of <Service>MaxTasks'),
    cpu: integer(1, 100, 'it is a percentage of the CPU that the tasks have')
      .default(60)
      .describe('Average CPU percentage that scaling aims for'),
    requestsPerTarget: integer(1, 1_000_000)
      .optional()
      .describe('Requests per minute and task that scaling aims for')
      .meta({ examples: [500] }),
  })
  .prefault({})
  .describe('Number of tasks')
