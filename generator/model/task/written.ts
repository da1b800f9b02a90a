import { type SecretReference, secretReference } from '../../aws/secrets.ts'
import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { sortedEntries } from '../names.ts'

export type WrittenService = Config['services'][string]

/** A service whose tasks are ours. */
export type RunService = WrittenService & { readonly image: string }

/** What the config says of a task, whoever starts it. */
export type WrittenTask = Omit<
  RunService,
  'external' | 'port' | 'private' | 'protocol' | 'paths' | 'hosts' | 'health' | 'scale' | 'spot' | 'deployment' | 'exec'
> &
  Partial<Pick<WrittenService, 'exec'>>

/** The section of the config that holds them. */
export const sectionOf = (kind: 'Service' | 'Job'): 'services' | 'jobs' => (kind === 'Service' ? 'services' : 'jobs')

/** Where nobody else runs it, the schema asks for an image. */
export const isRun = <S extends WrittenService>(
  entry: readonly [string, S],
): entry is [string, S & { readonly image: string }] => entry[1].external === undefined

/** Services whose tasks are ours. */
export const runServices = (services: Config['services']): [string, RunService][] =>
  sortedEntries(services).filter(isRun)

/** Every task of the config, with its place there. */
export const writtenTasks = (
  config: Config,
): { readonly at: Path; readonly key: string; readonly task: WrittenTask }[] => [
  ...runServices(config.services).map(([key, task]) => ({ at: ['services', key], key, task })),
  ...sortedEntries(config.jobs).map(([key, task]) => ({ at: ['jobs', key], key, task })),
]

type Varying = {
  readonly image?: string | undefined
  readonly registryCredentials?: string | undefined
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

type WrittenContainer = Pick<WrittenTask, 'image' | 'registryCredentials' | 'environment' | 'secrets'>

/** Every container that has an image of its own, with its place. */
export const writtenContainers = (config: Config): { readonly at: Path; readonly container: WrittenContainer }[] =>
  writtenTasks(config).flatMap(({ at, task }) => [
    { at, container: task },
    ...sortedEntries(task.sidecars).map(([name, container]) => ({ at: [...at, 'sidecars', name], container })),
  ])

/** What is read from a store, with its place in the config. */
type WrittenSecret = SecretReference & { readonly path: Path }

/** Of every container. */
export const writtenSecrets = (config: Config): readonly WrittenSecret[] =>
  writtenContainers(config).flatMap(({ at, container }) => secretsAt(at, container))

/** What an environment names in place of a task's. */
export const secretsOfEnvironments = (config: Config): readonly WrittenSecret[] =>
  writtenValues(config).flatMap(({ at, values }) => secretsAt(at, values))

const secretsAt = (
  at: Path,
  { registryCredentials, secrets = {} }: Pick<Varying, 'registryCredentials' | 'secrets'>,
): WrittenSecret[] =>
  [
    ...(registryCredentials === undefined ? [] : [{ path: [...at, 'registryCredentials'], text: registryCredentials }]),
    ...sortedEntries(secrets).map(([name, text]) => ({ path: [...at, 'secrets', name], text })),
  ].flatMap(({ path, text }) => {
    const reference = secretReference(text)
    return reference === undefined ? [] : [{ ...reference, path }]
  })

type Listening<S = WrittenService> = S & { readonly port: number }

const listens = <S extends WrittenService>(entry: readonly [string, S]): entry is [string, Listening<S>] =>
  entry[1].port !== undefined

/** Services behind the load balancer, whoever runs them: those with a port, unless they are private. */
export const writtenServices = (services: Config['services']): [string, Listening][] =>
  sortedEntries(services)
    .filter(listens)
    .filter(([, service]) => !service.private || service.external !== undefined)

type ExternalService = Listening & { readonly external: NonNullable<WrittenService['external']> }

/** Those of them that somebody else runs. */
export const writtenExternals = (services: Config['services']): [string, ExternalService][] =>
  writtenServices(services).filter((entry): entry is [string, ExternalService] => entry[1].external !== undefined)

/** Services with a port that only other services of the config reach. */
export const writtenBackends = (services: Config['services']): [string, Listening<RunService>][] =>
  runServices(services)
    .filter(listens)
    .filter(([, service]) => service.private)

/** Services without a port. */
export const writtenWorkers = (services: Config['services']): [string, RunService][] =>
  runServices(services).filter((entry) => !listens(entry))
