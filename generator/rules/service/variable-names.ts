import { writtenContainers } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const variableNames: Rule = {
  id: 'PC405',
  title: 'A variable is either plain or secret',
  why: 'ECS refuses a task definition that sets a variable twice',
  check: (_, config) =>
    writtenContainers(config).flatMap(({ at, container: { environment, secrets } }) =>
      Object.keys(secrets)
        .filter((name) => Object.hasOwn(environment, name))
        .map(
          (name): Finding => ({
            path: [...at, 'secrets', name],
            at: 'key',
            also: [...at, 'environment', name],
            message: `"${name}" is both in environment and in secrets`,
            remedy: 'remove it of one of them',
          }),
        ),
    ),
}
