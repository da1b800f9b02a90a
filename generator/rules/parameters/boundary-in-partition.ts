import { fromAnotherPartition } from '../partition.ts'
import type { Finding, Rule } from '../rule.ts'

export const boundaryInPartition: Rule = {
  id: 'PC516',
  title: 'The permissions boundary is in the partition of every environment and target',
  why: 'a role takes its boundary from its own account, or from AWS in its own partition',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  check: ({ permissionsBoundary: parameter, targets }): Finding[] =>
    parameter === undefined
      ? []
      : fromAnotherPartition(parameter, targets, (where) => ({
          message: `this policy does not exist in ${where}`,
          remedy: `give the parameter ${parameter.name} a policy of that partition there`,
        })),
}
