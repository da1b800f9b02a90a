import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import type { Run } from './run.ts'

/** Bundled, because outside of Jest the same stories run twice as fast. */
export async function bundle(entry: string, name: string): Promise<string> {
  mkdirSync('.cache/stories', { recursive: true })
  const outfile = resolve(`.cache/stories/${name}-${process.pid}.mjs`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    loader: { '.yaml': 'text' },
    define: { PORTCULLIS_VERSION: '"test"' },
    banner: {
      js: "import { createRequire as __create } from 'node:module'; const require = __create(import.meta.url);",
    },
    logLevel: 'error',
  })
  return outfile
}

/** What a script prints in a process of its own. */
export const run = <Result>(script: string, args: readonly number[]): Promise<Result> =>
  new Promise((done, reject) => {
    const child = spawn(process.execPath, [script, ...args.map(String)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? done(JSON.parse(output)) : reject(new Error(`exit ${code}: ${errors || output}`)),
    )
  })

/** Tells stories on all processors. */
export async function tellMany(script: string, first: number, count: number, stopAfter = 10): Promise<Run> {
  const share = Math.max(1, Math.ceil(count / Math.min(4, availableParallelism())))
  const starts = Array.from({ length: Math.ceil(count / share) }, (_, index) => first + index * share)
  const runs = await Promise.all(
    starts.map((start) => run<Run>(script, [start, Math.min(share, first + count - start), stopAfter])),
  )
  const sum = (key: 'kinds' | 'outcomes') =>
    runs.reduce<Record<string, number>>((all, one) => {
      for (const [name, number] of Object.entries(one[key])) all[name] = (all[name] ?? 0) + number
      return all
    }, {})
  return {
    kinds: sum('kinds'),
    outcomes: sum('outcomes'),
    events: runs.reduce((all, { events }) => all + events, 0),
    failures: runs.flatMap(({ failures }) => failures),
  }
}
