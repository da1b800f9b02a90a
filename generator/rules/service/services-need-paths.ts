import { writtenServices } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const servicesNeedPaths: Rule = {
  id: 'PC404',
  title: 'With several services, each one with a port has paths',
  why: 'the load balancer could not tell which requests are for it',
  check: (_, config) => {
    const services = writtenServices(config.services)
    return services.length === 1
      ? []
      : services
          .filter(([, { paths, hosts }]) => paths === undefined && hosts === undefined)
          .map(
            ([key]): Finding => ({
              path: ['services', key],
              at: 'key',
              message: `the service "${key}" has no paths`,
              remedy: `add paths: ["/${key}", "/${key}/*"], or "/*" for everything that no other service answers; or hosts, if the name alone tells them apart`,
            }),
          )
  },
}
