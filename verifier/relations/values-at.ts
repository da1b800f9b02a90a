/** Values at a path of properties. */
import type { Facts } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, piecesOf, type Value } from '../resolve/value.ts'

/** The values at a path, whose steps may go through lists. */
export function valuesAt(facts: Facts, resource: Resource, path: string): readonly Value[] {
  const [first = '', ...rest] = path.split('.')
  return rest
    .reduce<readonly Value[]>(
      (values, name) => values.flatMap((value) => piecesOf(value).map((piece) => entry(piece, name))),
      [facts.get(resource, first)],
    )
    .flatMap(piecesOf)
    .filter((value) => !isAbsent(value))
}
