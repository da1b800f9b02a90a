import { sortedEntries } from '../../model/names.ts'
import type { Finding, Rule } from '../rule.ts'

const LONGEST = 60

export const containerCheckTime: Rule = {
  id: 'PC422',
  title: `A health check in the container takes at most ${LONGEST} seconds`,
  why: 'ECS allows less time than the load balancer, and both checks have the same timeout',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html',
  check: (_, config) =>
    sortedEntries(config.services)
      .filter(([, { health }]) => health.command !== undefined && health.timeoutSeconds > LONGEST)
      .map(
        ([key, { health }]): Finding => ({
          path: ['services', key, 'health', 'timeoutSeconds'],
          also: ['services', key, 'health', 'command'],
          message: `a check in the container cannot take ${health.timeoutSeconds} s`,
          remedy: `set timeoutSeconds to at most ${LONGEST}, or remove health.command`,
        }),
      ),
}
