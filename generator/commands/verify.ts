import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type Declarations,
  type Door,
  doors,
  exitCodeOf,
  parameterNames,
  report as reportText,
  sarif,
  UnreadableTemplate,
  verify,
} from '../../verifier/index.ts'
import type { Assets } from '../packagings/assets.ts'
import { loadAssets } from './assets.ts'
import { painter } from './paint.ts'
import type { Terminal } from './terminal.ts'

type Options = {
  readonly parameter?: readonly string[]
  readonly openRoute?: readonly string[]
  readonly allow?: readonly string[]
  readonly assume?: readonly string[]
  readonly format: 'text' | 'json' | 'sarif'
}

const unreadable = 3
const usage = 64
/** Bytes. A template beyond 1 MB is refused by CloudFormation. */
const largestFile = 2 * 1024 * 1024

/** 0 all claims proved; 1 one refuted; 2 none refuted but one undecided; 3 unreadable input; 64 wrong usage. */
export function verifyCommand(terminal: Terminal, paths: readonly string[], options: Options): number {
  const declarations = parse(options)
  if (typeof declarations === 'string') {
    terminal.err(`${declarations}\n`)
    return usage
  }
  const templates: { path: string; text: string }[] = []
  for (const path of new Set(paths)) {
    const text = read(terminal, path)
    if (text === undefined) {
      terminal.err(`${path} cannot be read\n   give the path of a CloudFormation or SAM template of at most 2 MB\n`)
      return unreadable
    }
    templates.push({ path, text })
  }
  try {
    const wrong = unknownParameter(declarations, templates)
    if (wrong !== undefined) {
      terminal.err(
        `no template has a parameter ${wrong}\n   --parameter takes the parameters of the templates that are given\n`,
      )
      return usage
    }
    const report = verify({
      templates,
      readFile: (path) => read(terminal, path),
      declarations,
      ownFunctions: hashesOf(loadAssets()),
    })
    terminal.out(
      options.format === 'json'
        ? `${JSON.stringify(report, null, 2)}\n`
        : options.format === 'sarif'
          ? sarif(report, terminal.version)
          : reportText(report, painter(terminal)),
    )
    return exitCodeOf(report)
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error
    terminal.err(`${error.file}:${error.line}:${error.column}: ${error.message}\n`)
    return unreadable
  }
}

/** SHA-256 of the functions that this version ships, in both forms. */
export const hashesOf = ({ waiter, writer }: Assets): ReadonlySet<string> =>
  new Set(
    [waiter.readable, waiter.inline, writer.readable, writer.inline].map((code) =>
      createHash('sha256').update(code).digest('hex'),
    ),
  )

function read({ folder }: Terminal, path: string): string | undefined {
  try {
    const file = resolve(folder, path)
    const { size } = statSync(file)
    return size > largestFile ? undefined : readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function unknownParameter(
  declarations: Declarations,
  templates: readonly { path: string; text: string }[],
): string | undefined {
  const given = [...(declarations.parameters ?? new Map()).keys()].filter((name) => !name.startsWith('AWS::'))
  if (given.length === 0) return undefined
  const names = new Set(templates.flatMap(({ path, text }) => parameterNames(path, text)))
  return given.find((name) => !names.has(name))
}

export const facets = ['ingress', 'egress', 'routes', 'covers', 'value']

/** The flags as declarations, or what is wrong with them. */
function parse({ parameter = [], openRoute = [], allow = [], assume = [] }: Options): Declarations | string {
  const parameters = new Map<string, string>()
  for (const each of parameter) {
    const equals = each.indexOf('=')
    if (equals < 1) return `--parameter ${each}: write NAME=VALUE`
    parameters.set(each.slice(0, equals), each.slice(equals + 1))
  }
  const wrongDoor = allow.find((each) => !(doors as readonly string[]).includes(each))
  if (wrongDoor !== undefined) return `--allow ${wrongDoor}: choose one of ${doors.join(', ')}`
  const facts: { name: string; facet: string; value: string }[] = []
  for (const each of assume) {
    const equals = each.indexOf('=')
    const dot = each.lastIndexOf('.', equals)
    const [name, facet, value] = [each.slice(0, dot), each.slice(dot + 1, equals), each.slice(equals + 1)]
    if (equals < 1 || dot < 1 || value === '') return `--assume ${each}: write NAME.FACET=VALUE`
    if (!facets.includes(facet)) return `--assume ${each}: the facet is one of ${facets.join(', ')}`
    if (['ingress', 'egress', 'routes'].includes(facet) && value !== 'none')
      return `--assume ${each}: of ${facet}, only "none" can be assumed`
    facts.push({ name, facet, value })
  }
  return { parameters, openRoutes: openRoute, allow: allow as Door[], assume: facts }
}
