import { isSet } from '../../config/schema/lookup.ts'
import { sortedEntries } from '../../model/names.ts'
import type { Finding, Path, Rule } from '../rule.ts'

/** With what to do instead. */
const IDLE: readonly (readonly [key: Path, remedy: string])[] = [
  [['cpu'], 'remove the key: the queue alone decides'],
  [['memory'], 'remove the key: the queue alone decides'],
  [['cooldownSeconds', 'out'], 'remove the key: more messages add tasks at once'],
]

export const queueKeys: Rule = {
  id: 'PC442',
  title: 'A queue alone decides how many tasks a worker has',
  why: 'two measures would add and remove tasks against each other',
  docs: 'https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html',
  check: (_, config) =>
    sortedEntries(config.services)
      .filter(([, { scale }]) => scale.queue !== undefined)
      .flatMap(([key, { port }]) => {
        const at: Path = ['services', key, 'scale']
        const idle = IDLE.map(([below, remedy]) => ({ path: [...at, ...below], remedy }))
        return [
          ...(port === undefined
            ? []
            : [
                {
                  path: [...at, 'queue'],
                  at: 'key' as const,
                  also: ['services', key, 'port'],
                  message: `"scale.queue" is for workers, and the service "${key}" has a port`,
                  remedy: 'remove the port, or work off the queue in a service of its own',
                },
              ]),
          ...idle
            .filter(({ path }) => isSet(config, path))
            .map(
              ({ path, remedy }): Finding => ({
                path,
                at: 'key',
                also: [...at, 'queue'],
                message: `"${path.slice(2).join('.')}" has no effect beside scale.queue`,
                remedy,
              }),
            ),
        ]
      }),
}
