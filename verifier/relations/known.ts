/** Properties whose value is one of a few words, or is not known. */
import type { Answer } from '../facts/identity.ts'
import { any, isAbsent, nothing, originsOf, textOf, type Value } from '../resolve/value.ts'

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

/** Whether it is this one of the words. */
export function isWord(value: Value, wanted: string, words: readonly string[]): Known<boolean> {
  const word = wordOf(value, words, '')
  return 'unknown' in word ? word : { known: word.known === wanted }
}

export const knownIf = (answer: Answer): Known<boolean> =>
  answer.is === 'maybe' ? { unknown: answer.value } : { known: answer.is === 'yes' }

export const opposite = (answer: Known<boolean>): Known<boolean> =>
  'unknown' in answer ? answer : { known: !answer.known }

type Asked = () => Known<boolean>

/** One that certainly does not hold decides, also after what is not known. */
export function allOf(all: readonly Asked[]): Known<boolean> {
  let open: Known<boolean> | undefined
  for (const each of all) {
    const answer = each()
    if ('unknown' in answer) open ??= answer
    else if (!answer.known) return answer
  }
  return open ?? { known: true }
}

export const anyOf = (all: readonly Asked[]): Known<boolean> =>
  opposite(allOf(all.map((each) => () => opposite(each()))))

/** Whether a parameter says what it is, or picks it out of what the templates hold. */
export const isByParameter = (value: Value): boolean =>
  originsOf(value).some(({ kind, parameter }) => kind === 'parameter' || parameter !== undefined)

const booleans = ['true', 'false']

/** A value that is neither true nor false, as something to ask for. */
export const unlessBoolean = (value: Value): Value => unlessWritten(value, booleans)
