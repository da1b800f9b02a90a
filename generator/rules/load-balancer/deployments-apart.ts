import { type Target, valueAt } from '../../model/delivery/targets.ts'
import type { ExistingLoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Model } from '../../model/model.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import { isElsewhere } from '../parameters/in-place.ts'
import type { Finding, Rule } from '../rule.ts'

/** What can be written once for the values of these parameters. */
type Once = { readonly what: string; readonly of: readonly [Parameter, ...Parameter[]] }

export const deploymentsApart: Rule = {
  id: 'PC486',
  title: 'No two deployments of a config write the same rule to what exists already',
  why: 'all of them have the same priorities and ports, and a listener takes no priority twice, a security group no rule twice, so the second deployment would fail',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html',
  check: ({ platform, loadBalancer, targets, ...model }) => {
    if (platform !== undefined || loadBalancer.kind === 'new') return []
    const once = onceOf(model, loadBalancer)
    return targets.flatMap((later, index): Finding[] => {
      const [clash] = once.flatMap(({ what, of }) =>
        targets
          .slice(0, index)
          .filter((earlier) => of.every((each) => isSame(earlier, later, each)))
          .map((earlier) => ({ what, parameter: of[0], earlier })),
      )
      if (clash === undefined) return []
      const { what, parameter, earlier } = clash
      return [
        {
          path: later.at,
          at: 'key',
          also: earlier.at,
          message: `${later.label} would write the same ${what} as ${earlier.label}`,
          remedy: `give the parameter ${parameter.name} another value under ${later.parametersAt.join('.')}, or let an application of its own, with other priorities, use this load balancer`,
        },
      ]
    })
  },
}

/** What stands in two places is told by another rule, and what is filled in by hand may differ. */
const isSame = (one: Target, other: Target, parameter: Parameter): boolean => {
  const value = valueAt(one, parameter)
  return value !== undefined && value === valueAt(other, parameter) && !isElsewhere(one, other)
}

const onceOf = ({ api, externals }: Pick<Model, 'api' | 'externals'>, loadBalancer: ExistingLoadBalancer): Once[] => [
  { what: 'listener rules', of: [loadBalancer.listener] },
  ...(api.link.kind === 'existing'
    ? [
        {
          what: 'rule between the groups of VPC link and load balancer',
          of: [loadBalancer.group, api.link.group] as const,
        },
      ]
    : []),
  ...externals.map(({ key, group }) => ({
    what: `rule between the groups of the load balancer and of ${key}`,
    of: [loadBalancer.group, group] as const,
  })),
]
