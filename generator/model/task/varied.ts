import type { Config } from '../../config/schema/index.ts'
import { pascalCase, sortedEntries } from '../names.ts'
import { secretKind, variableKind } from '../parameters/variable.ts'

/** What environments and targets give a service besides what all services have parameters for. */
export type Varied = {
  readonly variables: ReadonlySet<string>
  /** As the first environment writes it, by name. */
  readonly secrets: Readonly<Record<string, string>>
}

export const nothingVaried: Varied = { variables: new Set(), secrets: {} }

export const variedOf = ({ services, environments, delivery }: Config, key: string): Varied => {
  const id = pascalCase(key)
  const own = services[key]
  const written = sortedEntries(environments).flatMap(([, { services }]) => services[key] ?? [])
  const given = new Set(
    [
      ...Object.values(environments).map(({ parameters }) => parameters),
      ...Object.values(delivery.stackSet?.overrides ?? {}),
    ].flatMap(Object.keys),
  )
  return {
    variables: new Set([
      ...Object.keys(own?.environment ?? {}).filter((name) => given.has(`${id}${variableKind(name)}`)),
      ...written.flatMap(({ environment = {} }) => Object.keys(environment)),
    ]),
    secrets: Object.fromEntries([
      ...Object.entries(own?.secrets ?? {}).filter(([name]) => given.has(`${id}${secretKind(name)}`)),
      ...written.toReversed().flatMap(({ secrets = {} }) => Object.entries(secrets)),
    ]),
  }
}
