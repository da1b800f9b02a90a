import * as z from 'zod'
import { integer } from '../values.ts'

const DEPLOYMENTS = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html'

export const deployment = z
  .strictObject({
    strategy: z
      .enum(['rolling'])
      .default('rolling')
      .describe('How new tasks replace old ones: rolling, with circuit breaker and rollback'),
    minimumHealthyPercent: integer(0, 100, `it is a percentage of the tasks: ${DEPLOYMENTS}`)
      .default(100)
      .describe('Percentage of the tasks that keep running during a deployment'),
    maximumPercent: integer(100, 200, `it is a percentage of the tasks: ${DEPLOYMENTS}`)
      .default(200)
      .describe('Percentage of the tasks that may run during a deployment, old and new together'),
  })
  .prefault({})
  .describe('How new tasks are deployed')
