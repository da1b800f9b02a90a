import { sortedEntries } from '../../model/names.ts'
import { INIT } from '../../model/task/container.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const containerNames: Rule = {
  id: 'PC424',
  title: 'The containers of a task have different names',
  why: 'ECS knows the containers of a task by name; that of the service or job has its name',
  check: (_, config) =>
    writtenTasks(config).flatMap(({ at, key, task: { init, sidecars } }): Finding[] => [
      ...(key === INIT && init !== undefined
        ? [
            {
              path: at,
              at: 'key' as const,
              also: [...at, 'init'],
              message: `the container of ${at.join('.')} and the one of its init are both called "${INIT}"`,
              remedy: `give the ${at[0] === 'jobs' ? 'job' : 'service'} another name`,
            },
          ]
        : []),
      ...sortedEntries(sidecars)
        .filter(([name]) => name === key || (name === INIT && init !== undefined))
        .map(
          ([name]): Finding => ({
            path: [...at, 'sidecars', name],
            at: 'key',
            also: name === key ? at : [...at, 'init'],
            message: `another container of the task is called "${name}" too`,
            remedy: 'give the sidecar another name',
          }),
        ),
    ]),
}
