import {
  brief,
  exitCodeOf,
  report as reportText,
  sarif,
  templateBody,
  UnreadableTemplate,
  verify,
  visible,
  visibleJson,
  WrongDeclaration,
} from '../../verifier/index.ts'
import { codeOf, loadAssets } from './assets.ts'
import { bareFlags, declarationsOfFlags, type Flags } from './flags.ts'
import { painter } from './paint.ts'
import { type FileText, filesBeside, readStandardInput, readTemplateFile, templatesIn } from './template-files.ts'
import type { Terminal } from './terminal.ts'
import { unknownParameter } from './unknown-parameter.ts'
import { startWatchdog } from './watchdog.ts'

type Options = Flags & { readonly format: 'text' | 'json' | 'sarif'; readonly quiet?: boolean }

const unreadable = 3
const usage = 64
/** How `-` is called in a report: a name that no flag takes for a file. */
const standardInput = 'standard input'

/** 0 all claims proved; 1 one refuted; 2 none refuted but one undecided; 3 unreadable input; 64 wrong usage. */
export function verifyCommand(terminal: Terminal, paths: readonly string[], options: Options): number {
  const declarations = declarationsOfFlags(options)
  if ('wrong' in declarations) {
    complain(terminal, declarations.wrong)
    return usage
  }
  for (const flag of bareFlags(declarations))
    complain(
      terminal,
      `warning: ${flag} applies to every one, now and in the future; name one, such as ${nameOne(flag)}`,
    )
  const templates: { path: string; text: string }[] = []
  for (const path of new Set(paths)) {
    const found = path === '-' ? bodyOf(readStandardInput()) : readTemplateFile(terminal.folder, path)
    const name = path === '-' ? standardInput : path
    if ('problem' in found) {
      complain(
        terminal,
        `${name} cannot be read: ${found.problem}`,
        `   ${insteadOf(path === '-' ? [] : templatesIn(terminal.folder, path))}`,
      )
      return unreadable
    }
    templates.push({ path: name, text: found.text })
  }
  try {
    const wrong = unknownParameter(declarations.parameters.keys(), templates)
    if (wrong !== undefined) {
      complain(
        terminal,
        `no template has a parameter ${wrong}`,
        '   --parameter takes only parameters of the given templates',
      )
      return usage
    }
    const report = verify({
      templates,
      readFile: filesBeside(
        terminal.folder,
        paths.filter((path) => path !== '-'),
      ),
      declarations,
      ownFunctions: codeOf(loadAssets()),
      watchdog: startWatchdog(),
    })
    for (const flag of report.unused) complain(terminal, `warning: ${flag} was not needed for any claim`)
    terminal.out(
      options.format === 'json'
        ? `${visibleJson(report)}\n`
        : options.format === 'sarif'
          ? sarif(report, terminal.version)
          : (options.quiet ? brief : reportText)(report, painter(terminal)),
    )
    return exitCodeOf(report)
  } catch (error) {
    if (error instanceof WrongDeclaration) {
      complain(terminal, error.message)
      return usage
    }
    if (!(error instanceof UnreadableTemplate)) throw error
    complain(terminal, `${error.file}:${error.line}:${error.column}: ${error.message}`)
    return unreadable
  }
}

/** How many templates of a folder a message names. */
const most = 5

const insteadOf = (templates: readonly string[]): string =>
  templates.length === 0
    ? 'give the path of a CloudFormation or SAM template of at most 2 MiB, or - for standard input'
    : `name the templates in it that are deployed together: portcullis verify ${templates.slice(0, most).map(quoted).join(' ')}${templates.length > most ? ' ...' : ''}`

const quoted = (path: string): string => (/^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)

const nameOne = (flag: string): string =>
  flag.startsWith('--open-route') ? `--open-route API:${flag.slice('--open-route '.length)}` : `${flag}:NAME`

/** Each line stays one, whatever a name in it holds. */
function complain({ err }: Terminal, ...lines: readonly string[]): void {
  err(lines.map((line) => `${visible(line)}\n`).join(''))
}

/** A template, or what `aws cloudformation get-template` prints of it. */
const bodyOf = (found: FileText): FileText =>
  'text' in found ? { text: templateBody(found.text) ?? found.text } : found
