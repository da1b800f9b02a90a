import { alternativesOf } from '../../model/domain/alternatives.ts'
import type { Finding, Rule } from '../rule.ts'

export const uniqueNames: Rule = {
  id: 'PC303',
  title: 'No name is on the certificate twice',
  why: 'a certificate holds each name once, and a duplicate would be validated twice',
  check: (_, { domain }) => {
    const alternatives = alternativesOf(domain)
    return alternatives.flatMap(({ name, at }, index): Finding[] =>
      name !== domain.name && alternatives.findIndex((each) => each.name === name) === index
        ? []
        : [
            {
              path: at,
              message: `"${name}" is ${name === domain.name ? 'already the name of the domain' : 'written twice'}`,
              remedy: 'remove it',
            },
          ],
    )
  },
}
