import type { Config } from '../../config/schema/index.ts'
import { pascalCase, sortedEntries } from '../names.ts'
import type { Named } from '../parameters/task.ts'
import { secretKind, variableKind } from '../parameters/variable.ts'
import { sectionOf } from './written.ts'

/** What environments and targets give a service or job besides what all of them have parameters for. */
export type Varied = {
  readonly variables: ReadonlySet<string>
  /** As the first environment writes it, by name. */
  readonly secrets: Readonly<Record<string, string>>
  /** Whether some of them run no task. */
  readonly rests: boolean
}

export const variedOf = (
  { environments, delivery, ...config }: Config,
  { kind, key }: Pick<Named, 'kind' | 'key'>,
): Varied => {
  const id = pascalCase(key)
  const section = sectionOf(kind)
  const own = config[section][key]
  const written = sortedEntries(environments).flatMap(([, environment]) => environment[section][key] ?? [])
  const values = [
    ...Object.values(environments).map(({ parameters }) => parameters),
    ...Object.values(delivery.stackSet?.overrides ?? {}),
  ]
  const given = new Set(values.flatMap(Object.keys))
  return {
    variables: new Set([
      ...Object.keys(own?.environment ?? {}).filter((name) => given.has(`${id}${variableKind(name)}`)),
      ...written.flatMap(({ environment = {} }) => Object.keys(environment)),
    ]),
    secrets: Object.fromEntries([
      ...Object.entries(own?.secrets ?? {}).filter(([name]) => given.has(`${id}${secretKind(name)}`)),
      ...written.toReversed().flatMap(({ secrets = {} }) => Object.entries(secrets)),
    ]),
    rests: [
      ...values.map((each) => each[`${id}MaxTasks`]),
      ...written.map((each) => ('scale' in each ? each.scale?.max : undefined)),
    ].some((most) => String(most) === '0'),
  }
}
