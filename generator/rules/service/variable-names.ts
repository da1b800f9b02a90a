import type { Config } from '../../config/schema/index.ts'
import { writtenContainers, writtenValues } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const variableNames: Rule = {
  id: 'PC405',
  title: 'A variable is either plain or secret',
  why: 'ECS refuses a task definition that sets a variable twice',
  check: (_, config) => {
    const variables = writtenVariables(config)
    const plain = new Map(variables.filter(({ kind }) => kind === 'environment').map((each) => [each.id, each.path]))
    const seen = new Set<string>()
    return variables
      .filter(({ kind, id }) => kind === 'secrets' && plain.has(id) && !seen.has(id) && seen.add(id))
      .map(
        ({ id, name, path }): Finding => ({
          path,
          at: 'key',
          also: plain.get(id) ?? path,
          message: `"${name}" is both in environment and in secrets`,
          remedy: 'remove it of one of them',
        }),
      )
  },
}

type Written = {
  readonly kind: 'environment' | 'secrets'
  readonly name: string
  /** The same variable of the same container, wherever it is written. */
  readonly id: string
  readonly path: Path
}

/** Of the containers, then of the environments, where a variable may exist that the service or job itself does not have. */
const writtenVariables = (config: Config): Written[] => {
  const of = (container: string, at: Path, kind: Written['kind'], written: Readonly<Record<string, unknown>> = {}) =>
    Object.keys(written).map((name) => ({ kind, name, id: `${container} ${name}`, path: [...at, kind, name] }))
  return [
    ...writtenContainers(config).flatMap(({ at, container: { environment, secrets } }) => [
      ...of(at.join('.'), at, 'environment', environment),
      ...of(at.join('.'), at, 'secrets', secrets),
    ]),
    ...writtenValues(config).flatMap(({ at, of: task, values: { environment, secrets } }) => [
      ...of(task.join('.'), at, 'environment', environment),
      ...of(task.join('.'), at, 'secrets', secrets),
    ]),
  ]
}
