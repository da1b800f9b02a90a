/** Scripts that the build left in one folder, in the compiled form next to each, if this V8 accepts it. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

type Module = { exports: unknown }
type Wrapped = (module: Module, require: (name: string) => unknown, filename: string, folder: string) => void

/**
 * Ten times as much as by default has to run of a function before V8 optimizes it. A command mostly ends before that pays,
 * and one that takes long hardly notices. Each version of V8 has a word of its own for it.
 */
const patience: Readonly<Record<string, string>> = { '11.3': '--interrupt-budget=700000' }

/** V8 takes the compiled form of its own version only. */
export const compiledForm = (file: string): string => `${file}.${process.versions.v8}-${process.arch}.compiled`

/**
 * Gives what a script exports, by its name; scripts require each other as `./NAME.js`. V8 passes over a compiled form
 * that is of another script or of other flags, https://nodejs.org/api/vm.html#new-vmscriptcode-options
 */
export function scripts(folder: string, seen = new Map<string, Script>()): (name: string) => unknown {
  const flag = patience[process.versions.v8.split('.', 2).join('.')]
  if (flag !== undefined) setFlagsFromString(flag)
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
