// Builds dist/: the bundled functions as text, and the CLI as one ESM program without runtime dependencies.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '..')
process.chdir(root)
const started = performance.now()
const version = JSON.parse(readFileSync('package.json', 'utf8')).version
const staging = join(root, '.cache', `build-${process.pid}`)
mkdirSync(staging, { recursive: true })
try {
  await buildFunctions()
  await buildCli()
} finally {
  rmSync(staging, { recursive: true, force: true })
}
process.stderr.write(`built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)

async function buildFunctions() {
  const outfile = join(staging, 'functions.mjs')
  await build({
    entryPoints: ['custom-resources/build.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
  const { buildFunctions } = await import(pathToFileURL(outfile).href)
  for (const [name, { readable, inline }] of Object.entries(await buildFunctions())) {
    write(`dist/functions/${name}/index.js`, readable)
    write(`dist/functions/${name}/inline.js`, inline)
    process.stderr.write(
      `function ${name}: ${Buffer.byteLength(readable)} bytes readable, ${Buffer.byteLength(inline)} bytes inline\n`,
    )
  }
}

async function buildCli() {
  for (const old of existsSync('dist') ? readdirSync('dist') : [])
    if (/\.(js|compiled)$/.test(old)) rmSync(join('dist', old))
  const common = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    keepNames: false,
    metafile: true,
    logLevel: 'error',
    loader: { '.yaml': 'text' },
    define: { PORTCULLIS_VERSION: JSON.stringify(version) },
  }
  // A script that is not a module starts faster, and V8 keeps the compiled form of scripts only.
  const script = { ...common, format: 'cjs', define: { ...common.define, 'import.meta.url': '__url' } }
  const url = 'const __url = require("node:url").pathToFileURL(__filename).href;'
  write('dist/package.json', '{ "type": "commonjs" }\n')
  const commands = Object.fromEntries(
    ['init', 'generate', 'verify', 'schema'].map((name) => [name, `generator/commands/${name}.ts`]),
  )
  const results = await Promise.all([
    build({
      ...script,
      entryPoints: { 'command-line': 'generator/cli.ts', ...commands },
      outdir: 'dist',
      banner: { js: url },
    }),
    build({
      ...script,
      entryPoints: { cli: 'generator/start.ts' },
      outdir: 'dist',
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({
      ...script,
      entryPoints: { compile: 'scripts/compile.ts' },
      outdir: staging,
      outExtension: { '.js': '.cjs' },
    }),
  ])
  chmodSync('dist/cli.js', 0o755)
  const compile = (...args) => execFileSync(process.execPath, [join(staging, 'compile.cjs'), resolve('dist'), ...args])
  const example = join(staging, 'example')
  compile('generate', 'portcullis.yaml', '--out', example)
  compile('verify', join(example, 'templates', 'standalone.yaml'))
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs))
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licenses(inputs))
}

/** The licence texts of what is bundled, because bundling leaves the packages' own copies behind. */
function licenses(inputs) {
  const names = new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []))
  return [...names]
    .sort()
    .map((name) => {
      const folder = `node_modules/${name}`
      const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
      if (!file) throw new Error(`${name} is bundled and has no licence file`)
      const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
      return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`
    })
    .join('\n---\n\n')
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
