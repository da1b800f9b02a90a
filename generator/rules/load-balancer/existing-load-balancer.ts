import type { Config } from '../../config/schema/index.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const existingLoadBalancer: Rule = {
  id: 'PC480',
  title:
    'A load balancer that exists is in an existing VPC, has priorities for this application, and keeps its settings',
  why: 'targets, VPC link and load balancer are in one VPC, its rules may be of several applications, and what exists already is not changed',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  check: ({ platform }, { network, loadBalancer }) =>
    loadBalancer.existing === undefined
      ? []
      : [
          ...missing(network, loadBalancer, platform ? ['uses'] : ['loadBalancer', 'existing']),
          ...(platform ? [] : idle(loadBalancer)),
        ],
}

const missing = (network: Config['network'], { priorities }: Config['loadBalancer'], path: Path): Finding[] => [
  ...(network.existing === undefined
    ? [
        {
          path,
          at: 'key' as const,
          message: 'the load balancer exists already, so it is not in a new VPC',
          remedy: 'add network.existing, the VPC of the load balancer',
        },
      ]
    : []),
  ...(priorities === undefined
    ? [
        {
          path,
          at: 'key' as const,
          message: 'nothing says which priorities of the listener are free for this application',
          remedy: 'add loadBalancer.priorities, such as priorities: 2000-2999, which no rule of others has',
        },
      ]
    : []),
]

/** What only a load balancer of our own can be told. */
const SETTINGS = ['accessLogs', 'deletionProtection'] as const

const idle = (loadBalancer: Config['loadBalancer']): Finding[] =>
  SETTINGS.filter((key) => loadBalancer[key] !== undefined).map((key) => ({
    path: ['loadBalancer', key],
    at: 'key',
    also: ['loadBalancer', 'existing'],
    message: `"loadBalancer.${key}" has no effect: the load balancer exists already`,
    remedy: 'remove the key, and set it where the load balancer is made',
  }))
