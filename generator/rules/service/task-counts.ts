import { isGiven, placeOf, valueAt } from '../../model/delivery/targets.ts'
import { running } from '../../model/tasks.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const taskCounts: Rule = {
  id: 'PC402',
  title: 'The minimum number of tasks does not exceed the maximum',
  why: 'Application Auto Scaling refuses such a pair',
  check: (model, config) => {
    const wrong = (path: Path, min: number, max: number): Finding[] =>
      min <= max || Number.isNaN(min) || Number.isNaN(max)
        ? []
        : [
            {
              path,
              message: `the minimum of ${min} tasks must not exceed the maximum of ${max}`,
              remedy: `raise the maximum to ${min}, or lower the minimum`,
            },
          ]
    return running(model).flatMap(({ key, parameters: { minTasks, maxTasks } }) => {
      const scale = config.services[key]?.scale
      return [
        ...(scale === undefined ? [] : wrong(['services', key, 'scale', 'min'], scale.min, scale.max)),
        ...(scale?.schedule ?? []).flatMap(({ min, max }, index) =>
          wrong(['services', key, 'scale', 'schedule', index, 'min'], min, max),
        ),
        ...model.targets
          .filter((target) => isGiven(target, minTasks) || isGiven(target, maxTasks))
          .flatMap((target) =>
            wrong(
              placeOf(target, isGiven(target, minTasks) ? minTasks : maxTasks),
              Number(valueAt(target, minTasks)),
              Number(valueAt(target, maxTasks)),
            ),
          ),
      ]
    })
  },
}
