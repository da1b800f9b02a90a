import { isOverridden, targetsOf, valueAt } from '../../model/targets.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const taskCounts: Rule = {
  id: 'PC402',
  title: 'A service has not more tasks at least than at most',
  why: 'Application Auto Scaling refuses such a pair',
  check: (model, config) => {
    const targets = targetsOf(model)
    const wrong = (path: Path, min: number, max: number): Finding[] =>
      min <= max || Number.isNaN(min) || Number.isNaN(max)
        ? []
        : [
            {
              path,
              message: `at least ${min} tasks are more than at most ${max}`,
              remedy: `raise the maximum to ${min}, or lower the minimum`,
            },
          ]
    return model.services.flatMap(({ key, id }) => {
      const scale = config.services[key]?.scale
      return [
        ...(scale === undefined ? [] : wrong(['services', key, 'scale', 'min'], scale.min, scale.max)),
        ...targets
          .filter((target) => isOverridden(target, `${id}MinTasks`) || isOverridden(target, `${id}MaxTasks`))
          .flatMap((target) =>
            wrong(
              [...target.parametersAt, isOverridden(target, `${id}MinTasks`) ? `${id}MinTasks` : `${id}MaxTasks`],
              Number(valueAt(model, target, `${id}MinTasks`)),
              Number(valueAt(model, target, `${id}MaxTasks`)),
            ),
          ),
      ]
    })
  },
}
