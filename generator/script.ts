/** Scripts that the build left in one folder, in the compiled form next to each, if this V8 accepts it. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'

type Module = { exports: unknown }
type Wrapped = (module: Module, require: (name: string) => unknown, filename: string, folder: string) => void

/** V8 takes the compiled form of its own version only. */
export const compiledForm = (file: string): string => `${file}.${process.versions.v8}-${process.arch}.compiled`

/**
 * Gives what a script exports, by its name; scripts require each other as `./NAME.js`. V8 passes over a compiled form
 * that is of another script or of other flags, https://nodejs.org/api/vm.html#new-vmscriptcode-options
 */
export function scripts(folder: string, seen = new Map<string, Script>()): (name: string) => unknown {
  const modules = new Map<string, Module>()
  const required = createRequire(join(folder, 'package.json'))

  function load(name: string): unknown {
    const before = modules.get(name)
    if (before) return before.exports
    const file = join(folder, `${name}.js`)
    const text = `(function (module, require, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`
    const compiled = compiledForm(file)
    const cachedData = existsSync(compiled) ? { cachedData: readFileSync(compiled) } : {}
    const script = new Script(text, { filename: file, ...cachedData })
    const module: Module = { exports: {} }
    modules.set(name, module)
    seen.set(file, script)
    const run = script.runInThisContext() as Wrapped
    run(module, (other) => (sibling.test(other) ? load(other.slice(2, -3)) : required(other)), file, folder)
    return module.exports
  }
  return load
}

const sibling = /^\.\/[a-z-]+\.js$/
