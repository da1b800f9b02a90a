import { carried, type Items, implied, lost, malformed } from '../item.ts'
import { flag, isMap, look, textOf, type Value } from '../value.ts'
import { type Section, walked } from '../walk.ts'
import type { Context } from './context.ts'
import { dependsOn } from './depends-on.ts'
import { containerCheck, image } from './image.ts'
import { envFile, secrets, variables } from './variables.ts'
import { shellWords } from './words.ts'

export const words =
  (key: 'command' | 'entrypoint') =>
  (value: Value, { container }: Context): Items => {
    const list = value.kind === 'list' ? value.items.flatMap((item) => textOf(item) ?? []) : undefined
    const found = list ?? shellWords(textOf(value) ?? '')
    return found.length === 0
      ? [malformed(value, 'a command line or a list of words')]
      : [carried(value, [...container, key], [...found])]
  }

const section: Section<Context> = {
  port: (value, { container, manifest }) => {
    const port = Number(/^[0-9]+/.exec(textOf(value) ?? '')?.[0] ?? Number.NaN)
    if (Number.isNaN(port)) return [malformed(value, 'a port')]
    if (
      textOf(look(manifest, 'http', 'target_container') ?? look(manifest, 'http', 'targetContainer')) ===
      container.at(-1)
    )
      return [implied(value, 'the port of the service')]
    return [carried(value, [...container, 'port'], port)]
  },
  image,
  essential: (value, { container }) => {
    const essential = flag(value)
    if (essential === undefined) return [malformed(value, 'true or false')]
    return [
      essential
        ? implied(value, 'the task ends with the container')
        : carried(value, [...container, 'essential'], false),
    ]
  },
  credentialsParameter: (value, { container }) => [
    carried(value, [...container, 'registryCredentials'], textOf(value) ?? ''),
  ],
  variables,
  env_file: envFile,
  secrets,
  mount_points: (value) => [
    lost(
      value,
      'a sidecar mounts no volume',
      'keep shared files on a file system, or let the containers talk over localhost',
    ),
  ],
  labels: (value) => [
    lost(
      value,
      'Portcullis sets no Docker labels',
      'agents that read them need another way to find the container',
      false,
    ),
  ],
  depends_on: dependsOn,
  healthcheck: containerCheck,
  entrypoint: words('entrypoint'),
  command: words('command'),
}

export const sidecars = (value: Value, context: Context): Items => {
  if (!isMap(value)) return [malformed(value, 'a group of containers')]
  const [first, ...rest] = value.entries.flatMap(({ key, value: each }): Items => {
    const container = [...context.path, 'sidecars', key]
    return walked(each, section, { ...context, container })
  })
  return first === undefined ? [malformed(value, 'a group of containers')] : [first, ...rest]
}
