import { boundsOf } from '../../config/schema/load-balancer.ts'
import { fronted } from '../../model/tasks.ts'
import type { Rule } from '../rule.ts'

export const prioritiesOfPlatform: Rule = {
  id: 'PC485',
  title: 'The listener rules of an application have other priorities than those of its platform',
  why: 'two rules of a listener cannot have one priority',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html',
  check: ({ platform }, { loadBalancer: { priorities } }) => {
    if (platform === undefined || priorities === undefined) return []
    const [from, to] = boundsOf(priorities)
    const taken = fronted(platform.model)
      .flatMap(({ key, listenerRules }) => listenerRules.map(({ priority }) => ({ key, priority })))
      .find(({ priority }) => priority >= from && priority <= to)
    return taken === undefined
      ? []
      : [
          {
            path: ['loadBalancer', 'priorities'],
            message: `the platform's service "${taken.key}" has the priority ${taken.priority}`,
            remedy:
              'take a range apart from loadBalancer.priorities of the platform, and give the platform one of its own',
          },
        ]
  },
}
