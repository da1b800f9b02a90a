import { pascalCase, unique } from '../names.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { secretsKeyArn, type TaskParameters, taskParameters } from '../parameters/task.ts'
import type { Placeholders } from '../placeholders.ts'
import { type Container, containerOf } from './container.ts'
import type { ContainerCheck } from './container-check.ts'
import { callsOf, type Permission, permissionsOf } from './permissions.ts'
import { policiesOf } from './policies.ts'
import { internetPortsOf, type Reach, reachesOf } from './reaches.ts'
import { type Pulled, pulledWith } from './registry-credentials.ts'
import { isOptional, type Kept, type Secret, secretsOf } from './secrets.ts'
import { type Sidecar, sidecarsOf } from './sidecars.ts'
import { type Variable, variablesOf } from './variables.ts'
import type { Varied } from './varied.ts'
import { type Volume, volumesOf } from './volumes.ts'
import type { WrittenTask } from './written.ts'

/** What runs on Fargate, whoever starts it. */
export type Task = Pulled & {
  /** What the config calls it. */
  readonly kind: 'Service' | 'Job'
  /** The config key, `orders`. */
  readonly key: string
  /** PascalCase of the key, `Orders`: the start of its logical IDs and parameters. */
  readonly id: string
  readonly parameters: TaskParameters
  /** Whether all its images lie in private ECR repositories of the region: it has no way to others. */
  readonly privateImages: boolean
  readonly architecture: 'X86_64' | 'ARM64'
  readonly container: Container
  /** What must end with 0 before the other containers start. */
  readonly init?: { readonly command: readonly string[] }
  /** Port on which the container listens; without one nobody can reach it. */
  readonly port?: number
  /** What proxies of other services speak to that port, if they may. */
  readonly offers?: 'http' | 'tcp'
  readonly containerCheck?: ContainerCheck
  readonly ephemeralStorage?: number
  readonly environment: readonly Variable[]
  readonly secrets: readonly Secret[]
  /** A key of the user's own that they, and those of the sidecars, are encrypted with. */
  readonly secretsKey?: Parameter
  readonly sidecars: readonly Sidecar[]
  readonly volumes: readonly Volume[]
  /** What the application may do. */
  readonly permissions: readonly Permission[]
  /** Managed policies of its role, by ARN. */
  readonly policies: readonly Placeholders[]
  /** Endpoints that the config names: what goes through them nobody lists. */
  readonly endpoints: readonly string[]
  /** AWS services that the application calls, by the names of their endpoints. */
  readonly calls: readonly string[]
  /** What it may open connections to, beside AWS services. */
  readonly reaches: readonly Reach[]
  /** Ports of TCP on the internet beyond those of all tasks. */
  readonly internetPorts: readonly number[]
}

/** `internet`: whether tasks have a way there; `varied`: what environments say of it. */
export const taskOf = (
  { kind, key }: { readonly kind: 'Service' | 'Job'; readonly key: string },
  written: WrittenTask,
  internet: boolean,
  varied: Varied,
): Task => {
  const id = pascalCase(key)
  const named = { kind, key, id }
  const permissions = permissionsOf(written.permissions)
  const { architecture, init, ephemeralStorage, environment, secretsKey, registryCredentials } = written
  return {
    kind,
    key,
    id,
    parameters: taskParameters(named, written, internet),
    privateImages: !internet,
    ...pulledWith(registryCredentials, named),
    architecture: architecture === 'arm64' ? 'ARM64' : 'X86_64',
    container: containerOf(written),
    ...(init === undefined ? {} : { init }),
    ...(ephemeralStorage === undefined ? {} : { ephemeralStorage }),
    environment: variablesOf(environment, { named, names: varied.variables }),
    secrets: secretsOf(written.secrets, { named, secrets: varied.secrets }),
    ...(secretsKey === undefined ? {} : { secretsKey: secretsKeyArn(named, secretsKey) }),
    sidecars: sidecarsOf(written.sidecars),
    volumes: volumesOf(written.volumes, written.user),
    permissions,
    policies: policiesOf(written.policies),
    endpoints: unique(written.endpoints),
    calls: unique([...callsOf(permissions), ...written.endpoints]),
    reaches: reachesOf(named, written.reaches),
    internetPorts: internetPortsOf(written.reaches),
  }
}

/** What is read for all its containers before they start. */
export const secretsIn = ({ secrets, sidecars, ...task }: Task): Kept[] => [
  ...secrets,
  ...sidecars.flatMap((sidecar) => sidecar.secrets),
  ...[task, ...sidecars].flatMap(({ registryCredentials }) => registryCredentials ?? []),
]

/** Whether it differs by the name of the environment alone. */
export const namesEnvironment = (task: Task): boolean =>
  [
    ...secretsIn(task).flatMap((secret) => (isOptional(secret) ? [] : [secret.text])),
    ...task.permissions.flatMap(({ resources }) => resources),
    ...task.policies,
  ].some((text) => text.includes('{environment}'))

export const parametersOfTask = ({
  parameters: { image, cpu, memory },
  registryCredentials,
  environment,
  secrets,
  secretsKey,
  reaches,
}: Task): Parameter[] => [
  image,
  cpu,
  memory,
  ...[...environment, ...secrets].flatMap(({ parameter }) => parameter ?? []),
  ...(secretsKey === undefined ? [] : [secretsKey]),
  ...(registryCredentials?.parameter === undefined ? [] : [registryCredentials.parameter]),
  ...reaches.map(({ peer }) => peer),
]
