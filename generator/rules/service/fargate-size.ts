import { FARGATE_SIZES } from '../../aws/fargate-sizes.ts'
import { alternatives } from '../../errors/show.ts'
import { isGiven, placeOf, valueAt } from '../../model/delivery/targets.ts'
import { sectionOf } from '../../model/task/written.ts'
import { tasks } from '../../model/tasks.ts'
import type { Finding, Path, Rule } from '../rule.ts'

const problemOf = (cpu: number, memory: number): string | undefined => {
  const sizes = FARGATE_SIZES.get(cpu)
  // What no size of CPU takes is refused by the parameter itself.
  if (sizes === undefined || sizes.includes(memory) || Number.isNaN(memory)) return undefined
  const closest = [...sizes].sort((a, b) => Math.abs(a - memory) - Math.abs(b - memory)).slice(0, 3)
  const cpus = [...FARGATE_SIZES].filter(([, memories]) => memories.includes(memory)).map(([size]) => size)
  return `with ${cpu} CPU units, use ${sizes[0]} to ${sizes.at(-1)} MiB, such as ${alternatives(closest.sort((a, b) => a - b))}${cpus.length === 0 ? '' : `; ${memory} MiB is available with ${alternatives(cpus)} CPU units`}`
}

export const fargateSize: Rule = {
  id: 'PC401',
  title: 'Fargate offers the combination of CPU and memory',
  why: 'Fargate refuses other sizes when the task definition is created',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html',
  check: (model, config) => {
    return tasks(model).flatMap(({ kind, key, parameters: { cpu, memory } }) => {
      const section = sectionOf(kind)
      const written = config[section][key]
      const wrong = (path: Path, units: number, mebibytes: number): Finding[] => {
        const remedy = problemOf(units, mebibytes)
        return remedy === undefined
          ? []
          : [
              {
                path,
                message: `${mebibytes} MiB of memory is not available with ${units} CPU units`,
                remedy,
              },
            ]
      }
      return [
        ...(written === undefined ? [] : wrong([section, key, 'memory'], written.cpu, written.memory)),
        ...model.targets
          .filter((target) => isGiven(target, cpu) || isGiven(target, memory))
          .flatMap((target) =>
            wrong(
              placeOf(target, isGiven(target, memory) ? memory : cpu),
              Number(valueAt(target, cpu)),
              Number(valueAt(target, memory)),
            ),
          ),
      ]
    })
  },
}
