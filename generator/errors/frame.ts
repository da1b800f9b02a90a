import { byPosition, type LocatedDiagnostic } from './located.ts'

const WIDTH = 140

/** Control characters could move the cursor or colour the terminal; a config must not be able to. */
const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')

/** A long line is shown from shortly before the mistake. */
const excerpt = (line: string, column: number): { text: string; offset: number } => {
  if (line.length <= WIDTH) return { text: line, offset: column - 1 }
  const start = Math.max(0, Math.min(column - 1 - 20, line.length - WIDTH))
  return { text: line.slice(start, start + WIDTH), offset: column - 1 - start }
}

const frameOne = (diagnostic: LocatedDiagnostic): string => {
  const { file, line, column, code, severity, message, why, remedy } = diagnostic
  const { text, offset } = excerpt(diagnostic.sourceLine, column)
  const gutter = `${String(line).padStart(5)} | `
  const indent = text.slice(0, offset).replace(/[^\t]/g, ' ')
  const carets = '^'.repeat(Math.max(1, Math.min(diagnostic.length, text.length - offset)))
  return [
    `${file}:${line}:${column}  ${code}  ${severity === undefined ? '' : `${severity}: `}${visible(message)}`,
    `${gutter}${visible(text)}`,
    `${' '.repeat(gutter.length)}${indent}${carets}`,
    ...[why, remedy].filter((part) => part !== undefined).map((part) => `  ${visible(part)}`),
  ].join('\n')
}

/** All problems as a person reads them, sorted by position. */
export const frame = (diagnostics: readonly LocatedDiagnostic[]): string =>
  [...diagnostics].sort(byPosition).map(frameOne).join('\n\n')
