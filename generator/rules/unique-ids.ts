import type { Config } from '../config/schema/index.ts'
import { ApiAccessLogGroup } from '../layers/handles/api.ts'
import { WaiterLogGroup, WriterLogGroup } from '../layers/handles/custom-resources.ts'
import { FlowLogGroup } from '../layers/handles/network.ts'
import { taskLogGroup } from '../layers/handles/task.ts'
import { alternativesOf } from '../model/domain/alternatives.ts'
import { parametersOfJob } from '../model/job/job.ts'
import { pascalCase } from '../model/names.ts'
import type { Parameter } from '../model/parameters/parameter.ts'
import { parametersOfRunning } from '../model/service/running.ts'
import { writtenTasks } from '../model/task/written.ts'
import { running } from '../model/tasks.ts'
import type { Finding, Path, Rule } from './rule.ts'

type Named = {
  readonly path: Path
  readonly id: string
  /** What becomes the id, unless it is the key. */
  readonly text?: string
}

const collisions = (all: readonly Named[]): Finding[] => {
  const first = new Map<string, Named>()
  return all.flatMap((named): Finding[] => {
    const { path, id } = named
    const other = first.get(id)
    if (other === undefined) {
      first.set(id, named)
      return []
    }
    return [
      {
        path,
        at: 'key',
        also: other.path,
        message: `"${wordOf(named)}" and "${wordOf(other)}" both become ${id}`,
        remedy: 'rename one of them so that they differ in letters or digits',
      },
    ]
  })
}

const wordOf = ({ text, path }: Named) => text ?? path.at(-1)

const section = (path: Path, entries: object): Named[] =>
  Object.keys(entries).map((key) => ({ path: [...path, key], id: pascalCase(key) }))

/** The file system `a` of the service `b-c` and that of `b` called `c-a` would be one. */
const volumes = (config: Config): Named[] =>
  writtenTasks(config).flatMap(({ at, key, task: { volumes } }) =>
    section([...at, 'volumes'], volumes).map(({ path, id }) => ({ path, id: pascalCase(key) + id })),
  )

/** A variable's name has another alphabet than its parameter's, and `orders` with IMAGE may meet `orders-variable`. */
const sameParameters = (parameters: readonly Parameter[]): Finding[] => {
  const first = new Map<string, Parameter>()
  return parameters.flatMap((parameter): Finding[] => {
    const other = first.get(parameter.name)
    first.set(parameter.name, other ?? parameter)
    return other === undefined || areOfOneList(parameter, other)
      ? []
      : [
          {
            path: parameter.from ?? ['services'],
            at: 'key',
            ...(other.from === undefined ? {} : { also: other.from }),
            message: `"${parameter.label}" and "${other.label}" both have the parameter ${parameter.name}`,
            remedy: 'rename one of them so that they differ in letters or digits',
          },
        ]
  })
}

/** Entries of one `reaches`, which have a name to tell them apart: a rule of their own asks for it. */
const areOfOneList = ({ from: one = [] }: Parameter, { from: other = [] }: Parameter): boolean =>
  one[2] === 'reaches' && other[2] === 'reaches' && one[1] === other[1]

/** Log groups beside those of the services. */
const OURS = new Set([ApiAccessLogGroup, FlowLogGroup, WaiterLogGroup, WriterLogGroup].map(({ id }) => id))

const taken = (services: Config['services']): Finding[] =>
  Object.keys(services).flatMap((key): Finding[] => {
    const { id } = taskLogGroup({ id: pascalCase(key) })
    return OURS.has(id)
      ? [
          {
            path: ['services', key],
            at: 'key',
            message: `the log group of "${key}" would be ${id}, as another one is called`,
            remedy: 'give the service another name',
          },
        ]
      : []
  })

export const uniqueIds: Rule = {
  id: 'PC110',
  title:
    'Services and jobs, volumes, authorizers, published names and variables that differ between environments have different names in PascalCase',
  why: 'logical IDs and parameters are named after them, and two resources cannot share one',
  check: (model, config) => {
    const found = [
      ...collisions([...section(['services'], config.services), ...section(['jobs'], config.jobs)]),
      ...taken(config.services),
      ...collisions(volumes(config)),
      ...collisions(section(['api', 'auth'], config.api.auth)),
      ...collisions(
        alternativesOf(config.domain)
          .filter(({ publish }) => publish)
          .map(({ name, at }) => ({ path: at, id: pascalCase(name), text: name })),
      ),
    ]
    return found.length > 0
      ? found
      : sameParameters([...running(model).flatMap(parametersOfRunning), ...model.jobs.flatMap(parametersOfJob)])
  },
}
