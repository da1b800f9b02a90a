import { nearest } from '../../errors/nearest.ts'
import { show } from '../../errors/show.ts'
import { sortedEntries } from '../../model/names.ts'
import type { Finding, Rule } from '../rule.ts'

export const valuesOfServices: Rule = {
  id: 'PC522',
  title: 'Environments give values to services that exist',
  why: 'an environment changes values only; which services there are is the same everywhere',
  check: (_, config) => {
    const known = Object.keys(config.services)
    return sortedEntries(config.environments).flatMap(([environment, { services }]) =>
      Object.keys(services)
        .filter((key) => !known.includes(key))
        .map((key): Finding => {
          const meant = nearest(key, known)
          return {
            path: ['environments', environment, 'services', key],
            at: 'key',
            message: `there is no service ${show(key)}`,
            remedy: meant === undefined ? `use one of ${known.join(', ')}` : `did you mean ${meant}?`,
          }
        }),
    )
  },
}
