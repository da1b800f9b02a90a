import { isSet } from '../../config/schema/lookup.ts'
import { writtenWorkers } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

const KEYS: readonly Path[] = [
  ['protocol'],
  ['paths'],
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

export const portKeys: Rule = {
  id: 'PC440',
  title: 'A service without a port has no key that speaks of one',
  why: 'nothing reaches a worker, so the key would change nothing',
  check: (_, config) =>
    writtenWorkers(config.services).flatMap(([key, { health }]) =>
      [...KEYS, ...(health.command === undefined ? CHECK_KEYS : [])]
        .map((each): Path => ['services', key, ...each])
        .filter((path) => isSet(config, path))
        .map(
          (path): Finding => ({
            path,
            at: 'key',
            message: `"${path.slice(2).join('.')}" has no effect: the service "${key}" has no port`,
            remedy: `add the port that the container listens on, or remove the key${CHECK_KEYS.some((each) => each[1] === path[3]) ? ', or check inside the container with health.command' : ''}`,
          }),
        ),
    ),
}
