import type { Finding, Rule } from '../rule.ts'

export const headerPriorities: Rule = {
  id: 'PC459',
  title: 'Services beyond rolling deployments have listener rules of their own priority',
  why: 'the priority of such a rule hangs on the name of its service alone, because no other change may update the rule, and two rules cannot share one',
  check: ({ services }, { loadBalancer }) => {
    const first = new Map<number, string>()
    return services.flatMap(({ key, listenerRules }) =>
      listenerRules
        .filter(({ header }) => header !== undefined)
        .flatMap(({ priority }): Finding[] => {
          const other = first.get(priority)
          if (other === undefined) {
            first.set(priority, key)
            return []
          }
          return [
            {
              path: ['services', key],
              at: 'key',
              also: ['services', other],
              message: `"${key}" and "${other}" would have the same priority`,
              remedy: `give the one that is not deployed yet another name${loadBalancer.priorities === undefined ? '' : ', or widen loadBalancer.priorities while nothing is deployed'}`,
            },
          ]
        }),
    )
  },
}
