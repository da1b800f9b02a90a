/** Properties whose value is one of a few words, or is not known. */
import { any, isAbsent, nothing, textOf, type Value } from '../resolve/value.ts'

export type Known<T> = { readonly known: T } | { readonly unknown: Value }

/** A text that the template writes, and that AWS does not take there: no reference helps, only one of the words. */
export function unlessWritten(value: Value, words: readonly string[]): Value {
  if (value.kind !== 'text' || value.from !== undefined) return value
  const name = `${words.join(' or ')} in the place of '${value.text}'`
  return any(name, nothing, { kind: 'unreadable', name })
}

/** The word, or what AWS takes where none is written. A word that is not one of these is not known. */
export function wordOf<T extends string>(value: Value, words: readonly T[], absent: T): Known<T> {
  if (isAbsent(value)) return { known: absent }
  const word = words.find((each) => each === textOf(value))
  return word === undefined ? { unknown: unlessWritten(value, words) } : { known: word }
}

const booleans = ['true', 'false']

/** A value that is neither true nor false, as something to ask for. */
export const unlessBoolean = (value: Value): Value => unlessWritten(value, booleans)
