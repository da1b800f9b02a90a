import { sortedEntries } from '../../model/names.ts'
import type { Finding, Rule } from '../rule.ts'

export const scaleFromZero: Rule = {
  id: 'PC443',
  title: 'Only a queue brings tasks back from none',
  why: 'without a task there is no load to measure, and every request fails',
  check: (_, config) =>
    sortedEntries(config.services)
      .filter(([, { scale }]) => scale.min === 0 && scale.queue === undefined)
      .map(
        ([key, { port }]): Finding => ({
          path: ['services', key, 'scale', 'min'],
          message: `the service "${key}" would stay without a task`,
          remedy: port === undefined ? 'write at least 1, or add scale.queue' : 'write at least 1',
        }),
      ),
}
