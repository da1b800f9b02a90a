import { writtenServices } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const pathOwner: Rule = {
  id: 'PC403',
  title: 'A path belongs to one service',
  why: 'of two listener rules with the same path, only one would ever match',
  check: (_, config) => {
    const first = new Map<string, Path>()
    return writtenServices(config.services).flatMap(([key, { paths }]) =>
      (paths ?? []).flatMap((path, index): Finding[] => {
        const place = ['services', key, 'paths', index]
        const other = first.get(path)
        if (other === undefined) {
          first.set(path, place)
          return []
        }
        return [
          {
            path: place,
            also: other,
            message:
              other[1] === key
                ? `the path "${path}" is written twice`
                : `the path "${path}" also belongs to the service "${other[1]}"`,
            remedy: 'keep it in one place',
          },
        ]
      }),
    )
  },
}
