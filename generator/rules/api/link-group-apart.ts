import { isGiven, type Target, valueAt } from '../../model/delivery/targets.ts'
import type { Model } from '../../model/model.ts'
import { meaningOf, type Parameter } from '../../model/parameters/parameter.ts'
import { tasks } from '../../model/tasks.ts'
import type { Finding, Rule } from '../rule.ts'

export const linkGroupApart: Rule = {
  id: 'PC332',
  title: 'The security group of an existing VPC link is that of nothing else',
  why: 'the load balancer admits that group, so whatever else has it comes in beside the API',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  check: (model) => {
    const { link } = model.api
    return link.kind === 'new' ? [] : othersOf(model).flatMap((other) => sameGroup(link.group, other, model.targets))
  },
}

const othersOf = ({ network, loadBalancer, externals, ...model }: Model): Parameter[] => [
  ...(loadBalancer.kind === 'existing' ? [loadBalancer.group] : []),
  ...(network.kind === 'existing' && network.egress.kind === 'existing-endpoints' ? [network.egress.group] : []),
  ...externals.map(({ group }) => group),
  ...tasks(model).flatMap(({ reaches }) => reaches.filter(({ kind }) => kind === 'group').map(({ peer }) => peer)),
]

const sameGroup = (group: Parameter, other: Parameter, targets: readonly Target[]): Finding[] => {
  const remedy = 'write the group that the VPC link alone has'
  if (meaningOf(group) === meaningOf(other))
    return [
      {
        path: group.from ?? [],
        ...(other.from === undefined ? {} : { also: other.from }),
        message: `${meaningOf(group)} is the group of the VPC link, and ${other.name} too`,
        remedy,
      },
    ]
  return targets
    .filter((target) => valueAt(target, group) === valueAt(target, other))
    .slice(0, 1)
    .map((target) => ({
      path: [...target.parametersAt, (isGiven(target, other) ? other : group).name],
      message: `${group.name} and ${other.name} are the same in ${target.label}`,
      remedy,
    }))
}
