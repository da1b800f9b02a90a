import { writtenTasks, writtenValues } from '../../model/task/written.ts'
import type { Rule } from '../rule.ts'

export const keyOfSecrets: Rule = {
  id: 'PC434',
  title: 'A key of secrets stands beside secrets',
  why: 'it lets a task decrypt what it reads when it starts, and nothing is read',
  check: (_, config) => {
    const values = writtenValues(config)
    return writtenTasks(config)
      .filter(({ task }) => task.secretsKey !== undefined)
      .filter(({ at, task }) =>
        [
          task,
          ...Object.values(task.sidecars),
          ...values.filter(({ of }) => of.join('.') === at.join('.')).map((each) => each.values),
        ].every(
          ({ secrets = {}, registryCredentials }) =>
            Object.keys(secrets).length === 0 && registryCredentials === undefined,
        ),
      )
      .map(({ at }) => ({
        path: [...at, 'secretsKey'],
        message: 'the key decrypts nothing: there are no secrets',
        remedy:
          'list the secrets in secrets, or remove the key; what the application decrypts itself stands in permissions',
      }))
  },
}
