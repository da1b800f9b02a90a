import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { sortedEntries } from '../names.ts'
import { type Secret, secretsOf } from './secrets.ts'

type Service = Config['services'][string]

/** What the config says of a task, whoever starts it. */
export type WrittenTask = Omit<
  Service,
  'port' | 'protocol' | 'paths' | 'health' | 'scale' | 'spot' | 'deployment' | 'sidecars'
> &
  Partial<Pick<Service, 'sidecars'>>

/** Every task of the config, with its place there. */
export const writtenTasks = (config: Config): { readonly at: Path; readonly task: WrittenTask }[] =>
  sortedEntries(config.services).map(([key, task]) => ({ at: ['services', key], task }))

type WrittenContainer = Pick<WrittenTask, 'image' | 'environment' | 'secrets'>

/** Every container that has an image of its own, with its place. */
export const writtenContainers = (config: Config): { readonly at: Path; readonly container: WrittenContainer }[] =>
  writtenTasks(config).flatMap(({ at, task }) => [
    { at, container: task },
    ...sortedEntries(task.sidecars ?? {}).map(([name, container]) => ({ at: [...at, 'sidecars', name], container })),
  ])

/** Every secret of every container, with its place in the config. */
export const writtenSecrets = (config: Config): readonly (Secret & { readonly path: Path })[] =>
  writtenContainers(config).flatMap(({ at, container }) =>
    secretsOf(container.secrets).map((secret) => ({ ...secret, path: [...at, 'secrets', secret.name] })),
  )
