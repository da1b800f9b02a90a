// Runs a TypeScript script: `node scripts/run.mjs scripts/NAME.ts [ARG ...]`.
// esbuild bundles the script first, because Node.js 20 does not strip types.
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './bundle.mjs'

const [script, ...rest] = process.argv.slice(2)
if (!script) {
  process.stderr.write('usage: node scripts/run.mjs scripts/NAME.ts [ARG ...]\n')
  process.exit(64)
}
const root = resolve(import.meta.dirname, '..')
const folder = join(root, '.cache', 'scripts')
mkdirSync(folder, { recursive: true })
const outfile = join(folder, `${basename(script, '.ts')}-${process.pid}.mjs`)
await bundle(resolve(script), outfile)
process.argv.splice(1, process.argv.length - 1, resolve(script), ...rest)
try {
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(outfile, { force: true })
}
