import type { Model } from '../../model/model.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import { tasks } from '../../model/tasks.ts'
import type { Rule } from '../rule.ts'
import { strangers } from './in-place.ts'

export const groupsInPlace: Rule = {
  id: 'PC437',
  title: 'A security group that is reached exists in one region and account only',
  why: 'the id of a security group means nothing in another region or account, so the deployment there would fail',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  check: (model) =>
    reachedGroups(model).flatMap((group) =>
      strangers(model.targets, [group], {
        at: group.from ?? [],
        remedy: 'write the addresses instead, as cidr, or list the accounts and give each its own group',
      }),
    ),
}

const reachedGroups = (model: Model): Parameter[] =>
  tasks(model).flatMap(({ reaches }) => reaches.filter(({ kind }) => kind === 'group').map(({ peer }) => peer))
