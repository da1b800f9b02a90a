import { sortedEntries } from '../../model/names.ts'
import { INIT } from '../../model/task/container.ts'
import type { Finding, Rule } from '../rule.ts'

export const containerNames: Rule = {
  id: 'PC424',
  title: 'The containers of a task have different names',
  why: 'ECS knows the containers of a task by name; that of the service has its name',
  check: (_, config) =>
    sortedEntries(config.services)
      .filter(([key, { init }]) => key === INIT && init !== undefined)
      .map(
        ([key]): Finding => ({
          path: ['services', key],
          at: 'key',
          also: ['services', key, 'init'],
          message: `the container of the service and the one of its init are both called "${INIT}"`,
          remedy: 'give the service another name',
        }),
      ),
}
