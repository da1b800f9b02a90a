import { sortedEntries } from '../../model/names.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const containerPorts: Rule = {
  id: 'PC426',
  title: 'The containers of a task listen on different ports',
  why: 'the containers of a task share one network interface, so the second one to listen on a port would fail',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  check: (_, config) =>
    sortedEntries(config.services).flatMap(([key, service]) => {
      const at = ['services', key]
      const first = new Map<number, Path>(service.port === undefined ? [] : [[service.port, [...at, 'port']]])
      return sortedEntries(service.sidecars).flatMap(([name, { port }]): Finding[] => {
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
