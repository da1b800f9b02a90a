/** Paths of the config. */
import type { Path } from './value.ts'

export const isAt = (path: Path, other: Path): boolean =>
  path.length === other.length && path.every((part, index) => String(part) === String(other[index]))

/** At `above`, or somewhere in it. */
export const isIn = (path: Path, above: Path): boolean =>
  path.length >= above.length && above.every((part, index) => String(part) === String(path[index]))

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
