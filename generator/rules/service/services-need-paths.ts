import { sortedEntries } from '../../model/names.ts'
import type { Finding, Rule } from '../rule.ts'

export const servicesNeedPaths: Rule = {
  id: 'PC404',
  title: 'With several services, each one has paths',
  why: 'the load balancer could not tell which requests are for it',
  check: (_, config) =>
    Object.keys(config.services).length === 1
      ? []
      : sortedEntries(config.services)
          .filter(([, { paths }]) => paths === undefined)
          .map(
            ([key]): Finding => ({
              path: ['services', key],
              at: 'key',
              message: `the service "${key}" has no paths`,
              remedy: `add paths: ["/${key}", "/${key}/*"], or "/*" for everything that no other service answers`,
            }),
          ),
}
