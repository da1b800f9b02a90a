import { interpolate } from '../interpolate.ts'
import { carried, type Item, type Items, implied, lost, malformed, refused } from '../item.ts'
import { flag, isMap, look, type Path, seconds, textOf, type Value, wholeNumber } from '../value.ts'
import { type Section, walked } from '../walk.ts'
import { type Context, isReached } from './context.ts'

/** `api` is /api and everything below. */
export const pathsOf = (written: string): readonly string[] => {
  const path = `/${written.replace(/^\/+/, '').replace(/(?:\/+\*?|\*)$/, '')}`
  return path === '/' ? ['/', '/*'] : [path, `${path}/*`]
}

const INTERNAL = 'the load balancer of a backend service was internal, and the import publishes nothing'

const path = (value: Value, context: Context): Items => {
  const written = textOf(value)
  if (written === undefined) return [malformed(value, 'a path')]
  if (!isReached(context))
    return [
      lost(
        value,
        INTERNAL,
        `other services call it by its name (reaches); to put it behind the API, replace private by paths: [${pathsOf(written).join(', ')}]`,
      ),
    ]
  const { text, unknown } = interpolate(written, context.names)
  const more = additionalPaths(context).filter((each) => each.sameTarget)
  return [
    carried(
      value,
      [...context.path, 'paths'],
      [...new Set([...pathsOf(text), ...more.flatMap((each) => pathsOf(each.path))])],
      {
        ...(unknown.length === 0 ? {} : { ask: `${unknown.join(', ')} came from the shell` }),
      },
    ),
  ]
}

const additionalPaths = ({ manifest }: Context): { readonly path: string; readonly sameTarget: boolean }[] => {
  const rules = look(manifest, 'http', 'additional_rules')
  return rules?.kind !== 'list'
    ? []
    : rules.items.map((rule) => ({
        path: textOf(look(rule, 'path')) ?? '/',
        sameTarget: hasSameTarget(rule, manifest),
      }))
}

const hasSameTarget = (rule: Value, manifest: Value): boolean => {
  const own = textOf(look(manifest, 'http', 'target_port')) ?? textOf(look(manifest, 'image', 'port'))
  const container = textOf(look(rule, 'target_container')) ?? textOf(look(manifest, 'http', 'target_container'))
  const port = textOf(look(rule, 'target_port')) ?? own
  return container === textOf(look(manifest, 'http', 'target_container')) && port === own
}

const additionalRules = (value: Value, context: Context): Items => {
  if (value.kind !== 'list') return [malformed(value, 'a list of rules')]
  const [first, ...rest] = value.items.flatMap((rule): Items => {
    if (
      isReached(context) &&
      hasSameTarget(rule, context.manifest) &&
      look(context.manifest, 'http', 'path') !== undefined
    )
      return walked<Context>(
        rule,
        { ...httpSection, path: (each) => [implied(each, 'one of paths')], healthcheck: secondCheck },
        context,
      )
    return [
      lost(
        rule,
        'a service has one port behind the API',
        'make a service of its own for what listens on the other port',
      ),
    ]
  })
  return first === undefined ? [malformed(value, 'a list of rules')] : [first, ...rest]
}

const secondCheck = (value: Value): Items => [
  lost(value, 'a service has one health check', 'the check of http.healthcheck counts', false),
]

/** What the shell knew was often the end of the name. */
const hostOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/(?<=^|\.)replace-me$/, '$&.example')

const alias = (value: Value, { path: at, names }: Context): Items => {
  const named = value.kind === 'list' ? value.items : [value]
  const [first, ...rest] = named.flatMap((each): Items => {
    const host = textOf(each) ?? textOf(look(each, 'name'))
    if (host === undefined) return [malformed(each, 'a host name')]
    const { text, unknown } = interpolate(host, names)
    const zone = look(each, 'hosted_zone')
    const item = carried(each, [...at, 'hosts'], hostOf(text), {
      append: true,
      ...(unknown.length === 0 ? {} : { ask: `${unknown.join(', ')} came from the shell` }),
    })
    return zone === undefined ? [item] : [item, ...hostedZone(zone)]
  })
  return first === undefined ? [malformed(value, 'a host name')] : [first, ...rest]
}

const hostedZone = (value: Value): Items => {
  const id = textOf(value)
  return id === undefined
    ? [malformed(value, 'the id of a hosted zone')]
    : [carried(value, ['domain', 'zone', 'id'], id)]
}

const check =
  (key: string, read: (value: Value) => unknown) =>
  (value: Value, { path: at }: Context): Items => {
    const found = read(value)
    return [
      found === undefined ? malformed(value, 'a number or a duration') : carried(value, [...at, 'health', key], found),
    ]
  }

const slashed = (value: Value): string | undefined => {
  const text = textOf(value)
  return text === undefined ? undefined : `/${text.replace(/^\/+/, '')}`
}

const healthcheck = (value: Value, context: Context): Items => {
  if (!isReached(context)) return [lost(value, INTERNAL, 'health.command checks in the container', false)]
  const statuses = (at: Value): Item => carried(at, [...context.path, 'health', 'statuses'], '200')
  if (!isMap(value)) return [...check('path', slashed)(value, context), statuses(value)]
  const items = walked<Context>(
    value,
    {
      path: check('path', slashed),
      success_codes: check('statuses', textOf),
      healthy_threshold: check('healthyThreshold', wholeNumber),
      unhealthy_threshold: check('unhealthyThreshold', wholeNumber),
      interval: check('intervalSeconds', seconds),
      timeout: check('timeoutSeconds', seconds),
      grace_period: check('gracePeriodSeconds', seconds),
      port: (each, { manifest }) =>
        textOf(each) === targetPort(manifest)
          ? [implied(each, 'the check asks the port of the service')]
          : [lost(each, 'the check asks the port of the service', 'answer the path of the check on that port too')],
    },
    context,
  )
  return look(value, 'success_codes') === undefined ? [...items, statuses(value)] : items
}

const DOOR = "a load balancer of one's own is a way past the API"

export const httpSection: Section<Context> = {
  path,
  alias,
  hosted_zone: hostedZone,
  healthcheck,
  additional_rules: additionalRules,
  target_port: (value, { path: at, manifest }) => {
    const port = wholeNumber(value)
    if (port === undefined) return [malformed(value, 'a port')]
    return look(manifest, 'http', 'target_container') === undefined
      ? portOf(value, at, port)
      : [implied(value, 'the port of http.target_container')]
  },
  target_container: (value, context) => targetContainer(value, context),
  targetContainer: (value, context) => targetContainer(value, context),
  alb: (value) => [
    lost(
      value,
      DOOR,
      'the internal one of this application takes its place; remove its rules for the service after the move',
      false,
    ),
  ],
  deregistration_delay: (value) => [
    lost(
      value,
      'a leaving task has 30 seconds to finish requests, since none through the API lasts longer',
      'nothing to do',
      false,
    ),
  ],
  stickiness: (value) =>
    flag(value) === false
      ? [implied(value, 'requests go to any task')]
      : [lost(value, 'requests of one client go to any task', 'keep sessions in a store or in a token')],
  allowed_source_ips: (value) => [
    lost(
      value,
      'behind the VPC link every request comes from the link, so a rule on addresses would refuse all of them',
      'authorize callers (api.auth), or check addresses in a Lambda authorizer',
    ),
  ],
  redirect_to_https: (value) =>
    flag(value) === false
      ? [lost(value, 'an API answers on HTTPS only', 'clients must use https://', true)]
      : [lost(value, 'nothing answers on port 80', 'clients must use https:// from the start', false)],
  version: (value, { path: at }) => {
    const version = textOf(value)?.toLowerCase()
    if (version === 'http1') return [implied(value, 'HTTP/1.1 up to the service')]
    if (version === 'http2')
      return [
        lost(value, 'API Gateway speaks HTTP/1.1 to the service', 'the service must take HTTP/1.1; most do', false),
      ]
    return version === 'grpc'
      ? [refused(value, at, 'an HTTP API cannot carry gRPC', 'leave the service where it is')]
      : [malformed(value, 'http1, http2 or grpc')]
  },
}

/** A load balancer of Copilot speaks TLS to port 443. */
export const portOf = (value: Value, at: Path, port: number): Items =>
  port === 443
    ? [carried(value, [...at, 'port'], port), carried(value, [...at, 'protocol'], 'https')]
    : [carried(value, [...at, 'port'], port)]

/** The port that requests go to, as it is written. */
const targetPort = (manifest: Value): string | undefined => {
  const sidecar = textOf(look(manifest, 'http', 'target_container') ?? look(manifest, 'http', 'targetContainer'))
  return (
    textOf(look(manifest, 'http', 'target_port')) ??
    textOf(sidecar === undefined ? look(manifest, 'image', 'port') : look(manifest, 'sidecars', sidecar, 'port'))
  )
}

const targetContainer = (value: Value, { path: at, manifest }: Context): Items => {
  const name = textOf(value)
  if (name === undefined) return [malformed(value, 'the name of a sidecar')]
  const number = Number(/^[0-9]+/.exec(targetPort(manifest) ?? '')?.[0] ?? Number.NaN)
  return Number.isNaN(number)
    ? [lost(value, `no port of ${name} is known`, 'write the port of the container that answers')]
    : [...portOf(value, at, number), implied(value, `the sidecar ${name} listens on that port of the task`)]
}

export const http = (value: Value, context: Context): Items => {
  if (flag(value) === false) return [implied(value, 'the API does not reach it')]
  return walked<Context>(value, httpSection, context)
}
