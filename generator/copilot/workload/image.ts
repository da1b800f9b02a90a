import { interpolate, PLACEHOLDERS } from '../interpolate.ts'
import { type Alternative, carried, type Item, type Items, implied, lost, malformed } from '../item.ts'
import { isMap, look, seconds, textOf, type Value, wholeNumber } from '../value.ts'
import { type Section, walk, walked } from '../walk.ts'
import type { Context } from './context.ts'
import { dependsOn } from './depends-on.ts'
import { portOf } from './http.ts'

const unknownAccount = (image: string): Alternative => ({
  value: image.replaceAll('{account}', '000000000000'),
  why: 'this version takes {region} in an image, but not {account}',
  remedy: 'write the account of the repository',
  changes: false,
})

export const placeholderImage = (application: string, name: string): string =>
  `000000000000.dkr.ecr.{region}.amazonaws.com/${application}/${name}:replace-me`

const location = (value: Value, { container, names }: Context): Items => {
  const written = textOf(value)
  if (written === undefined) return [malformed(value, 'the name of an image')]
  const { text, unknown } = interpolate(written, { ...PLACEHOLDERS, ...names, region: '{region}' })
  const ask =
    unknown.length === 0
      ? undefined
      : `${unknown.join(', ')} came from the shell: give the image with generate --set ${[...container, 'image'].join('.')}=REF`
  return [
    carried(value, [...container, 'image'], text, {
      ...(ask === undefined ? {} : { ask }),
      ...(text.includes('{account}') ? { alternative: unknownAccount(text) } : {}),
    }),
  ]
}

const buildLine = (value: Value, repository: string): string => {
  const dockerfile = textOf(look(value, 'dockerfile')) ?? textOf(value) ?? 'Dockerfile'
  const context =
    textOf(look(value, 'context')) ?? (dockerfile.includes('/') ? dockerfile.replace(/\/[^/]*$/, '') : '.')
  const target = textOf(look(value, 'target'))
  const args = look(value, 'args')
  const given =
    args?.kind === 'map' ? args.entries.map(({ key, value: each }) => `--build-arg ${key}=${textOf(each) ?? ''}`) : []
  const platform = target === undefined ? [] : [`--target ${target}`]
  return ['docker build', `-f ${dockerfile}`, ...platform, ...given, `-t ${repository}:TAG`, context].join(' ')
}

/** Read by the line that builds the image. */
const inBuildLine = (value: Value): Items => [implied(value, 'an argument of docker build')]

const build = (value: Value, context: Context): Items => {
  const { container, name, names } = context
  const { application } = names
  const parts: Section<Context> = Object.fromEntries(
    ['dockerfile', 'context', 'target', 'args', 'cache_from'].map((key) => [key, inBuildLine]),
  )
  const told = isMap(value) ? walk<Context>(value, parts, context) : []
  return [
    carried(
      value,
      [...container, 'image'],
      placeholderImage(application, container.includes('sidecars') ? `${name}-${container.at(-1)}` : name),
      {
        ask: `Copilot built the image; now you do: ${buildLine(value, `ACCOUNT.dkr.ecr.REGION.amazonaws.com/${application}/${name}`)}, then docker push. The old repository is ${application}/${name}`,
      },
    ),
    ...told,
  ]
}

const CONTAINER_CHECK = 'ECS checks in the container as the load balancer does: with the same intervals and limits'

/** Of a service with a target group, the numbers are those of the load balancer. */
const healthNumber =
  (key: string, read: (value: Value) => number | undefined) =>
  (value: Value, { container, manifest }: Context): Items => {
    const number = read(value)
    if (number === undefined) return [malformed(value, 'a number or a duration')]
    if (look(manifest, 'http', 'healthcheck') !== undefined)
      return [lost(value, CONTAINER_CHECK, 'nothing to do, unless the two must differ', false)]
    return [carried(value, [...container, 'health', key], number)]
  }

export const containerCheck = (value: Value, context: Context): Items =>
  walked<Context>(
    value,
    {
      command: (each, { container }) => {
        const command = each.kind === 'list' ? each.items.flatMap((item) => textOf(item) ?? []) : undefined
        return command === undefined
          ? [malformed(each, 'a list that begins with CMD or CMD-SHELL')]
          : [carried(each, [...container, 'health', 'command'], command)]
      },
      interval: healthNumber('intervalSeconds', seconds),
      timeout: healthNumber('timeoutSeconds', seconds),
      retries: healthNumber('unhealthyThreshold', wholeNumber),
      start_period: healthNumber('gracePeriodSeconds', seconds),
    },
    context,
  )

export const image = (value: Value, context: Context): Items => {
  // A sidecar may name its image without further ado.
  if (value.kind === 'scalar') return location(value, context)
  const found: readonly Item[] = walk<Context>(value, hasPort(context) ? section : withoutPort, context)
  const [first, ...rest] = found
  return first === undefined ? [malformed(value, 'an image')] : [first, ...rest]
}
const section: Section<Context> = {
  build,
  location,
  port: (each, { container, manifest }) => {
    const port = wholeNumber(each)
    if (port === undefined) return [malformed(each, 'a port')]
    const other = look(manifest, 'http', 'target_port') ?? look(manifest, 'http', 'target_container')
    return other === undefined || container.includes('sidecars')
      ? portOf(each, container, port)
      : [implied(each, 'the load balancer sends requests to http.target_port or http.target_container')]
  },
  credentials: (each, { container, names }) => {
    const arn = textOf(each)
    return arn === undefined
      ? [malformed(each, 'the ARN of a secret')]
      : [carried(each, [...container, 'registryCredentials'], interpolate(arn, { ...PLACEHOLDERS, ...names }).text)]
  },
  labels: (each) => [
    lost(
      each,
      'Portcullis sets no Docker labels',
      'agents that read them need another way to find the container',
      false,
    ),
  ],
  depends_on: dependsOn,
  healthcheck: containerCheck,
}

/** Nothing reaches a worker or a job, so their manifests name no port. */
const hasPort = ({ kind, container }: Context): boolean =>
  container.includes('sidecars') || (kind !== 'Worker Service' && kind !== 'Scheduled Job')

const withoutPort: Section<Context> = Object.fromEntries(Object.entries(section).filter(([key]) => key !== 'port'))
