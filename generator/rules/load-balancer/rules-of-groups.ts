import { valueAt } from '../../model/delivery/targets.ts'
import type { Model } from '../../model/model.ts'
import { fronted, tasks } from '../../model/tasks.ts'
import type { Finding, Rule } from '../rule.ts'
import { withPlatform } from './with-platform.ts'

const QUOTA = 60

export const rulesOfGroups: Rule = {
  id: 'PC407',
  severity: 'warning',
  title: 'A security group has room for 60 rules of each direction',
  why: 'the load balancer may reach each service by a rule of its group, and each service, worker and job is let in by one of the group of the endpoints; the next one fails unless the quota has been raised',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
  check: (model) => [
    ...beyond(model, 'load balancer', (each) => fronted(each).length, ownRuleOfLoadBalancer(shown(model))),
    ...('interfaceEndpoints' in shown(model).network.egress
      ? beyond(model, 'endpoints', (each) => tasks(each).length * alike(each))
      : []),
  ],
}

/** The application whose load balancer and network it is. */
const shown = ({ platform, ...model }: Model): Model => platform?.model ?? model

/** The rule that stands for the one that EC2 adds to a group without any. */
const ownRuleOfLoadBalancer = ({ loadBalancer }: Model): number => (loadBalancer.kind === 'new' ? 1 : 0)

/** How many deployments share the group of endpoints that exist. */
function alike({ network: { egress }, targets, platform }: Model): number {
  if (egress.kind !== 'existing-endpoints' || platform !== undefined) return 1
  const groups = targets.map((target) => valueAt(target, egress.group))
  return Math.max(1, ...groups.map((group) => groups.filter((other) => other === group).length))
}

function beyond(model: Model, what: string, countOf: (model: Model) => number, more = 0): Finding[] {
  const { count, says } = withPlatform(model, countOf)
  if (count + more <= QUOTA) return []
  return [
    {
      path: ['services'],
      at: 'key',
      message: `the security group of the ${what} needs ${count + more} rules${says}`,
      remedy: 'have the quota raised before, or move services to an application with a network of its own',
    },
  ]
}
