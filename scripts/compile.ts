/** Leaves the compiled form next to each script that a command runs, of what is run and nothing else. */
import { writeFileSync } from 'node:fs'
import type { Script } from 'node:vm'
import type * as CommandLine from '../generator/cli.ts'
import { compiledForm, scripts } from '../generator/script.ts'

const [folder = '', ...args] = process.argv.slice(2)
const seen = new Map<string, Script>()
const load = scripts(folder, seen)
const { main } = load('command-line') as typeof CommandLine
process.argv.splice(2, process.argv.length, ...args)
process.stdout.write = () => true
void main((name) => load(name) as never).then(() => {
  if (process.exitCode) throw new Error(`portcullis ${args.join(' ')} ended with ${process.exitCode}`)
  for (const [file, script] of seen) writeFileSync(compiledForm(file), script.createCachedData())
})
