import { dirname, relative, resolve } from 'node:path'
import { isPlaceholder } from '../config/placeholders.ts'
import { settingOf } from '../config/settings.ts'
import { frame } from '../errors/frame.ts'
import { PortcullisError } from '../errors/portcullis-error.ts'
import { generate } from '../generate.ts'
import { layers } from '../layers/index.ts'
import { applicationIn } from '../output/application.ts'
import { editedByHand } from '../output/edited-by-hand.ts'
import { published } from '../output/published.ts'
import { summary } from '../output/summary.ts'
import { type Change, compare, write } from '../output/write-files.ts'
import type { Format } from '../packagings/printed.ts'
import { parseConfig } from '../read.ts'
import { withinLimits } from '../within-limits.ts'
import { codeOf, loadAssets } from './assets.ts'
import { besideConfig, readConfigFile } from './config-file.ts'
import type { Terminal } from './terminal.ts'
import { judge, platformFiles, verdictLines } from './verdict.ts'

type Options = {
  readonly out?: string
  readonly check: boolean
  readonly format: Format
  readonly set?: readonly string[]
  readonly allowPlaceholders: boolean
  /** Only what is wrong is printed. */
  readonly quiet?: boolean
}

/**
 * 0 done; 2 files are written but a claim on them is not proved; 1 the config is wrong, a file is in the way, or `--check` found a difference; 64 a `--set` that is none.
 * Nothing is half-written. Throws FileError.
 */
export function generateCommand(terminal: Terminal, file: string, options: Options): number {
  const settings = (options.set ?? []).map((argument) => ({ argument, setting: settingOf(argument) }))
  const malformed = settings.find(({ setting }) => setting === undefined)
  if (malformed) {
    terminal.err(`--set ${malformed.argument}: write PATH=VALUE, such as services.orders.image=registry/orders:1.4.3\n`)
    return 64
  }
  const text = readConfigFile(terminal.folder, file)
  try {
    const folder = resolve(terminal.folder, options.out ?? dirname(file))
    const shown = relative(terminal.folder, folder) || '.'
    const earlier = published(folder)
    if (earlier?.versions === 'unreadable') {
      terminal.err(
        `${earlier.record} in ${shown} is damaged, so the published versions of the product are not known\n   restore it from version control, or delete it if nothing was ever published from it\n`,
      )
      return 1
    }
    const read = parseConfig(
      text,
      file,
      earlier && { ...earlier, versions: earlier.versions },
      settings.flatMap(({ setting }) => setting ?? []),
      besideConfig(terminal.folder, file),
    )
    const { model, placeholders, warnings } = read
    if (warnings.length > 0) terminal.err(`${frame(warnings)}\n`)
    const owner = applicationIn(folder)
    if (owner !== undefined && owner !== model.name && !isPlaceholder(owner)) {
      terminal.err(otherApplication(shown, owner, model.name))
      return 1
    }
    const assets = loadAssets()
    const architecture = layers(model)
    const files = withinLimits(read, () => generate(model, assets, options.format, architecture))
    const changes = compare(folder, files)
    const foreign = changes.filter(({ kind }) => kind === 'foreign')
    if (foreign.length > 0) {
      terminal.err(
        `not written by Portcullis, so not overwritten: ${foreign.map(({ path }) => path).join(', ')} in ${shown}\n   move them away, or choose another folder with --out\n`,
      )
      return 1
    }
    const edits = editedByHand(folder, files, changes)
    if (options.check) {
      const code = checked(options.quiet ? { ...terminal, out: () => {} } : terminal, changes, shown, edits)
      if (placeholders.length === 0 || options.allowPlaceholders) return code
      throw new PortcullisError(placeholders)
    }
    write(folder, files, changes)
    if (edits.length > 0)
      terminal.err(
        `edited by hand, and now as the config says again; the edit (-), and what is generated (+):\n${edits.join('')}   to keep an edit, make it in the config\n`,
      )
    const judged = judge(model, files, codeOf(assets), platformFiles(model, assets))
    const verdict = verdictLines(judged)
    const proved = judged.every(({ report }) => report.verdict === 'proved')
    if (!options.quiet)
      terminal.out(summary({ model, layers: architecture, files, changes, folder: shown, verdict, placeholders }))
    else if (!proved) terminal.out(`${verdict.join('\n')}\n`)
    return proved ? 0 : 2
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    terminal.err(`${error.message}\n`)
    return 1
  }
}

const otherApplication = (shown: string, owner: string, name: string): string =>
  `the files below ${shown} belong to the application "${owner}", but the config is for "${name}", so nothing was written\n   give each application a folder of its own: --out ${name}; if it was renamed, which creates new stacks, delete templates/ and samconfig.toml there first\n`

function checked(terminal: Terminal, changes: readonly Change[], shown: string, edits: readonly string[]): number {
  if (changes.length === 0) {
    terminal.out(`the generated files below ${shown} are up to date (compared, not proved: verify proves them)\n`)
    return 0
  }
  const word = { new: 'missing', changed: 'differs', orphan: 'no longer generated', foreign: 'not ours' }
  const lines = changes.map(
    ({ path, kind, edited }) => `${path}: ${word[kind]}${edited ? ', because it was edited by hand' : ''}\n`,
  )
  terminal.err(
    `${lines.join('')}${edits.length > 0 ? `\nwhat is on disk (-), and what is generated (+):\n${edits.join('')}` : ''}   portcullis generate brings them up to date${edits.length > 0 ? '; to keep an edit, make it in the config' : ''}\n`,
  )
  return 1
}
