import { sortedEntries } from '../../model/names.ts'
import type { Finding, Rule } from '../rule.ts'

export const variableNames: Rule = {
  id: 'PC405',
  title: 'A variable is either plain or secret',
  why: 'ECS refuses a task definition that sets a variable twice',
  check: (_, config) =>
    sortedEntries(config.services).flatMap(([key, { environment, secrets }]) =>
      Object.keys(secrets)
        .filter((name) => Object.hasOwn(environment, name))
        .map(
          (name): Finding => ({
            path: ['services', key, 'secrets', name],
            at: 'key',
            also: ['services', key, 'environment', name],
            message: `"${name}" is both in environment and in secrets`,
            remedy: 'remove it of one of them',
          }),
        ),
    ),
}
