import { FARGATE_SIZES } from '../../aws/fargate-sizes.ts'
import { alternatives } from '../../errors/show.ts'
import { isOverridden, targetsOf, valueAt } from '../../model/targets.ts'
import type { Finding, Path, Rule } from '../rule.ts'

const problemOf = (cpu: number, memory: number): string | undefined => {
  const sizes = FARGATE_SIZES.get(cpu)
  // What no size of CPU takes is refused by the parameter itself.
  if (sizes === undefined || sizes.includes(memory) || Number.isNaN(memory)) return undefined
  const closest = [...sizes].sort((a, b) => Math.abs(a - memory) - Math.abs(b - memory)).slice(0, 3)
  const cpus = [...FARGATE_SIZES].filter(([, memories]) => memories.includes(memory)).map(([size]) => size)
  return `with ${cpu} CPU units use ${sizes[0]} to ${sizes.at(-1)} MiB, nearest are ${alternatives(closest.sort((a, b) => a - b))}${cpus.length === 0 ? '' : `; ${memory} MiB go with ${alternatives(cpus)} CPU units`}`
}

export const fargateSize: Rule = {
  id: 'PC401',
  title: 'Fargate offers the memory with that CPU',
  why: 'Fargate refuses other sizes when the task definition is made',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html',
  check: (model, config) => {
    const targets = targetsOf(model)
    return model.services.flatMap(({ key, id }) => {
      const service = config.services[key]
      const wrong = (path: Path, cpu: number, memory: number): Finding[] => {
        const remedy = problemOf(cpu, memory)
        return remedy === undefined
          ? []
          : [
              {
                path,
                message: `${memory} MiB of memory do not go with ${cpu} CPU units`,
                remedy,
              },
            ]
      }
      return [
        ...(service === undefined ? [] : wrong(['services', key, 'memory'], service.cpu, service.memory)),
        ...targets
          .filter((target) => isOverridden(target, `${id}Cpu`) || isOverridden(target, `${id}Memory`))
          .flatMap((target) =>
            wrong(
              [...target.parametersAt, isOverridden(target, `${id}Memory`) ? `${id}Memory` : `${id}Cpu`],
              Number(valueAt(model, target, `${id}Cpu`)),
              Number(valueAt(model, target, `${id}Memory`)),
            ),
          ),
      ]
    })
  },
}
