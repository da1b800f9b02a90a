import type { Config } from '../../config/schema/index.ts'
import { nearest } from '../../errors/nearest.ts'
import { byText, sortedEntries } from '../../model/names.ts'
import { namesCalled } from '../../model/service/calls.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const callable: Rule = {
  id: 'PC438',
  title: 'Services that are reached by name exist, and none reaches itself, not even by way of others',
  why: 'a task knows only the services that were there when it started, so the one that is called must be deployed before',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html',
  check: (_, config) =>
    sortedEntries(config.services).flatMap(([key, { reaches }]) =>
      reaches.flatMap(({ service }, index): Finding[] => {
        if (service === undefined) return []
        const path: Path = ['services', key, 'reaches', index, 'service']
        const first = reaches.findIndex((each) => each.service === service)
        if (first < index)
          return [
            {
              path,
              also: ['services', key, 'reaches', first],
              message: `"${service}" is written twice`,
              remedy: 'remove one of them',
            },
          ]
        if (!Object.hasOwn(config.services, service)) return [missing(config, path, service)]
        if (config.services[service]?.external !== undefined)
          return [
            {
              path,
              message: `somebody else runs the service "${service}", so it has no name here`,
              remedy: 'write its security group and port instead',
            },
          ]
        if (config.services[service]?.port === undefined)
          return [
            {
              path,
              message: `the service "${service}" has no port`,
              remedy: `add the port on which its container listens, or remove the entry`,
            },
          ]
        const circle = wayBack(config, service, key)
        // A circle is one mistake, told where its first service by name begins it.
        if (circle === undefined || circle.some((each) => byText(each, key) < 0)) return []
        return [
          {
            path,
            message:
              service === key
                ? `the service "${key}" cannot reach itself`
                : `services reach each other in a circle: ${[key, ...circle].join(' -> ')}`,
            remedy:
              service === key
                ? 'remove the entry; within a task, localhost is enough'
                : 'remove one of these entries, or let one service hand on its answer by a queue or a database',
          },
        ]
      }),
    ),
}

const missing = ({ services }: Config, path: Path, name: string): Finding => {
  const meant = nearest(name, Object.keys(services))
  return {
    path,
    message: `there is no service "${name}"`,
    remedy: meant === undefined ? `use one of ${Object.keys(services).join(', ')}` : `did you mean ${meant}?`,
  }
}

/** The services on the way from one to the other, both included; undefined when there is none. */
const wayBack = ({ services }: Config, from: string, to: string): string[] | undefined => {
  const seen = new Set<string>()
  const search = (key: string): string[] | undefined => {
    if (key === to) return [key]
    if (seen.has(key) || !Object.hasOwn(services, key)) return undefined
    seen.add(key)
    for (const next of namesCalled(services, key)) {
      const rest = search(next)
      if (rest !== undefined) return [key, ...rest]
    }
    return undefined
  }
  return search(from)
}
