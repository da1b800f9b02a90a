import * as z from 'zod'
import { show } from '../../../errors/show.ts'
import { says } from '../says.ts'
import { integer } from '../values.ts'

const DEPLOYMENTS = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html'
const PAUSES = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html'
const A_DAY = 1440

export const deployment = z
  .strictObject({
    strategy: z
      .enum(['rolling', 'blue-green', 'canary', 'linear'])
      .default('rolling')
      .describe(
        'How new tasks replace old ones. rolling: step by step, with circuit breaker and rollback. The others start all new tasks beside the old ones, which stay until the end: blue-green shifts the requests at once, canary a share first, linear in equal steps. Default of the parameter <Service>DeploymentStrategy, which takes rolling too',
      ),
    percent: z
      .number()
      .min(
        0.1,
        says<number>((value) => `${show(value)} is too small`, 'write a number from 0.1 to 100', DEPLOYMENTS),
      )
      .max(
        100,
        says<number>((value) => `${show(value)} is too large`, 'write a number from 0.1 to 100', DEPLOYMENTS),
      )
      .optional()
      .describe(
        `Percentage of the requests that canary shifts first (10 if left out, at least 0.1), or linear in each step (25 if left out, at least 3): ${DEPLOYMENTS}`,
      )
      .meta({ examples: [10] }),
    stepMinutes: integer(0, A_DAY, `ECS waits at most a day: ${DEPLOYMENTS}`)
      .optional()
      .describe('Minutes between two steps of canary or linear; 5 if left out')
      .meta({ examples: [5] }),
    bakeMinutes: integer(0, A_DAY, `ECS waits at most a day: ${DEPLOYMENTS}`)
      .optional()
      .describe('Minutes for which the old tasks stay after all requests have been shifted; 10 if left out')
      .meta({ examples: [10] }),
    pause: z
      .strictObject({
        at: z
          .enum(['started', 'each-shift'])
          .describe(
            'started: once, when all new tasks run and get no requests yet. each-shift: before requests move, with canary and linear before each step',
          ),
        minutes: integer(1, A_DAY, 'somebody who does not answer within a day does not answer')
          .default(60)
          .describe('How long ECS waits for an answer'),
        // biome-ignore lint/suspicious/noThenProperty: a key of the config, and nobody awaits a config.
        then: z.enum(['roll-back', 'go-on']).default('roll-back').describe('What ECS does when nobody has answered'),
      })
      .optional()
      .describe(
        `Wait until somebody lets the deployment go on (aws ecs continue-service-deployment); not for rolling. ${PAUSES}`,
      )
      .meta({ examples: [{ at: 'started', minutes: 60 }] }),
    alarms: z
      .boolean()
      .default(false)
      .describe(
        'Roll a deployment back while more than 5 % of the answers are errors of the service, or connections to its tasks fail',
      ),
    minimumHealthyPercent: integer(0, 100, `it is a percentage of the tasks: ${DEPLOYMENTS}`)
      .optional()
      .describe('Percentage of the tasks that keep running during a rolling deployment; 100 if left out')
      .meta({ examples: [50] }),
    maximumPercent: integer(100, 200, `it is a percentage of the tasks: ${DEPLOYMENTS}`)
      .optional()
      .describe(
        'Percentage of the tasks that may run during a rolling deployment, old and new together; 200 if left out',
      )
      .meta({ examples: [200] }),
  })
  .prefault({})
  .describe('How new tasks are deployed')
