import { type Target, valueAt } from '../../model/delivery/targets.ts'
import { meaningOf } from '../../model/parameters/parameter.ts'
import type { External } from '../../model/service/external.ts'
import type { Finding, Rule } from '../rule.ts'

export const externalRulesApart: Rule = {
  id: 'PC445',
  title: 'No two services that somebody else runs have the same security group and port',
  why: 'both would need the same rule of that group, and EC2 refuses a rule that exists already',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
  check: ({ externals, targets }) =>
    externals.flatMap((later, index): Finding[] => {
      const first = externals.slice(0, index).find((earlier) => haveSameRule(earlier, later, targets))
      return first === undefined
        ? []
        : [
            {
              path: ['services', later.key, 'external'],
              at: 'key',
              also: ['services', first.key, 'external'],
              message: `"${first.key}" is reached at port ${first.port} of the same security group`,
              remedy: 'give one of them a security group of its own',
            },
          ]
    }),
}

const haveSameRule = (one: External, other: External, targets: readonly Target[]): boolean =>
  one.port === other.port &&
  (targets.length === 0
    ? meaningOf(one.group) === meaningOf(other.group)
    : targets.some((target) => valueAt(target, one.group) === valueAt(target, other.group)))
