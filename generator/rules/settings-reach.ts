import type { Path } from '../errors/diagnostic.ts'
import { placeOf } from '../model/delivery/targets.ts'
import type { Rule } from './rule.ts'

const isBelow = (path: Path, above: Path): boolean =>
  above.length > 0 && above.every((part, index) => String(path[index]) === String(part))

/** Of the paths that `--set` gives. */
export const settingsReach = (paths: readonly Path[]): Rule => ({
  id: 'PC113',
  title: 'No value of --set is overridden',
  why: 'the value would not reach that deployment, and nobody would notice',
  check: ({ parameters, targets }) =>
    paths.flatMap((path) =>
      Object.values(parameters)
        .filter(({ from = [] }) => isBelow(path, from))
        .flatMap(({ name }) =>
          targets
            .filter((target) => Object.hasOwn(target.parameters, name))
            .map((target) => placeOf(target, { name }).join('.'))
            .map((place) => ({
              path,
              at: 'key' as const,
              message: `--set gives ${path.join('.')}, but ${place} overrides it`,
              remedy: `set ${place} instead, or remove it of the config`,
            })),
        ),
    ),
})
