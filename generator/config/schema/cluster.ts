import * as z from 'zod'
import { CLUSTER_ARN, CLUSTER_NAME, whole } from '../../aws/patterns.ts'
import { isNot, says } from './says.ts'

export const cluster = z
  .strictObject({
    existing: z
      .string()
      .regex(
        whole(`(?:${CLUSTER_ARN}|${CLUSTER_NAME})`),
        says(
          isNot('a cluster'),
          'write the name of the cluster, such as platform, or its ARN, such as arn:aws:ecs:eu-west-1:111111111111:cluster/platform',
        ),
      )
      .optional()
      .describe(
        'Name or ARN of a cluster that exists in the account and region of the deployment; left out, a new one is made. Default of the parameter ClusterName, which is the name. Changing it replaces the services',
      )
      .meta({ examples: ['platform'] }),
    containerInsights: z
      .enum(['disabled', 'enabled', 'enhanced'])
      .optional()
      .describe(
        'Metrics of tasks and containers, which cost extra; enhanced has those of each task and container too. Left out, the setting of the account holds, which is disabled unless somebody changed it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html',
      )
      .meta({ examples: ['enhanced'] }),
  })
  .prefault({})
  .describe('The ECS cluster in which the tasks run')
