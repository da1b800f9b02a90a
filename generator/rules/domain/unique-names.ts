import type { Finding, Rule } from '../rule.ts'

export const uniqueNames: Rule = {
  id: 'PC303',
  title: 'No name is on the certificate twice',
  why: 'a certificate holds each name once, and a duplicate would be validated twice',
  check: (_, config) => {
    const { name, alternativeNames } = config.domain
    return alternativeNames.flatMap((alternative, index): Finding[] => {
      const first = alternativeNames.indexOf(alternative)
      if (alternative !== name && first === index) return []
      return [
        {
          path: ['domain', 'alternativeNames', index],
          message: `"${alternative}" is ${alternative === name ? 'already the name of the domain' : 'written twice'}`,
          remedy: 'remove it',
        },
      ]
    })
  },
}
