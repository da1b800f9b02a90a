import { isGiven, placeOf, valueAt } from '../../model/delivery/targets.ts'
import { running } from '../../model/tasks.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const scaleFromZero: Rule = {
  id: 'PC443',
  title: 'Only a queue brings tasks back from none',
  why: 'without a task there is no load to measure, and every request fails',
  check: (model, config) =>
    running(model)
      .filter(({ scale }) => scale.queue === undefined)
      .flatMap(({ key, port, parameters: { minTasks, maxTasks } }) => {
        const wrong = (path: Path, min: unknown, max: unknown): Finding[] =>
          String(min) !== '0' || String(max) === '0'
            ? []
            : [
                {
                  path,
                  message: `the service "${key}" would stay without a task`,
                  remedy: `write at least 1, or max: 0 too if it is to rest${port === undefined ? ', or add scale.queue' : ''}`,
                },
              ]
        const { min, max } = config.services[key]?.scale ?? {}
        return [
          ...wrong(['services', key, 'scale', 'min'], min, max),
          ...model.targets
            .filter((target) => isGiven(target, minTasks) || isGiven(target, maxTasks))
            .flatMap((target) =>
              wrong(
                placeOf(target, isGiven(target, minTasks) ? minTasks : maxTasks),
                valueAt(target, minTasks),
                valueAt(target, maxTasks),
              ),
            ),
        ]
      }),
}
