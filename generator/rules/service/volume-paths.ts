import { sortedEntries } from '../../model/names.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const volumePaths: Rule = {
  id: 'PC428',
  title: 'The volumes of a task are in different folders',
  why: 'only one of them could be there',
  check: (_, config) =>
    writtenTasks(config).flatMap(({ at, task: { volumes } }) => {
      const first = new Map<string, string>()
      return sortedEntries(volumes).flatMap(([name, { path }]): Finding[] => {
        const other = first.get(path)
        if (other === undefined) {
          first.set(path, name)
          return []
        }
        return [
          {
            path: [...at, 'volumes', name, 'path'],
            also: [...at, 'volumes', other, 'path'],
            message: `the volume "${other}" is in ${path} too`,
            remedy: 'use another folder',
          },
        ]
      })
    }),
}
