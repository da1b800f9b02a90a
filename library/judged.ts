import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOfFlags } from '../generator/commands/flags.ts'
import { unknownParameter } from '../generator/commands/unknown-parameter.ts'
import { startWatchdog } from '../generator/commands/watchdog.ts'
import { type VerifyInput, WrongDeclaration as Wrong } from '../verifier/index.ts'
import { functions } from './functions.ts'
import type { Template, VerifyOptions } from './verify.ts'
import { WrongDeclaration } from './wrong-declaration.ts'

const seconds = 10
const megabytes = 500

/** Asks about templates, with options that are checked as the commands check their flags. Throws WrongDeclaration. */
export function judged<T>(templates: readonly Template[], options: VerifyOptions, ask: (input: VerifyInput) => T): T {
  const { readFile = () => undefined, parameters = {}, openRoutes = [], allow = [], assume = [] } = options
  const declarations = declarationsOfFlags({
    parameter: Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
    openRoute: openRoutes,
    allow,
    assume,
  })
  if ('wrong' in declarations) throw new WrongDeclaration(declarations.wrong)
  const unknown = unknownParameter(Object.keys(parameters), templates)
  if (unknown !== undefined) throw new WrongDeclaration(`no template has a parameter ${unknown}`)
  try {
    return ask({
      templates,
      readFile,
      declarations,
      ownFunctions: codeOf(functions()),
      watchdog: startWatchdog({
        milliseconds: seconds * 1000,
        bytes: process.memoryUsage.rss() + megabytes * 1024 * 1024,
      }),
    })
  } catch (error) {
    if (error instanceof Wrong) throw new WrongDeclaration(error.message)
    throw error
  }
}
