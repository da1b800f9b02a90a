import { LineCounter, parseDocument } from 'yaml'
import type { Diagnostic } from '../errors/diagnostic.ts'
import type { LocatedDiagnostic } from '../errors/located.ts'
import { PortcullisError } from '../errors/portcullis-error.ts'
import { diagnosticsOf } from './issues.ts'
import { placeholdersIn } from './placeholders.ts'
import { locate as locateInFile, place, type Source } from './positions.ts'
import { type Config, configSchema } from './schema/index.ts'
import { locateIn, type Setting, withSettings } from './settings.ts'
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
        : `the file contains ${Array.isArray(contents) ? 'a list' : 'a single value'} instead of keys`,
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
  const taken = new Set(basic.map(({ file, line, column }) => `${file}:${line}:${column}`))
  return [...basic, ...found.filter(({ file, line, column }) => !taken.has(`${file}:${line}:${column}`))]
}

export type Parsed = {
  readonly config: Config
  /** What `init` wrote and nobody has replaced. */
  readonly placeholders: readonly LocatedDiagnostic[]
  /** Where a mistake is: in the file, or on the command line. */
  readonly locate: (diagnostic: Diagnostic) => LocatedDiagnostic
}

/** YAML text and the values of `--set` -> Config, or every mistake at once. */
export const parse = (text: string, file: string, settings: readonly Setting[] = []): Parsed => {
  const read = (plain: string): Source => readSource(plain, file)
  const { source, found } = withoutUnquotedBraces(read, read(text.replace(/^\ufeff/, '')))
  const syntax = syntaxProblems(source)
  if (syntax.length > 0) throw new PortcullisError([...found, ...syntax])
  const nodes = [...found, ...nodeProblems(source)]
  if (nodes.some(({ code }) => code === 'PC108')) throw new PortcullisError(nodes)
  const nothing = nothingToRead(source)
  if (nothing !== undefined) throw new PortcullisError([nothing])
  const plain = found.length > 0 ? withBraces(source.document.toJS()) : source.document.toJS()
  const written = withSettings(plain, settings)
  const locate = (diagnostic: Diagnostic): LocatedDiagnostic =>
    locateIn(settings, diagnostic) ?? locateInFile(source, diagnostic)
  const parsed = configSchema.safeParse(written.config, { reportInput: true, jitless: true })
  const basic = [...nodes, ...written.wrong.map(locate)]
  const schema = parsed.success ? [] : diagnosticsOf(parsed.error.issues).map(locate)
  if (!parsed.success || basic.length > 0) throw new PortcullisError(withoutEchoes(basic, schema))
  return { config: parsed.data, placeholders: placeholdersIn(written.config).map(locate), locate }
}
