import type { Config } from '../../config/schema/index.ts'
import { service } from '../../config/schema/service/service.ts'
import { sortedEntries } from '../../model/names.ts'
import type { Finding, Path, Rule } from '../rule.ts'

/** What has a meaning for a service that somebody else runs. */
const MEANT: readonly string[] = ['external', 'port', 'protocol', 'paths', 'hosts', 'health']
const MEANT_OF_HEALTH: readonly string[] = [
  'path',
  'statuses',
  'intervalSeconds',
  'timeoutSeconds',
  'healthyThreshold',
  'unhealthyThreshold',
]

export const externalKeys: Rule = {
  id: 'PC444',
  title: 'A service that somebody else runs is in an existing VPC, has a port, and no key that speaks of containers',
  why: 'its targets are registered from outside, and must be reached in the VPC of the load balancer',
  check: (_, config) =>
    sortedEntries(config.services)
      .filter(([, { external }]) => external !== undefined)
      .flatMap(([key]) => [...missing(config, key), ...idle(config, key)]),
}

const missing = ({ services, network }: Config, key: string): Finding[] => [
  ...(network.existing === undefined
    ? [
        {
          path: ['services', key, 'external'],
          at: 'key' as const,
          message: `nobody else runs anything in a new VPC, so nothing can answer for "${key}"`,
          remedy: 'add network.existing, the VPC in which it runs',
        },
      ]
    : []),
  ...(services[key]?.port === undefined
    ? [
        {
          path: ['services', key, 'external'],
          at: 'key' as const,
          message: `the service "${key}" has no port at which it answers`,
          remedy: 'add port, such as port: 8080',
        },
      ]
    : []),
]

/** What a service is when nothing is written. Asked for only where somebody else runs one: most configs have none. */
const defaults = (): Readonly<Record<string, unknown>> => service.parse({ image: 'x' }, { jitless: true })

const differ = (written: unknown, otherwise: unknown, meant: readonly string[]): string[] => {
  const plain = otherwise as Readonly<Record<string, unknown>>
  return Object.entries(written as object)
    .filter(([key, value]) => !meant.includes(key) && JSON.stringify(value) !== JSON.stringify(plain[key]))
    .map(([key]) => key)
}

const idle = ({ services }: Config, key: string): Finding[] => {
  const at: Path = ['services', key]
  const written = services[key]
  const { health: ownHealth, ...ownDefaults } = defaults()
  return [
    ...differ(written, ownDefaults, MEANT).map((each): Path => [...at, each]),
    ...differ(written?.health, ownHealth, MEANT_OF_HEALTH).map((each): Path => [...at, 'health', each]),
  ].map((path) => ({
    path,
    at: 'key',
    also: [...at, 'external'],
    message: `"${path.slice(2).join('.')}" has no effect: somebody else runs the service "${key}"`,
    remedy: path.at(-1) === 'image' ? 'remove the image, or external to run it here' : 'remove the key',
  }))
}
