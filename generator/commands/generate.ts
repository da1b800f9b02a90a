import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { PortcullisError } from '../errors/portcullis-error.ts'
import { generate } from '../generate.ts'
import { layers } from '../layers/index.ts'
import { published } from '../output/published.ts'
import { summary } from '../output/summary.ts'
import { type Change, compare, write } from '../output/write-files.ts'
import type { Format } from '../packagings/printed.ts'
import { parseConfig } from '../read.ts'
import { codeOf, loadAssets } from './assets.ts'
import type { Terminal } from './terminal.ts'
import { judge, verdictLines } from './verdict.ts'

type Options = { readonly out?: string; readonly check: boolean; readonly format: Format }

/** 0 done; 1 the config is wrong, a file is in the way, or `--check` found a difference. Nothing is half-written. */
export function generateCommand(terminal: Terminal, file: string, options: Options): number {
  const source = resolve(terminal.folder, file)
  if (!existsSync(source)) {
    terminal.err(
      `there is no ${file} here\n   portcullis init writes one to start from; another config is named as the argument\n`,
    )
    return 1
  }
  try {
    const folder = resolve(terminal.folder, options.out ?? dirname(file))
    const shown = relative(terminal.folder, folder) || '.'
    const earlier = published(folder)
    if (earlier?.versions === 'unreadable') {
      terminal.err(
        `${earlier.record} in ${shown} is damaged, so it is not known which versions of the product are published\n   restore it from version control, or delete it if nothing was ever published from it\n`,
      )
      return 1
    }
    const { model } = parseConfig(
      readFileSync(source, 'utf8'),
      file,
      earlier && { ...earlier, versions: earlier.versions },
    )
    const assets = loadAssets()
    const architecture = layers(model)
    const files = generate(model, assets, options.format, architecture)
    const changes = compare(folder, files)
    const foreign = changes.filter(({ kind }) => kind === 'foreign')
    if (foreign.length > 0) {
      terminal.err(
        `not written by Portcullis, so not overwritten: ${foreign.map(({ path }) => path).join(', ')} in ${shown}\n   move them away, or choose another folder with --out\n`,
      )
      return 1
    }
    if (options.check) return checked(terminal, changes, shown)
    write(folder, files, changes)
    const verdict = verdictLines(judge(model, files, codeOf(assets)))
    terminal.out(summary(model, architecture, files, changes, shown, verdict))
    return 0
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    terminal.err(`${error.message}\n`)
    return 1
  }
}

function checked(terminal: Terminal, changes: readonly Change[], shown: string): number {
  if (changes.length === 0) {
    terminal.out(`the generated files below ${shown} are up to date\n`)
    return 0
  }
  const word = { new: 'missing', changed: 'differs', orphan: 'no longer generated', foreign: 'not ours' }
  terminal.err(
    `${changes.map(({ path, kind }) => `${path}: ${word[kind]}\n`).join('')}   portcullis generate brings them up to date\n`,
  )
  return 1
}
