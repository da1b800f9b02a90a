import type { Finding, Rule } from '../rule.ts'

export const retainedStacks: Rule = {
  id: 'PC517',
  title: 'Stacks are retained only where accounts can leave an organizational unit',
  why: 'a stack set for single accounts deploys nothing by itself when an account comes or leaves, so the key would have no effect',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html',
  check: ({ delivery: { stackSet } }): Finding[] =>
    stackSet?.retainOnRemoval && stackSet.organizationalUnits.length === 0
      ? [
          {
            path: ['delivery', 'stackSet', 'retainOnRemoval'],
            message: 'no stack is removed when an account leaves, because the stack set has no organizational units',
            remedy: 'remove the key, or name organizationalUnits',
          },
        ]
      : [],
}
