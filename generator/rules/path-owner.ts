import type { Diagnostic } from '../errors/diagnostic.ts'
import { sortedEntries } from '../model/names.ts'
import type { Rule } from './rule.ts'

export const pathOwner: Rule = {
  id: 'PC403',
  title: 'A path belongs to one service',
  why: 'of two listener rules with the same path only one would ever get a request',
  check: (_, config) => {
    const first = new Map<string, Diagnostic['path']>()
    return sortedEntries(config.services).flatMap(([key, { paths }]) =>
      (paths ?? []).flatMap((path, index): Diagnostic[] => {
        const place = ['services', key, 'paths', index]
        const other = first.get(path)
        if (other === undefined) {
          first.set(path, place)
          return []
        }
        return [
          {
            code: 'PC403',
            path: place,
            also: other,
            message:
              other[1] === key
                ? `the path "${path}" is written twice`
                : `the path "${path}" also belongs to the service "${other[1]}"`,
            why: pathOwner.why,
            remedy: 'keep it in one place',
          },
        ]
      }),
    )
  },
}
