/** A text that is made of templates, of those that are named or of what the config gives, and where it goes. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  noDeclarations,
  together,
  UnreadableTemplate,
  type VerifyInput,
  WrongDeclaration,
} from '../../verifier/index.ts'
import { fileErrorOf } from '../errors/file-error.ts'
import { codeOf, loadAssets } from './assets.ts'
import { complain } from './complain.ts'
import { configuredTemplates } from './configured-templates.ts'
import { declarationsOfFlags, type Flags } from './flags.ts'
import { givenTemplates } from './given-templates.ts'
import type { Terminal } from './terminal.ts'
import { unknownParameter } from './unknown-parameter.ts'
import { startWatchdog } from './watchdog.ts'

export type FromTemplates = Flags & { readonly out?: string }

const code = { done: 0, wrong: 1, unreadable: 3, usage: 64 } as const

/** 0 done; 1 the config is wrong; 3 a template cannot be read; 64 wrong usage. Throws FileError. */
export function fromTemplates(
  terminal: Terminal,
  paths: readonly string[],
  options: FromTemplates,
  command: string,
  make: (input: VerifyInput) => string,
): number {
  const declared = declarationsOfFlags(options)
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
    const text = make({
      templates: given.templates,
      readFile: given.readFile,
      declarations: together({ ...noDeclarations, ...given.declarations }, declared),
      ownFunctions: codeOf(loadAssets()),
      watchdog: startWatchdog(),
    })
    if (options.out === undefined) terminal.out(text)
    else write(resolve(terminal.folder, options.out), text)
    return code.done
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

/** Throws FileError. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw fileErrorOf(error, 'written', file) ?? error
  }
}
