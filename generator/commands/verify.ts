import {
  brief,
  exitCodeOf,
  report as reportText,
  sarif,
  UnreadableTemplate,
  verify,
  visibleJson,
  WrongDeclaration,
} from '../../verifier/index.ts'
import { codeOf, loadAssets } from './assets.ts'
import { complain, warnOfBareFlags } from './complain.ts'
import { declarationsOfFlags, type Flags } from './flags.ts'
import { givenTemplates } from './given-templates.ts'
import { painter } from './paint.ts'
import type { Terminal } from './terminal.ts'
import { unknownParameter } from './unknown-parameter.ts'
import { startWatchdog } from './watchdog.ts'

type Options = Flags & { readonly format: 'text' | 'json' | 'sarif'; readonly quiet?: boolean }

const unreadable = 3
const usage = 64
/** 0 all claims proved; 1 one refuted; 2 none refuted but one undecided; 3 unreadable input; 64 wrong usage. */
export function verifyCommand(terminal: Terminal, paths: readonly string[], options: Options): number {
  const declarations = declarationsOfFlags(options)
  if ('wrong' in declarations) {
    complain(terminal, declarations.wrong)
    return usage
  }
  warnOfBareFlags(terminal, declarations)
  const given = givenTemplates(terminal, paths, 'portcullis verify')
  if (!given) return unreadable
  try {
    const wrong = unknownParameter(declarations.parameters.keys(), given.templates)
    if (wrong !== undefined) {
      complain(
        terminal,
        `no template has a parameter ${wrong}`,
        '   --parameter takes only parameters of the given templates',
      )
      return usage
    }
    const report = verify({
      ...given,
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
