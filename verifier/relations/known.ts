/** A property whose value is one of a few words, or is not known. */
import { isAbsent, textOf, type Value } from '../resolve/value.ts'

export type Known<T> = { readonly known: T } | { readonly unknown: Value }

/** The word, or what AWS takes where none is written. A word that is not one of these is not known. */
export function wordOf<T extends string>(value: Value, words: readonly T[], absent: T): Known<T> {
  if (isAbsent(value)) return { known: absent }
  const word = words.find((each) => each === textOf(value))
  return word === undefined ? { unknown: value } : { known: word }
}
