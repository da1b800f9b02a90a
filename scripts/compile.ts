/** Leaves the compiled form beside each script that a command runs, of what is run and nothing else. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Script } from 'node:vm'
import type * as CommandLine from '../generator/cli.ts'
import { compiledForm, load } from '../generator/script.ts'

const [folder = '', ...args] = process.argv.slice(2)
const scripts = new Map<string, Script>()

function loaded(name: string): unknown {
  const file = join(folder, `${name}.js`)
  const { script, exports } = load(file)
  scripts.set(file, script)
  return exports
}

const { main } = loaded('command-line') as typeof CommandLine
process.argv.splice(2, process.argv.length, ...args)
process.stdout.write = () => true
void main((name) => loaded(name) as never).then(() => {
  if (process.exitCode) throw new Error(`portcullis ${args.join(' ')} ended with ${process.exitCode}`)
  for (const [file, script] of scripts) writeFileSync(compiledForm(file), script.createCachedData())
})
