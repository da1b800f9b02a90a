import type { Config } from '../../config/schema/index.ts'
import { corsOrigins, throttleBurst, throttleRate } from '../parameters/api.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { type Authorizer, authorizersOf } from './authorizers.ts'
import { type Link, linkOf, linkParameters } from './link.ts'
import { type Probe, probeOf } from './probe.ts'
import { type Route, routes } from './routes.ts'

export type Api = {
  readonly link: Link
  readonly authorizers: readonly Authorizer[]
  readonly routes: readonly Route[]
  /** Left out: preflight requests are not answered. */
  readonly corsOrigins?: Parameter
  readonly throttle: { readonly rate: Parameter; readonly burst: Parameter }
  readonly timeoutMs: number
  /** Whether the load balancer hears which name the client asked for. */
  readonly tellsHost: boolean
  readonly probe?: Probe
}

export const apiOf = (config: Config, services: Parameters<typeof probeOf>[1]): Api => {
  const { auth, cors, throttle, timeoutSeconds } = config.api
  const authorizers = authorizersOf(auth)
  const all = routes(config, authorizers)
  const probe = config.api.probe ? probeOf(all, services, config.domain.basePath) : undefined
  return {
    link: linkOf(config.api.vpcLink),
    authorizers,
    routes: all,
    ...(cors === undefined ? {} : { corsOrigins: corsOrigins(cors.origins) }),
    throttle: { rate: throttleRate(throttle.rate), burst: throttleBurst(throttle.burst) },
    timeoutMs: timeoutSeconds * 1000,
    tellsHost: services.some(({ listenerRules }) => listenerRules.some(({ hosts }) => hosts !== undefined)),
    ...(probe === undefined ? {} : { probe }),
  }
}

/** A platform may have none: its VPC link is there for those of the applications on it. */
export const hasApi = ({ routes }: Api): boolean => routes.length > 0

export const apiParameters = (api: Api): Parameter[] => [
  ...linkParameters(api.link),
  ...(hasApi(api)
    ? [api.throttle.rate, api.throttle.burst, ...(api.corsOrigins === undefined ? [] : [api.corsOrigins])]
    : []),
]
