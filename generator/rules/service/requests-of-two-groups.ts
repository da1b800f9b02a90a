import { shifts } from '../../model/service/deployment.ts'
import type { Rule } from '../rule.ts'

export const requestsOfTwoGroups: Rule = {
  id: 'PC458',
  title: 'Only a service with one target group is scaled by its requests',
  why: 'the metric names one target group, and beyond rolling ECS moves the requests between two, so that scaling would see none of them half of the time',
  docs: 'https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html',
  check: (_, config) =>
    Object.entries(config.services)
      .filter(([, service]) => shifts(service) && service.scale.requestsPerTarget !== undefined)
      .map(([key, { deployment }]) => ({
        path: ['services', key, 'scale', 'requestsPerTarget'],
        at: 'key' as const,
        message: `"requestsPerTarget" does not go with the strategy ${deployment.strategy}`,
        remedy: 'remove the key and scale by cpu or memory, or deploy step by step',
      })),
}
