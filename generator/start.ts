/** What `portcullis` runs. Compiling takes a third of a short run, so the build has done it. */
import type * as CommandLine from './cli.ts'
import { runsOn } from './node-version.ts'
import { scripts } from './script.ts'

const run = (): void => {
  const load = scripts(__dirname)
  const { main } = load('command-line') as typeof CommandLine
  void main((name) => load(name) as never)
}

if (runsOn(process.versions.node)) run()
else {
  process.stderr.write(
    `portcullis needs Node.js 20.19 or newer, and this is ${process.versions.node}\n   install a newer one from https://nodejs.org, or choose it with your version manager\n`,
  )
  process.exitCode = 1
}
