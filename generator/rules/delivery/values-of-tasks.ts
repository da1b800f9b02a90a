import { nearest } from '../../errors/nearest.ts'
import { show } from '../../errors/show.ts'
import { sortedEntries } from '../../model/names.ts'
import { sectionOf } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const valuesOfTasks: Rule = {
  id: 'PC522',
  title: 'Environments give values to services and jobs that exist',
  why: 'an environment changes values only; which services and jobs there are is the same everywhere',
  check: (_, config) =>
    (['Service', 'Job'] as const).flatMap((kind) => {
      const section = sectionOf(kind)
      const known = Object.keys(config[section])
      return sortedEntries(config.environments).flatMap(([name, environment]) =>
        Object.keys(environment[section])
          .filter((key) => !known.includes(key))
          .map((key): Finding => {
            const meant = nearest(key, known)
            return {
              path: ['environments', name, section, key],
              at: 'key',
              message: `there is no ${kind.toLowerCase()} ${show(key)}`,
              remedy:
                meant !== undefined
                  ? `did you mean ${meant}?`
                  : known.length > 0
                    ? `use one of ${known.join(', ')}`
                    : `remove it, or write the ${kind.toLowerCase()} in ${section}`,
            }
          }),
      )
    }),
}
