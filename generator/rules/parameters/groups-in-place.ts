import { type Target, valueAt } from '../../model/delivery/targets.ts'
import type { Model } from '../../model/model.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import { tasks } from '../../model/tasks.ts'
import type { Finding, Rule } from '../rule.ts'

export const groupsInPlace: Rule = {
  id: 'PC437',
  title: 'A security group that is reached exists in one region and account only',
  why: 'the id of a security group means nothing in another region or account, so the deployment there would fail',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  check: (model) => reachedGroups(model).flatMap((group) => strangers(model.targets, group)),
}

const reachedGroups = (model: Model): Parameter[] =>
  tasks(model).flatMap(({ reaches }) => reaches.filter(({ kind }) => kind === 'group').map(({ peer }) => peer))

/** The first target with a value is taken for its home; a VPC may be shared, so an account that is not known is no fault. */
const strangers = (targets: readonly Target[], group: Parameter): Finding[] => {
  const homes = new Map<string, Target>()
  return targets.flatMap((target): Finding[] => {
    const value = valueAt(target, group) ?? ''
    const home = homes.get(value)
    if (target.anyAccount)
      return [
        {
          path: group.from ?? [],
          message: `${value} exists in one account, but ${target.label} may be in any account`,
          remedy: 'write the addresses instead, as cidr, or list the accounts and give each its own group',
        },
      ]
    if (home === undefined) {
      homes.set(value, target)
      return []
    }
    const isElsewhere =
      home.region !== target.region ||
      (home.account !== undefined && target.account !== undefined && home.account !== target.account)
    return isElsewhere
      ? [
          {
            path: target.at,
            at: 'key',
            message: `${value} cannot exist in ${home.label} and in ${target.label}`,
            remedy: `give ${group.name} a value under ${target.parametersAt.join('.')}`,
          },
        ]
      : []
  })
}
