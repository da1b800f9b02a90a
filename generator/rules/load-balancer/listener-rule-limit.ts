import { VALUES_PER_RULE } from '../../model/load-balancer/listener-rules.ts'
import type { Model } from '../../model/model.ts'
import { fronted } from '../../model/tasks.ts'
import type { Finding, Rule } from '../rule.ts'

const LIMIT = 100

export const listenerRuleLimit: Rule = {
  id: 'PC406',
  title: 'The paths fit into 100 listener rules',
  why: `a load balancer has at most 100 rules of at most ${VALUES_PER_RULE} paths each; exact paths and each depth of wildcards have rules of their own`,
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html',
  check: (model): Finding[] => {
    const ofPlatform = model.platform ? rulesOf(model.platform.model) : 0
    const count = rulesOf(model) + ofPlatform
    return count <= LIMIT
      ? []
      : [
          {
            path: ['services'],
            at: 'key',
            message: `the paths of the services need ${count} listener rules${ofPlatform > 0 ? `, ${ofPlatform} of them for the platform` : ''}`,
            remedy: 'group paths under a common prefix, such as /shop/*',
          },
        ]
  },
}

const rulesOf = (model: Model): number =>
  fronted(model).reduce((sum, { listenerRules }) => sum + listenerRules.length, 0)
