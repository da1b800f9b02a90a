import { sortedEntries } from '../../model/names.ts'
import { INIT } from '../../model/task/container.ts'
import type { Finding, Rule } from '../rule.ts'

export const containerNames: Rule = {
  id: 'PC424',
  title: 'The containers of a task have different names',
  why: 'ECS knows the containers of a task by name; that of the service has its name',
  check: (_, config) =>
    sortedEntries(config.services).flatMap(([service, { init, sidecars }]): Finding[] => {
      const at = ['services', service]
      return [
        ...(service === INIT && init !== undefined
          ? [
              {
                path: at,
                at: 'key' as const,
                also: [...at, 'init'],
                message: `the container of the service and the one of its init are both called "${INIT}"`,
                remedy: 'give the service another name',
              },
            ]
          : []),
        ...sortedEntries(sidecars)
          .filter(([name]) => name === service || (name === INIT && init !== undefined))
          .map(
            ([name]): Finding => ({
              path: [...at, 'sidecars', name],
              at: 'key',
              also: name === service ? at : [...at, 'init'],
              message: `another container of the task is called "${name}" too`,
              remedy: 'give the sidecar another name',
            }),
          ),
      ]
    }),
}
