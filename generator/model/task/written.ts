import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { sortedEntries } from '../names.ts'
import { type Secret, secretsOf } from './secrets.ts'

type Service = Config['services'][string]

/** What the config says of a task, whoever starts it. */
export type WrittenTask = Omit<Service, 'port' | 'protocol' | 'paths' | 'health' | 'scale' | 'spot' | 'deployment'>

/** Every task of the config, with its place there. */
export const writtenTasks = (config: Config): { readonly at: Path; readonly task: WrittenTask }[] =>
  sortedEntries(config.services).map(([key, task]) => ({ at: ['services', key], task }))

/** Every secret of every task, with its place in the config. */
export const writtenSecrets = (config: Config): readonly (Secret & { readonly path: Path })[] =>
  writtenTasks(config).flatMap(({ at, task }) =>
    secretsOf(task.secrets).map((secret) => ({ ...secret, path: [...at, 'secrets', secret.name] })),
  )
