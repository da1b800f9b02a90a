// Before all tests: all test files and what they import become plain modules in one folder, which run.mjs takes
// them from. What they share is there once.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

const folder = resolve('.cache/tests')
const globals = resolve(import.meta.dirname, 'globals.mjs')

// biome-ignore lint/style/noDefaultExport: Jest takes the default export
export default async function bundle() {
  mkdirSync(folder, { recursive: true })
  // What runs that were killed left there.
  for (const name of readdirSync(folder)) if (!isRunning(name)) rmSync(join(folder, name), { recursive: true })
  process.env.PORTCULLIS_TESTS = mkdtempSync(join(folder, `${process.pid}-`))
  await build({
    entryPoints: ['tests/**/*.test.ts', globals],
    outdir: process.env.PORTCULLIS_TESTS,
    outbase: '.',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    loader: { '.yaml': 'text' },
    sourcemap: 'linked',
    logLevel: 'error',
    alias: { '@jest/globals': globals },
    // For files that use them without an import.
    inject: [globals],
  })
}

function isRunning(name) {
  try {
    return process.kill(Number.parseInt(name, 10), 0)
  } catch {
    return false
  }
}
