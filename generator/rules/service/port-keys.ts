import { isSet } from '../../config/schema/lookup.ts'
import { writtenWorkers } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'
import { loadBalancerKeys } from './load-balancer-keys.ts'

export const portKeys: Rule = {
  id: 'PC440',
  title: 'A service without a port has no key that speaks of one',
  why: 'nothing reaches a worker, so the key would change nothing',
  check: (_, config) =>
    writtenWorkers(config.services).flatMap(([key]) => {
      const protocol: Path = ['services', key, 'protocol']
      return [
        ...(isSet(config, protocol) ? [{ path: protocol, remedy: 'remove the key' }] : []),
        ...loadBalancerKeys(config, key),
      ].map(
        ({ path, remedy }): Finding => ({
          path,
          at: 'key',
          message: `"${path.slice(2).join('.')}" has no effect: the service "${key}" has no port`,
          remedy: `add the port that the container listens on, or ${remedy}`,
        }),
      )
    }),
}
