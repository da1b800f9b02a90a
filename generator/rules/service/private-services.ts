import type { Config } from '../../config/schema/index.ts'
import { sortedEntries } from '../../model/names.ts'
import { callsOf } from '../../model/service/calls.ts'
import { writtenBackends } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'
import { loadBalancerKeys } from './load-balancer-keys.ts'

export const privateServices: Rule = {
  id: 'PC439',
  title: 'A private service has a port, is reached by another one, and has no key that speaks of the load balancer',
  why: 'other services of the config are the only ones that reach it',
  check: (_, config) => [
    ...withoutPort(config),
    ...writtenBackends(config.services).flatMap(([key]) => [...unreached(config, key), ...idle(config, key)]),
  ],
}

const withoutPort = ({ services }: Config): Finding[] =>
  sortedEntries(services)
    .filter(([, service]) => service.private && service.port === undefined)
    .map(([key]) => ({
      path: ['services', key, 'private'],
      at: 'key',
      message: `the service "${key}" has no port at which another one could reach it`,
      remedy: 'add the port that the container listens on; to be reached by nobody, remove the key',
    }))

const unreached = ({ services }: Config, key: string): Finding[] =>
  callsOf(services, key).callers.some((caller) => caller !== key)
    ? []
    : [
        {
          path: ['services', key, 'private'],
          at: 'key',
          message: `no service reaches "${key}"`,
          remedy: `add reaches: [{ service: ${key} }] to a service that calls it, or remove the key to put it behind the load balancer`,
        },
      ]

const idle = (config: Config, key: string): Finding[] =>
  loadBalancerKeys(config, key).map(({ path, remedy }) => ({
    path,
    at: 'key',
    also: ['services', key, 'private'],
    message: `"${path.slice(2).join('.')}" has no effect: the service "${key}" is private`,
    remedy,
  }))
