import type { Config } from '../../config/schema/index.ts'
import { nearest } from '../../errors/nearest.ts'
import { alternativesOf } from '../../model/domain/alternatives.ts'
import { VALUES_PER_RULE } from '../../model/load-balancer/listener-rules.ts'
import { isShared } from '../../model/load-balancer/load-balancer.ts'
import { shifts } from '../../model/service/deployment.ts'
import { writtenServices } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

/** Names that clients of the API can ask for. */
const publishedNames = ({ domain }: Config): string[] =>
  domain.publish ? [domain.name, ...alternativesOf(domain).flatMap(({ name, publish }) => (publish ? [name] : []))] : []

export const hostsPublished: Rule = {
  id: 'PC465',
  title: 'The hosts of services are published names, each once',
  why: 'the load balancer hears the name that a client asked the API for, and no other',
  check: (_, config) => {
    const published = publishedNames(config)
    const services = writtenServices(config.services)
    const hosts = services.flatMap(([key, { hosts = [] }]) =>
      hosts.flatMap((host, index): Finding[] => {
        const path = ['services', key, 'hosts', index]
        const first = hosts.indexOf(host)
        if (first !== index)
          return [
            {
              path,
              also: ['services', key, 'hosts', first],
              message: `"${host}" is written twice`,
              remedy: 'remove one of them',
            },
          ]
        return published.includes(host)
          ? []
          : [
              {
                path,
                message: `the API has no name "${host}"`,
                remedy: remedyFor(host, published),
              },
            ]
      }),
    )
    const most = VALUES_PER_RULE - 1 - (isShared(config) ? 1 : 0)
    const tooMany = services
      .filter(([, { hosts = [] }]) => hosts.length > most)
      .map(
        ([key, { hosts = [] }]): Finding => ({
          path: ['services', key, 'hosts'],
          at: 'key',
          message: `with ${hosts.length} hosts, a listener rule has no room for a path`,
          remedy: `use at most ${most} hosts on a load balancer that others share`,
        }),
      )
    const named = services.find(([, service]) => service.hosts !== undefined)
    const shifting = services
      .filter(([, service]) => named !== undefined && shifts(service))
      .map(
        ([key]): Finding => ({
          path: ['services', key, 'deployment', 'strategy'],
          also: ['services', named?.[0] ?? '', 'hosts'],
          message: `"${key}" is found by its routes, and routes know no hosts`,
          remedy: 'deploy it by the strategy rolling, or remove hosts and give the services different paths',
        }),
      )
    return [...hosts, ...tooMany, ...shifting]
  },
}

const remedyFor = (host: string, published: readonly string[]): string => {
  if (published.length === 0) return 'remove hosts: the API has no name of its own, only the one that AWS gives it'
  const meant = nearest(host, published)
  return `${meant === undefined ? '' : `did you mean ${meant}? Or `}publish it: domain.alternativeNames: [{ name: "${host}", publish: true }]`
}
