import { LineCounter, parseDocument } from 'yaml'
import type { LocatedDiagnostic } from '../errors/located.ts'
import { PortcullisError } from '../errors/portcullis-error.ts'
import { diagnosticsOf } from './issues.ts'
import { locate, place, type Source } from './positions.ts'
import { type Config, configSchema } from './schema/index.ts'
import { withBraces, withoutUnquotedBraces } from './unquoted-braces.ts'
import { nodeProblems, syntaxProblems } from './yaml-problems.ts'

const readSource = (plain: string, file: string): Source => {
  const lines = new LineCounter()
  const document = parseDocument(plain, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  })
  return { file, text: plain, document, lines }
}

const nothingToRead = (source: Source): LocatedDiagnostic | undefined => {
  const contents: unknown = source.document.toJS()
  if (typeof contents === 'object' && contents !== null && !Array.isArray(contents)) return undefined
  const empty = contents === null || contents === undefined
  return place(
    source,
    {
      code: 'PC109',
      path: [],
      message: empty
        ? 'the file is empty'
        : `the file holds ${Array.isArray(contents) ? 'a list' : 'a single value'} instead of keys`,
      remedy: 'start with name: orders, or let `portcullis init` write a config',
    },
    [0, 0],
  )
}

/** Of two mistakes at one place the more basic one explains the other. */
const withoutEchoes = (
  basic: readonly LocatedDiagnostic[],
  found: readonly LocatedDiagnostic[],
): LocatedDiagnostic[] => {
  const taken = new Set(basic.map(({ line, column }) => `${line}:${column}`))
  return [...basic, ...found.filter(({ line, column }) => !taken.has(`${line}:${column}`))]
}

/** YAML text -> Config, or every mistake at once. */
export const parse = (text: string, file: string): { readonly config: Config; readonly source: Source } => {
  const read = (plain: string): Source => readSource(plain, file)
  const { source, found } = withoutUnquotedBraces(read, read(text.replace(/^\ufeff/, '')))
  const syntax = syntaxProblems(source)
  if (syntax.length > 0) throw new PortcullisError([...found, ...syntax])
  const nodes = [...found, ...nodeProblems(source)]
  if (nodes.some(({ code }) => code === 'PC108')) throw new PortcullisError(nodes)
  const nothing = nothingToRead(source)
  if (nothing !== undefined) throw new PortcullisError([nothing])
  const parsed = configSchema.safeParse(
    found.length > 0 ? withBraces(source.document.toJS()) : source.document.toJS(),
    { reportInput: true, jitless: true },
  )
  const schema = parsed.success
    ? []
    : diagnosticsOf(parsed.error.issues).map((diagnostic) => locate(source, diagnostic))
  if (!parsed.success || nodes.length > 0) throw new PortcullisError(withoutEchoes(nodes, schema))
  return { config: parsed.data, source }
}
