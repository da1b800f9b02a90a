import { sortedEntries } from '../../model/names.ts'
import { runServices } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const containerPorts: Rule = {
  id: 'PC426',
  title: 'The containers of a task listen on different ports',
  why: 'the containers of a task share one network interface, so the second one to listen on a port would fail',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  check: (_, config) =>
    [
      ...runServices(config.services).map(([key, { port, sidecars }]) => ({ at: ['services', key], port, sidecars })),
      ...sortedEntries(config.jobs).map(([key, { sidecars }]) => ({ at: ['jobs', key], port: undefined, sidecars })),
    ].flatMap(({ at, port: own, sidecars }) => {
      const first = new Map<number, Path>(own === undefined ? [] : [[own, [...at, 'port']]])
      return sortedEntries(sidecars).flatMap(([name, { port }]): Finding[] => {
        if (port === undefined) return []
        const path = [...at, 'sidecars', name, 'port']
        const also = first.get(port)
        if (also === undefined) {
          first.set(port, path)
          return []
        }
        return [
          { path, also, message: `port ${port} is used by another container of the task`, remedy: 'use another port' },
        ]
      })
    }),
}
