import { type SecretReference, secretReference } from '../../aws/secrets.ts'
import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { sortedEntries } from '../names.ts'

type WrittenService = Config['services'][string]

/** What the config says of a task, whoever starts it. */
export type WrittenTask = Omit<
  WrittenService,
  'port' | 'private' | 'protocol' | 'paths' | 'health' | 'scale' | 'spot' | 'deployment' | 'sidecars' | 'init' | 'exec'
> &
  Partial<Pick<WrittenService, 'sidecars' | 'init' | 'exec'>>

/** The section of the config that holds them. */
export const sectionOf = (kind: 'Service' | 'Job'): 'services' | 'jobs' => (kind === 'Service' ? 'services' : 'jobs')

/** Every task of the config, with its place there. */
export const writtenTasks = (
  config: Config,
): { readonly at: Path; readonly key: string; readonly task: WrittenTask }[] => [
  ...sortedEntries(config.services).map(([key, task]) => ({ at: ['services', key], key, task })),
  ...sortedEntries(config.jobs).map(([key, task]) => ({ at: ['jobs', key], key, task })),
]

type Varying = {
  readonly environment?: Readonly<Record<string, unknown>> | undefined
  readonly secrets?: Readonly<Record<string, string>> | undefined
}

/** What environments say of services and jobs, with the place of the task that it is about. */
export const writtenValues = (config: Config): { readonly at: Path; readonly of: Path; readonly values: Varying }[] =>
  sortedEntries(config.environments).flatMap(([name, environment]) =>
    (['services', 'jobs'] as const).flatMap((section) =>
      sortedEntries<Varying>(environment[section]).map(([key, values]) => ({
        at: ['environments', name, section, key],
        of: [section, key],
        values,
      })),
    ),
  )

type WrittenContainer = Pick<WrittenTask, 'image' | 'environment' | 'secrets'>

/** Every container that has an image of its own, with its place. */
export const writtenContainers = (config: Config): { readonly at: Path; readonly container: WrittenContainer }[] =>
  writtenTasks(config).flatMap(({ at, task }) => [
    { at, container: task },
    ...sortedEntries(task.sidecars ?? {}).map(([name, container]) => ({ at: [...at, 'sidecars', name], container })),
  ])

/** Every secret of every container, with its place in the config. */
export const writtenSecrets = (config: Config): readonly (SecretReference & { readonly path: Path })[] =>
  writtenContainers(config).flatMap(({ at, container }) =>
    sortedEntries(container.secrets).flatMap(([name, text]) => {
      const reference = secretReference(text)
      return reference === undefined ? [] : [{ ...reference, path: [...at, 'secrets', name] }]
    }),
  )

/** Every secret that an environment names in place of a task's, with its place. */
export const secretsOfEnvironments = (config: Config): readonly (SecretReference & { readonly path: Path })[] =>
  writtenValues(config).flatMap(({ at, values: { secrets = {} } }) =>
    sortedEntries(secrets).flatMap(([name, text]) => {
      const reference = secretReference(text)
      return reference === undefined ? [] : [{ ...reference, path: [...at, 'secrets', name] }]
    }),
  )

type Listening = WrittenService & { readonly port: number }

const listens = (entry: readonly [string, WrittenService]): entry is [string, Listening] => entry[1].port !== undefined

/** Services behind the load balancer: those with a port, unless they are private. */
export const writtenServices = (services: Config['services']): [string, Listening][] =>
  sortedEntries(services)
    .filter(listens)
    .filter(([, service]) => !service.private)

/** Services with a port that only other services of the config reach. */
export const writtenBackends = (services: Config['services']): [string, Listening][] =>
  sortedEntries(services)
    .filter(listens)
    .filter(([, service]) => service.private)

/** Services without a port. */
export const writtenWorkers = (services: Config['services']): [string, WrittenService][] =>
  sortedEntries(services).filter((entry) => !listens(entry))
