/**
 * `{region}` without quotes: YAML takes the brace for the start of a map, and one such slip makes dozens of errors.
 * It is named once, and then read as the text that was meant, so that it hides no other mistake.
 */
import { isScalar, visit } from 'yaml'
import type { LocatedDiagnostic } from '../errors/located.ts'
import { place, type Range, type Source } from './positions.ts'

/** Characters for private use stand for the braces while YAML is read. */
const BRACES: Readonly<Record<string, string>> = { '{': '\ue07b', '}': '\ue07d' }
const braces = Object.fromEntries(Object.entries(BRACES).map(([brace, mask]) => [mask, brace]))

/** A name in braces with what touches it, outside of quotes. Where text in quotes begins, nothing is matched. */
const TOKEN = /"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#.*|[^\s,[\]{}"']*(?:\{+ ?[A-Za-z]+ ?\}+[^\s,[\]{}"']*)+/g

const tokensIn = (source: Source, line: number): { readonly range: Range; readonly token: string }[] => {
  const start = source.lines.lineStarts[line - 1] ?? 0
  const text = source.text.slice(start, source.lines.lineStarts[line] ?? source.text.length)
  return [...text.matchAll(TOKEN)]
    .filter(([token]) => token.includes('{') && !/^["'#]/.test(token))
    .map(({ 0: token, index }) => ({ range: [start + index, start + index + token.length], token }))
}

/** A value that is nothing but a name in braces is still YAML: a map with one empty key. */
const loneNames = (source: Source): Range[] => {
  const found: Range[] = []
  visit(source.document, {
    Map: (_, map) => {
      const [pair] = map.items
      const range = map.range
      if (!map.flow || map.items.length !== 1 || !range || !isScalar(pair?.key)) return
      const isEmpty = pair.value === null || (isScalar(pair.value) && pair.value.value === null)
      if (isEmpty && /^\{ ?(?:region|account|environment) ?\}$/.test(source.text.slice(range[0], range[1])))
        found.push([range[0], range[1]])
    },
  })
  return found
}

/** The first place where a name in braces breaks the text, if that is what is wrong with it. */
const firstIn = (source: Source): Range | undefined => {
  const [error] = source.document.errors
  if (error === undefined) return loneNames(source)[0]
  const [at] = error.pos
  const { line } = source.lines.linePos(at)
  return tokensIn(source, line).find(({ range: [start, end] }) => at >= start && at <= end)?.range
}

const problem = (source: Source, [start, end]: Range): LocatedDiagnostic => {
  const token = source.text.slice(start, end)
  return place(
    source,
    {
      code: 'PC111',
      path: [],
      message: `${token} has a brace but no quotes`,
      why: 'YAML reads the brace as the start of a map, not as text',
      remedy: `put it in quotes: "${token}"`,
    },
    [start, end],
  )
}

/** More would not be read by anybody. */
const MOST = 50

/** The text with every such value as it was meant, and a mistake for each. `read` parses; places stay what they were. */
export const withoutUnquotedBraces = (
  read: (text: string) => Source,
  written: Source,
): { readonly source: Source; readonly found: readonly LocatedDiagnostic[] } => {
  const found: LocatedDiagnostic[] = []
  let source = written
  for (let range = firstIn(source); range !== undefined && found.length < MOST; range = firstIn(source)) {
    const [start, end] = range
    found.push(problem(written, range))
    const masked = source.text.slice(start, end).replace(/[{}]/g, (brace) => BRACES[brace] ?? brace)
    source = read(source.text.slice(0, start) + masked + source.text.slice(end))
  }
  return { source: { ...source, text: written.text }, found }
}

/** What was read, with the braces back in place. */
export const withBraces = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/[\ue07b\ue07d]/g, (mask) => braces[mask] ?? mask)
  if (Array.isArray(value)) return value.map(withBraces)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [withBraces(key), withBraces(each)]))
}
