import { bandsOf } from '../../model/load-balancer/listener-rules.ts'
import { fronted } from '../../model/tasks.ts'
import type { Rule } from '../rule.ts'

export const roomForRules: Rule = {
  id: 'PC481',
  title: 'Every band of the priorities has room for its listener rules',
  why: 'the priorities are divided into twelve bands, exact paths first and then the deepest wildcard, so that the most specific rule is tried first',
  check: (model, { loadBalancer }) => {
    // The whole range has more room than a load balancer has rules, which another rule counts.
    if (loadBalancer.priorities === undefined) return []
    const { first, slots } = bandsOf(loadBalancer)
    const counts = new Map<number, number>()
    for (const { priority } of fronted(model).flatMap(({ listenerRules }) => listenerRules)) {
      const band = Math.floor((priority - first) / slots)
      counts.set(band, (counts.get(band) ?? 0) + 1)
    }
    const most = Math.max(0, ...counts.values())
    return most <= slots
      ? []
      : [
          {
            path: ['loadBalancer', 'priorities'],
            message: `the paths of one kind need ${most} listener rules, and a twelfth of ${loadBalancer.priorities} has room for ${slots}`,
            remedy: `take a range of at least ${most * 12} priorities`,
          },
        ]
  },
}
