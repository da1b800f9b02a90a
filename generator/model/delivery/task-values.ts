import { sameKind, secretReference } from '../../aws/secrets.ts'
import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { pascalCase, sortedEntries } from '../names.ts'
import { scheduleState } from '../parameters/job.ts'
import { secretKind, variableKind } from '../parameters/variable.ts'
import type { Placeholders } from '../placeholders.ts'
import { variedOf } from '../task/varied.ts'
import { sectionOf } from '../task/written.ts'
import type { GivenValue } from './given.ts'

type Environment = Config['environments'][string]
type Fill = (text: Placeholders) => string

type Where = {
  /** PascalCase of the task's key. */
  readonly id: string
  readonly at: Path
  /** A secret of the kind that its parameter takes, by variable. */
  readonly kinds: Readonly<Record<string, string>>
  /** The same for the credentials of the registry. */
  readonly credentials: string | undefined
  readonly fill: Fill
}

type Written = Environment['services'][string] & Environment['jobs'][string]

/**
 * What an environment says of its services and jobs, as values of their parameters. One that does not exist has none, and
 * neither has a secret of another kind than its parameter's; rules refuse both.
 */
export const taskValues = (
  environment: Environment,
  config: Config,
  { at, fill }: { readonly at: Path; readonly fill: Fill },
): GivenValue[] =>
  (['Service', 'Job'] as const).flatMap((kind) => {
    const section = sectionOf(kind)
    return sortedEntries<Written>(environment[section])
      .filter(([key]) => Object.hasOwn(config[section], key))
      .flatMap(([key, written]) => {
        const kinds = { ...variedOf(config, { kind, key }).secrets, ...config[section][key]?.secrets }
        const credentials = config[section][key]?.registryCredentials
        return valuesOf(written, { id: pascalCase(key), at: [...at, section, key], kinds, credentials, fill })
      })
  })

const valuesOf = (
  { image, registryCredentials, cpu, memory, schedule, enabled, scale, environment = {}, secrets = {} }: Written,
  { id, at, kinds, credentials, fill }: Where,
): GivenValue[] => {
  const given = (kind: string, value: string | number | boolean | undefined, ...path: string[]): GivenValue[] =>
    value === undefined ? [] : [{ name: `${id}${kind}`, value: String(value), path: [...at, ...path] }]
  return [
    ...given('Image', image === undefined ? undefined : fill(image), 'image'),
    ...given('RegistryCredentialsArn', likeIt(registryCredentials, credentials, fill), 'registryCredentials'),
    ...given('Cpu', cpu, 'cpu'),
    ...given('Memory', memory, 'memory'),
    ...given('ScheduleExpression', schedule, 'schedule'),
    ...given('State', enabled === undefined ? undefined : scheduleState(enabled), 'enabled'),
    ...given('MinTasks', scale?.min, 'scale', 'min'),
    ...given('MaxTasks', scale?.max, 'scale', 'max'),
    ...sortedEntries(environment).flatMap(([name, value]) => given(variableKind(name), value, 'environment', name)),
    ...sortedEntries(secrets).flatMap(([name, written]) =>
      given(secretKind(name), likeIt(written, kinds[name], fill), 'secrets', name),
    ),
  ]
}

/** What names a secret, where it is of the kind that the parameter takes. */
const likeIt = (written = '', kind = '', fill: Fill): string | undefined => {
  const [secret, model] = [secretReference(written), secretReference(kind)]
  return secret !== undefined && model !== undefined && sameKind(secret, model) ? fill(secret.text) : undefined
}
