import { isGiven, placeOf, valueAt } from '../../model/delivery/targets.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import { sectionOf } from '../../model/task/written.ts'
import { tasks } from '../../model/tasks.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const sidecarSizes: Rule = {
  id: 'PC425',
  title: 'The sidecars leave CPU and memory for the service or job',
  why: 'the containers share what the task has: ECS refuses a task whose containers need more, and the service or job gets what the others leave',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  check: (model) =>
    tasks(model).flatMap(({ kind, key, sidecars, parameters: { cpu, memory } }) => {
      const at = [sectionOf(kind), key, 'sidecars']
      const wrong = (path: Path, taken: number, size: number, unit: string): Finding[] =>
        taken === 0 || taken < size || Number.isNaN(size)
          ? []
          : [
              {
                path,
                at: 'key',
                message: `the sidecars take ${taken} of ${size} ${unit}`,
                remedy: `give the task more than ${taken} ${unit}, or the sidecars less than ${size}`,
              },
            ]
      const judged = (parameter: Parameter, taken: number, unit: string): Finding[] => [
        ...wrong(at, taken, Number(parameter.default), unit),
        ...model.targets
          .filter((target) => isGiven(target, parameter))
          .flatMap((target) => wrong(placeOf(target, parameter), taken, Number(valueAt(target, parameter)), unit)),
      ]
      const sum = (sizes: readonly (number | undefined)[]): number =>
        sizes.reduce<number>((total, size = 0) => total + size, 0)
      return [
        ...judged(cpu, sum(sidecars.map((sidecar) => sidecar.cpu)), 'CPU units'),
        ...judged(memory, sum(sidecars.map((sidecar) => sidecar.memory)), 'MiB of memory'),
      ]
    }),
}
