/** The way of one request through templates, or a table of expectations against them. */
import {
  type Expectation,
  forkText,
  fromOf,
  headerOf,
  hostRemedy,
  isHostName,
  judged,
  outcomeText,
  type Request,
  requestOf,
  requestRemedy,
  type Trace,
  trace,
  traceText,
  UnreadableTemplate,
  visibleJson,
  visibleTexts,
  WrongDeclaration,
} from '../../verifier/index.ts'
import { codeOf, loadAssets } from './assets.ts'
import { complain } from './complain.ts'
import { configuredTemplates } from './configured-templates.ts'
import { declarationsOfFlags } from './flags.ts'
import { givenTemplates } from './given-templates.ts'
import { painter } from './paint.ts'
import { readTemplateFile } from './template-files.ts'
import type { Terminal } from './terminal.ts'
import { type Row, tableOf } from './trace-table.ts'
import { unknownParameter } from './unknown-parameter.ts'
import { startWatchdog } from './watchdog.ts'

type Options = {
  readonly host?: string
  readonly header?: readonly string[]
  readonly from?: string
  readonly parameter?: readonly string[]
  readonly table?: string
  readonly format: 'text' | 'json'
}

const command = 'portcullis trace REQUEST'
const code = { done: 0, wrong: 1, open: 2, unreadable: 3, usage: 64 } as const

type Follow = (request: Request, from?: Row['from']) => Trace

/**
 * 0 the way is known, or all expectations are met; 1 one is not met, or the config is wrong; 2 not all is known, or
 * another value of a parameter changes it; 3 unreadable template; 64 wrong usage.
 */
export function traceCommand(
  terminal: Terminal,
  line: string | undefined,
  templates: readonly string[],
  options: Options,
): number {
  const wrong = (...lines: readonly string[]): number => {
    complain(terminal, ...lines)
    return code.usage
  }
  if (options.table === undefined) {
    const asked = requested(line, options)
    if ('wrong' in asked) return wrong(asked.wrong)
    return followed(terminal, templates, options, (follow) => one(terminal, options, follow(asked.request, asked.from)))
  }
  if (options.header !== undefined || options.from !== undefined || options.host !== undefined)
    return wrong('--table: the table says host, headers and from of each request')
  if (line !== undefined && requestOf(line)) return wrong(`--table: the table holds the requests; leave out "${line}"`)
  const file = readTemplateFile(terminal.folder, options.table)
  if ('problem' in file) return wrong(`${options.table} cannot be read: ${file.problem}`)
  const rows = tableOf(file.text)
  if ('wrong' in rows) return wrong(`${options.table}:${rows.line}: ${rows.wrong}`)
  const all = line === undefined ? templates : [line, ...templates]
  return followed(terminal, all, options, (follow) => table(terminal, options, rows, follow))
}

function requested(
  line: string | undefined,
  { header = [], host, from: written }: Options,
): { readonly request: Request; readonly from?: Row['from'] } | { readonly wrong: string } {
  if (line === undefined) return { wrong: 'name a request, such as "GET /orders/17", or a table with --table' }
  const headers = new Map<string, string>()
  for (const text of header) {
    const read = headerOf(text)
    if (!read) return { wrong: `--header ${text}: write NAME:VALUE` }
    headers.set(...read)
  }
  const request = requestOf(line, headers, host)
  if (!request) return { wrong: `${line}: ${requestRemedy(line)}` }
  if (host !== undefined && !isHostName(host)) return { wrong: `--host ${host}: ${hostRemedy}` }
  if (written === undefined) return { request }
  const from = fromOf(written)
  return from === undefined ? { wrong: `--from ${written}: write internet, vpc or an address` } : { request, from }
}

/** With the templates, or with what the config gives where none is named. */
function followed(
  terminal: Terminal,
  paths: readonly string[],
  options: Options,
  print: (follow: Follow) => number,
): number {
  const declared = declarationsOfFlags(options.parameter === undefined ? {} : { parameter: options.parameter })
  if ('wrong' in declared) {
    complain(terminal, declared.wrong)
    return code.usage
  }
  const given = paths.length > 0 ? givenTemplates(terminal, paths, command) : configuredTemplates(terminal, command)
  if (!given) return paths.length > 0 ? code.unreadable : code.wrong
  try {
    const unknown = unknownParameter(declared.parameters.keys(), given.templates)
    if (unknown !== undefined) {
      complain(terminal, `no template has a parameter ${unknown}`)
      return code.usage
    }
    const parameters = new Map([...(given.declarations?.parameters ?? []), ...declared.parameters])
    const declarations = { ...given.declarations, parameters }
    const ownFunctions = codeOf(loadAssets())
    const now = Date.now() / 1000
    return print((request, from) =>
      trace({
        templates: given.templates,
        readFile: given.readFile,
        declarations,
        ownFunctions,
        watchdog: startWatchdog(),
        request,
        now,
        ...(from === undefined ? {} : { from }),
      }),
    )
  } catch (error) {
    if (error instanceof WrongDeclaration) {
      complain(terminal, error.message)
      return code.usage
    }
    if (!(error instanceof UnreadableTemplate)) throw error
    complain(terminal, `${error.file}:${error.line}:${error.column}: ${error.message}`)
    return code.unreadable
  }
}

function one(terminal: Terminal, { format }: Options, found: Trace): number {
  terminal.out(format === 'json' ? `${visibleJson(found)}\n` : traceText(found, painter(terminal)))
  const isOpen = found.forks.length > 0 || found.ways.some(({ outcome }) => outcome.is === 'unknown')
  return isOpen ? code.open : code.done
}

function table(terminal: Terminal, { format }: Options, rows: readonly Row[], follow: Follow): number {
  const paint = painter(terminal)
  const answers = rows.map((row) => {
    const found = follow(row.request, row.from)
    return { row, found, verdict: judged(row.expected, found) }
  })
  const colours = { met: 'green', 'not met': 'red', 'not known': 'yellow' } as const
  if (format === 'json')
    terminal.out(
      `${visibleJson({
        version: 1,
        rows: answers.map(({ row, found: { request, ways, forks }, verdict }) => ({
          line: row.line,
          request,
          expected: row.expected,
          verdict,
          ways: ways.map(({ to, outcome }) => ({ to, outcome })),
          forks,
        })),
      })}\n`,
    )
  else
    for (const { row, found, verdict } of answers) {
      const { ways, forks } = visibleTexts(found)
      terminal.out(
        [
          `${paint(verdict.padEnd(9), colours[verdict])}  ${visibleTexts(row.text)}  ${shown(visibleTexts(row.expected))}`,
          ...(verdict === 'met'
            ? []
            : [
                ...ways.map(({ to, outcome }) => `           ${to}: ${outcomeText(outcome)}`),
                ...forks.map(({ when }) => `           ${forkText(when)}`),
              ]),
          '',
        ].join('\n'),
      )
    }
  const verdicts = answers.map(({ verdict }) => verdict)
  return verdicts.includes('not met') ? code.wrong : verdicts.includes('not known') ? code.open : code.done
}

const shown = ({ status, target, stop }: Expectation): string =>
  [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(target === undefined ? [] : [`target ${target}`]),
    ...(stop === undefined ? [] : [`stopped by ${stop}`]),
  ].join(', ')
