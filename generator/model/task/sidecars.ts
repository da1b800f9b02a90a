import type { Config } from '../../config/schema/index.ts'
import { sortedEntries } from '../names.ts'
import type { Placeholders } from '../placeholders.ts'
import { type Pulled, pulledWith } from './registry-credentials.ts'
import { type Secret, secretsOf } from './secrets.ts'
import { type Variable, variablesOf } from './variables.ts'

type Written = Config['services'][string]['sidecars']

/** A container that stands beside the one that the task is about. */
export type Sidecar = Pulled & {
  readonly name: string
  readonly image: Placeholders
  readonly command?: readonly string[]
  readonly environment: readonly Variable[]
  readonly secrets: readonly Secret[]
  readonly port?: number
  readonly essential: boolean
  readonly startsBefore: boolean
  readonly cpu?: number
  readonly memory?: number
}

export const sidecarsOf = (sidecars: Written): Sidecar[] =>
  sortedEntries(sidecars).map(
    ([name, { image, registryCredentials, command, environment, secrets, port, cpu, memory, ...rest }]) => ({
      name,
      image,
      ...pulledWith(registryCredentials),
      ...(command === undefined ? {} : { command }),
      environment: variablesOf(environment),
      secrets: secretsOf(secrets),
      ...(port === undefined ? {} : { port }),
      ...(cpu === undefined ? {} : { cpu }),
      ...(memory === undefined ? {} : { memory }),
      ...rest,
    }),
  )
