import type { Config } from '../../config/schema/index.ts'
import { isSet } from '../../config/schema/lookup.ts'
import type { Path } from '../rule.ts'

const KEYS: readonly Path[] = [
  ['paths'],
  ['hosts'],
  ['health', 'path'],
  ['health', 'statuses'],
  ['health', 'healthyThreshold'],
  ['scale', 'requestsPerTarget'],
]

/** Those that a check inside the container has too. */
const CHECK_KEYS: readonly Path[] = [
  'intervalSeconds',
  'timeoutSeconds',
  'unhealthyThreshold',
  'gracePeriodSeconds',
].map((key) => ['health', key])

type Key = { readonly path: Path; readonly remedy: string }

/** Keys of a service that only a load balancer in front of it gives a meaning. */
export const loadBalancerKeys = (config: Config, service: string): Key[] => {
  const hasCheck = config.services[service]?.health.command !== undefined
  const found = (keys: readonly Path[], remedy: string): Key[] =>
    keys
      .map((each): Path => ['services', service, ...each])
      .filter((path) => isSet(config, path))
      .map((path) => ({ path, remedy }))
  return [
    ...found(KEYS, 'remove the key'),
    ...(hasCheck ? [] : found(CHECK_KEYS, 'remove the key, or check inside the container with health.command')),
  ]
}
