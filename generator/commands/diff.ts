import {
  diff,
  exitCodeOfUpdate,
  UnreadableTemplate,
  type Update,
  updateMarkdown,
  updateText,
  visibleJson,
  WrongDeclaration,
} from '../../verifier/index.ts'
import { codeOf, loadAssets } from './assets.ts'
import { complain, warnOfBareFlags } from './complain.ts'
import { declaredBy } from './configured-templates.ts'
import { declarationsOfFlags, type Flags } from './flags.ts'
import { painter } from './paint.ts'
import { templateSides } from './template-sides.ts'
import type { Terminal } from './terminal.ts'
import { unknownParameter } from './unknown-parameter.ts'
import { startWatchdog } from './watchdog.ts'

type Options = Flags & {
  readonly format: 'text' | 'json' | 'markdown'
  readonly failOn?: 'replacement'
}

const unreadable = 3
const usage = 64

/** 0 nothing is opened; 1 something is, or is replaced under `--fail-on`; 2 it may be; 3 unreadable; 64 wrong usage. */
export function diffCommand(terminal: Terminal, before: string, after: string, options: Options): number {
  const declarations = declarationsOfFlags(options)
  if ('wrong' in declarations) {
    complain(terminal, declarations.wrong)
    return usage
  }
  warnOfBareFlags(terminal, declarations)
  const sides = templateSides(terminal.folder, before, after)
  if ('problem' in sides) {
    complain(
      terminal,
      `${sides.name} cannot be read: ${sides.problem}`,
      '   give a template, a folder with templates/template.yaml, a git ref, or - for standard input',
    )
    return unreadable
  }
  try {
    const wrong = unknownParameter(declarations.parameters.keys(), [
      ...sides.before.templates.map(({ path, text }) => ({ path: sides.before.nameOf(path), text })),
      ...sides.after.templates,
    ])
    if (wrong !== undefined) {
      complain(
        terminal,
        `no template has a parameter ${wrong}`,
        '   --parameter takes only parameters of the given templates',
      )
      return usage
    }
    const update = diff({
      before: { ...sides.before, ...declaredBy(terminal, sides.before.config) },
      after: { ...sides.after, ...declaredBy(terminal, sides.after.config) },
      declarations,
      ownFunctions: codeOf(loadAssets()),
      watchdog: startWatchdog(),
    })
    terminal.out(printed(update, options.format, terminal))
    return exitCodeOfUpdate(update, options.failOn)
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

const printed = (update: Update, format: Options['format'], terminal: Terminal): string =>
  format === 'json'
    ? `${visibleJson(update)}\n`
    : format === 'markdown'
      ? updateMarkdown(update)
      : updateText(update, painter(terminal))
