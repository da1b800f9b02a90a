import { VALUES_PER_RULE } from '../../model/load-balancer/listener-rules.ts'
import type { Model } from '../../model/model.ts'
import type { Fronted } from '../../model/service/fronted.ts'
import { fronted } from '../../model/tasks.ts'
import type { Finding, Rule } from '../rule.ts'
import { withPlatform } from './with-platform.ts'

const LIMIT = 100

export const loadBalancerQuotas: Rule = {
  id: 'PC406',
  title: 'The services fit into 100 listener rules and 100 target groups',
  why: `a load balancer has at most 100 target groups and 100 rules of at most ${VALUES_PER_RULE} paths each; exact paths and each depth of wildcards have rules of their own, and a service that shifts requests has two target groups`,
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html',
  check: (model) => [
    ...beyond(model, rulesOf, {
      who: 'the paths of the services',
      what: 'listener rules',
      remedy: 'group paths under a common prefix, such as /shop/*',
    }),
    ...beyond(model, targetGroupsOf, {
      who: 'the services',
      what: 'target groups',
      remedy: 'move services to an application with a load balancer of its own',
    }),
  ],
}

const rulesOf = ({ listenerRules }: Fronted): number => listenerRules.length

const targetGroupsOf = ({ listenerRules }: Fronted): number =>
  listenerRules.some(({ header }) => header !== undefined) ? 2 : 1

/** Of the application and of its platform, which share the load balancer. */
function beyond(
  model: Model,
  countOf: (service: Fronted) => number,
  { who, what, remedy }: { readonly who: string; readonly what: string; readonly remedy: string },
): Finding[] {
  const total = (one: Model): number => fronted(one).reduce((sum, service) => sum + countOf(service), 0)
  const { count, says } = withPlatform(model, total)
  if (count <= LIMIT) return []
  return [{ path: ['services'], at: 'key', message: `${who} need ${count} ${what}${says}`, remedy }]
}
