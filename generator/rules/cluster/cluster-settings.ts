import type { Rule } from '../rule.ts'

export const clusterSettings: Rule = {
  id: 'PC456',
  title: 'Only a cluster of our own has settings',
  why: 'an existing cluster stays as it is, so a setting would look as if it worked',
  check: (_, { cluster }) =>
    cluster.existing === undefined || cluster.containerInsights === undefined
      ? []
      : [
          {
            path: ['cluster', 'containerInsights'],
            at: 'key',
            message: `"cluster.containerInsights" has no effect on the existing cluster ${cluster.existing}`,
            remedy: 'remove the key, and set it where the cluster is made',
          },
        ],
}
