import { writtenServices } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const healthTimes: Rule = {
  id: 'PC421',
  title: 'A health check ends before the next one begins',
  why: 'the load balancer requires a timeout that is shorter than the interval',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  check: (_, config) =>
    writtenServices(config.services)
      .filter(([, { health }]) => health.timeoutSeconds >= health.intervalSeconds)
      .map(
        ([key, { health }]): Finding => ({
          path: ['services', key, 'health', 'timeoutSeconds'],
          message: `a timeout of ${health.timeoutSeconds} s is not shorter than the interval of ${health.intervalSeconds} s`,
          remedy: `set timeoutSeconds to less than ${health.intervalSeconds}, or intervalSeconds to more than ${health.timeoutSeconds}`,
        }),
      ),
}
