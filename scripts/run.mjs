// Runs a TypeScript script: `node scripts/run.mjs scripts/NAME.ts [ARG ...]`.
// Node.js 20 does not strip types, so esbuild bundles the script first; packages stay external.
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [script, ...rest] = process.argv.slice(2)
if (!script) {
  process.stderr.write('usage: node scripts/run.mjs scripts/NAME.ts [ARG ...]\n')
  process.exit(64)
}
const root = resolve(import.meta.dirname, '..')
const folder = join(root, '.cache', 'scripts')
mkdirSync(folder, { recursive: true })
const outfile = join(folder, `${basename(script, '.ts')}-${process.pid}.mjs`)
await build({
  entryPoints: [resolve(script)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
})
process.argv.splice(1, process.argv.length - 1, resolve(script), ...rest)
try {
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(outfile, { force: true })
}
