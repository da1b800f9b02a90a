import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const policiesOfProducts: Rule = {
  id: 'PC518',
  title: 'A product whose roles have managed policies has a permissions boundary of its own',
  why: 'the boundary that launch-role.yaml brings along lets through what is listed in permissions, and nobody can list what a managed policy grants tomorrow',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  check: (_, config) =>
    config.delivery.serviceCatalog === undefined || config.permissionsBoundary !== undefined
      ? []
      : writtenTasks(config)
          .filter(({ task }) => task.policies.length > 0)
          .map(
            ({ at }): Finding => ({
              path: [...at, 'policies'],
              at: 'key',
              message: 'the boundary of the launch role would take the rights of these policies away',
              remedy: 'write permissions instead, or name a boundary that lets them through in permissionsBoundary',
            }),
          ),
}
