/** A script that the build left in a folder, in the compiled form that lies beside it where this V8 takes that. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

type Module = { exports: unknown }
type Wrapped = (module: Module, require: NodeJS.Require, filename: string, folder: string) => void

/** V8 takes the compiled form of its own version only. */
export const compiledForm = (file: string): string => `${file}.${process.versions.v8}-${process.arch}.compiled`

/**
 * V8 passes over a compiled form that is of another script or of other flags,
 * https://nodejs.org/api/vm.html#new-vmscriptcode-options
 */
export function load(file: string): { readonly script: Script; readonly exports: unknown } {
  const text = `(function (module, require, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`
  const compiled = compiledForm(file)
  const cachedData = existsSync(compiled) ? { cachedData: readFileSync(compiled) } : {}
  const script = new Script(text, { filename: file, ...cachedData })
  const module: Module = { exports: {} }
  const run = script.runInThisContext() as Wrapped
  run(module, createRequire(file), file, dirname(file))
  return { script, exports: module.exports }
}
