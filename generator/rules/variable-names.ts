import type { Diagnostic } from '../errors/diagnostic.ts'
import { sortedEntries } from '../model/names.ts'
import type { Rule } from './rule.ts'

export const variableNames: Rule = {
  id: 'PC405',
  title: 'A variable is either plain or secret',
  why: 'ECS refuses a task definition that sets a variable twice',
  check: (_, config) =>
    sortedEntries(config.services).flatMap(([key, { environment, secrets }]) =>
      Object.keys(secrets)
        .filter((name) => Object.hasOwn(environment, name))
        .map(
          (name): Diagnostic => ({
            code: 'PC405',
            path: ['services', key, 'secrets', name],
            at: 'key',
            also: ['services', key, 'environment', name],
            message: `"${name}" is both in environment and in secrets`,
            why: variableNames.why,
            remedy: 'take it out of one of them',
          }),
        ),
    ),
}
