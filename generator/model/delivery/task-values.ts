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
        return valuesOf(written, { id: pascalCase(key), at: [...at, section, key], kinds, fill })
      })
  })

const valuesOf = (
  { image, cpu, memory, schedule, enabled, scale, environment = {}, secrets = {} }: Written,
  { id, at, kinds, fill }: Where,
): GivenValue[] => {
  const given = (kind: string, value: string | number | boolean | undefined, ...path: string[]): GivenValue[] =>
    value === undefined ? [] : [{ name: `${id}${kind}`, value: String(value), path: [...at, ...path] }]
  return [
    ...given('Image', image === undefined ? undefined : fill(image), 'image'),
    ...given('Cpu', cpu, 'cpu'),
    ...given('Memory', memory, 'memory'),
    ...given('ScheduleExpression', schedule, 'schedule'),
    ...given('State', enabled === undefined ? undefined : scheduleState(enabled), 'enabled'),
    ...given('MinTasks', scale?.min, 'scale', 'min'),
    ...given('MaxTasks', scale?.max, 'scale', 'max'),
    ...sortedEntries(environment).flatMap(([name, value]) => given(variableKind(name), value, 'environment', name)),
    ...sortedEntries(secrets).flatMap(([name, written]) => {
      const secret = secretReference(written)
      const kind = secretReference(kinds[name] ?? '')
      return secret !== undefined && kind !== undefined && sameKind(secret, kind)
        ? given(secretKind(name), fill(secret.text), 'secrets', name)
        : []
    }),
  ]
}
