import { integer } from '../values.ts'

export const spot = integer(0, 100, 'it is a percentage of the tasks')
  .optional()
  .describe(
    'Percentage of the tasks on Fargate Spot, which costs less, and which AWS may stop with a warning of two minutes. Adding the key to a deployed service may make CloudFormation replace the service. To stop using Spot, set it to 0 instead of removing it: ECS refuses to take capacity from a cluster while a service uses it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html',
  )
  .meta({ examples: [50] })
