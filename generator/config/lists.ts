/** What somebody means who writes a single value where a list belongs. */
import * as z from 'zod'
import { type Schema, schemaAt } from './schema/lookup.ts'
import { asWords } from './words.ts'

type Path = readonly (string | number)[]

const takes = (schema: Schema, value: unknown): boolean => z.safeParse(schema, value, { jitless: true }).success

const wordsOf = (text: string, path: Path): string[] => {
  const [group, key] = path.slice(-2)
  if (group === 'health' && key === 'command') return ['CMD-SHELL', text]
  if (key === 'command' || key === 'entrypoint') return asWords(text)
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
}

/** The list, or undefined where the value tells nothing about one. */
export const asList = (value: unknown, path: Path): unknown[] | undefined => {
  const entry = schemaAt([...path, 0])
  if (entry === undefined || value === null || Array.isArray(value)) return undefined
  if (typeof value === 'string') {
    const words = wordsOf(value, path)
    return words.length === 0
      ? undefined
      : words.map((word) =>
          /^[0-9]+$/.test(word) && !takes(entry, word) && takes(entry, Number(word)) ? Number(word) : word,
        )
  }
  if (takes(entry, value)) return [value]
  return typeof value === 'number' && takes(entry, String(value)) ? [String(value)] : undefined
}
