/** What `init` writes for values that only the user knows, so that it can be told from an answer. */
import type { Diagnostic } from '../errors/diagnostic.ts'
import { show } from '../errors/show.ts'
import { notesOf, schemaAt } from './schema/lookup.ts'

type Path = readonly (string | number)[]

/** No example has such a value, and none is valid in an account: `ZREPLACEME`, `replace-me`, account 000000000000, sg-00000000000000000 and the nine after it. */
const PLACEHOLDER = /replace-?me|(?<![0-9])0{12}(?![0-9])|-0{17}$|sg-0{16}[0-9]$/i

/** The issuer of the authorizer that `init --from-copilot` writes: it stands for a question, and nobody gets in. */
export const UNKNOWN_CALLERS = 'https://who-may-call.replace-me.example/'

export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text)

const pathsOf = (value: unknown, path: Path): { readonly path: Path; readonly text: string }[] => {
  if (typeof value === 'string') return isPlaceholder(value) ? [{ path, text: value }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

/** Every placeholder that nobody has replaced yet. */
export const placeholdersIn = (written: unknown): Diagnostic[] =>
  pathsOf(written, []).map(({ path, text }) => {
    const meaning = notesOf(schemaAt(path)).description
    return {
      code: 'PC112',
      path,
      message: `${show(text)} is a placeholder, and only you know what belongs here`,
      ...(meaning === undefined ? {} : { why: meaning.charAt(0).toLowerCase() + meaning.slice(1) }),
      remedy: 'write your own value, or try things out with --allow-placeholders',
    }
  })
