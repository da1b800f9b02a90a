import { carried, type Item, type Items, implied, lost, malformed } from '../item.ts'
import { keyOf } from '../names.ts'
import { asWritten, flag, isMap, look, textOf, type Value } from '../value.ts'
import { type Section, walked } from '../walk.ts'
import type { Context } from './context.ts'
import { dependsOn, initOf } from './depends-on.ts'
import { envFile } from './env-file.ts'
import { containerCheck, image } from './image.ts'
import { secrets, variables } from './variables.ts'
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
      keyOf(
        textOf(look(manifest, 'http', 'target_container') ?? look(manifest, 'http', 'targetContainer')) ?? '',
        32,
      ) === container.at(-1)
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

const OF_SERVICE = 'init has what the service has'

/** What the service has too is the same for its first step; all else has no place. */
const asInService =
  (section: 'variables' | 'secrets') =>
  (value: Value, context: Context): Items => {
    if (!isMap(value)) return [malformed(value, 'a group of names with values')]
    const { manifest, path } = context
    const convert = section === 'variables' ? variables : secrets
    const [first, ...rest] = value.entries.flatMap(({ key, value: each }): Items => {
      const own = look(manifest, section, key)
      if (own === undefined)
        return convert({ kind: 'map', at: value.at, entries: [{ key, value: each }] }, { ...context, container: path })
      return [
        asWritten(own) === asWritten(each)
          ? implied(each, OF_SERVICE)
          : lost(each, OF_SERVICE, 'give the variable another name in one of the two'),
      ]
    })
    return first === undefined ? [malformed(value, 'a group of names with values')] : [first, ...rest]
  }

const ofService = (value: Value): Items => [implied(value, OF_SERVICE)]

const imageOfInit = (value: Value, context: Context): Items => {
  const settled = (item: Item): Item => {
    if (item.kind !== 'carried' || item.to === undefined) return item
    return /^(?:image|registryCredentials)$/.test(String(item.to.at(-1)))
      ? implied(item.from, OF_SERVICE)
      : lost(item.from, 'nothing reaches or checks init', 'nothing to do', false)
  }
  const [first, ...rest] = image(value, context)
  return [settled(first), ...rest.map(settled)]
}

const initSection: Section<Context> = {
  ...section,
  image: imageOfInit,
  essential: ofService,
  port: (value) => [lost(value, 'nothing reaches init', 'nothing to do', false)],
  variables: asInService('variables'),
  secrets: asInService('secrets'),
  entrypoint: (value) => [lost(value, OF_SERVICE, 'write the whole command into init.command')],
  healthcheck: (value) => [lost(value, 'init is not checked', 'nothing to do', false)],
  credentialsParameter: ofService,
}

export const sidecars = (value: Value, context: Context): Items => {
  if (!isMap(value)) return [malformed(value, 'a group of containers')]
  const init = initOf(context.manifest)
  const [first, ...rest] = value.entries.flatMap(({ key, value: each }): Items => {
    if (init?.name === key) return walked(each, initSection, { ...context, container: [...context.path, 'init'] })
    return walked(each, section, { ...context, container: [...context.path, 'sidecars', keyOf(key, 32)] })
  })
  return first === undefined ? [malformed(value, 'a group of containers')] : [first, ...rest]
}
