// Builds dist/: the bundled functions as text, the command line, and the library with its types; all without runtime
// dependencies.
import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { bundle } from './bundle.mjs'

const root = resolve(import.meta.dirname, '..')
process.chdir(root)
const started = performance.now()
const version = JSON.parse(readFileSync('package.json', 'utf8')).version
const staging = join(root, '.cache', `build-${process.pid}`)
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
mkdirSync(staging, { recursive: true })
try {
  const functions = await buildFunctions()
  const inputs = await Promise.all([buildCli(), buildLibrary(functions), buildTypes()])
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licenses(inputs.flat()))
} finally {
  rmSync(staging, { recursive: true, force: true })
}
process.stderr.write(`built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)

/** Scripts of their own, which several commands require: the verifier, and what the config gives. */
function besides() {
  const scripts = [
    [/\/verifier\/index\.ts$/, './verifier.js'],
    [/\/configured-templates\.ts$/, './configured-templates.js'],
  ]
  return {
    name: 'besides',
    setup: ({ onResolve }) => {
      for (const [filter, path] of scripts)
        onResolve({ filter }, ({ kind }) => (kind === 'entry-point' ? undefined : { path, external: true }))
    },
  }
}

/** commander starts subcommands that are programs of their own with it; there are none, and loading it takes a while. */
function withoutPrograms() {
  return {
    name: 'without-programs',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        /\/node_modules\/commander\//.test(importer) ? { path: 'child_process', namespace: 'left-out' } : undefined,
      )
      onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: '' }))
    },
  }
}

async function buildFunctions() {
  const outfile = join(staging, 'functions.mjs')
  await bundle('custom-resources/build.ts', outfile)
  const { buildFunctions } = await import(pathToFileURL(outfile).href)
  const functions = await buildFunctions()
  for (const [name, { readable, inline }] of Object.entries(functions)) {
    write(`dist/functions/${name}/index.js`, readable)
    write(`dist/functions/${name}/inline.js`, inline)
    process.stderr.write(
      `function ${name}: ${Buffer.byteLength(readable)} bytes readable, ${Buffer.byteLength(inline)} bytes inline\n`,
    )
  }
  return functions
}

async function buildCli() {
  for (const old of existsSync('dist') ? readdirSync('dist') : [])
    if (/\.(js|compiled)$/.test(old)) rmSync(join('dist', old))
  // A script that is not a module starts faster, and V8 keeps the compiled form of scripts only.
  const script = { ...common, format: 'cjs', define: { ...common.define, 'import.meta.url': '__url' } }
  const url = 'const __url = require("node:url").pathToFileURL(__filename).href;'
  write('dist/package.json', '{ "type": "commonjs" }\n')
  const commands = Object.fromEntries(
    [
      'init',
      'generate',
      'verify',
      'trace',
      'diagram',
      'report',
      'diff',
      'schema',
      'explain',
      'completion',
      'configured-templates',
    ].map((name) => [name, `generator/commands/${name}.ts`]),
  )
  const results = await Promise.all([
    build({
      ...script,
      entryPoints: { 'command-line': 'generator/cli.ts', ...commands },
      outdir: 'dist',
      banner: { js: url },
      plugins: [besides(), withoutPrograms()],
    }),
    build({ ...script, entryPoints: { verifier: 'verifier/index.ts' }, outdir: 'dist' }),
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
  const example = join(staging, 'example')
  const standalone = join(example, 'templates', 'standalone.yaml')
  for (const args of [
    ['generate', 'portcullis.yaml', '--out', example],
    ['verify', standalone],
  ]) {
    const all = [join(staging, 'compile.cjs'), resolve('dist'), ...args]
    const { status, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' })
    // It still runs, only slower; the tests say what is wrong with it.
    if (status !== 0) process.stderr.write(`no compiled form of ${args[0]}: ${stderr.slice(0, 500)}\n`)
  }
  return results.flatMap(({ metafile }) => Object.keys(metafile.inputs))
}

/** dist/library/: one module, which carries the functions as text, because it reads no files. */
async function buildLibrary(functions) {
  write('dist/library/package.json', '{ "type": "module" }\n')
  const { metafile } = await build({
    ...common,
    format: 'esm',
    entryPoints: { index: 'library/index.ts' },
    outdir: 'dist/library',
    define: { ...common.define, PORTCULLIS_FUNCTIONS: JSON.stringify(JSON.stringify(functions)) },
    // yaml is CommonJS and requires Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
  return Object.keys(metafile.inputs)
}

/** dist/library/types/: the declarations of the library, and of nothing that its users do not see. */
async function buildTypes() {
  const project = join(staging, 'tsconfig.json')
  const outDir = join(staging, 'types')
  const files = [...typesFrom('library/index.ts')]
  const compilerOptions = {
    noEmit: false,
    emitDeclarationOnly: true,
    declaration: true,
    // Each declaration is made of its file alone, which is fast; `npm run types` is what checks them together.
    isolatedDeclarations: true,
    noResolve: true,
    noCheck: true,
    types: [],
    rootDir: root,
    outDir,
  }
  const extended = { extends: join(root, 'tsconfig.json'), compilerOptions, include: [] }
  write(project, JSON.stringify({ ...extended, files: files.map((file) => join(root, file)) }))
  await promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project])
  rmSync('dist/library/types', { recursive: true, force: true })
  for (const file of files) {
    const declared = file.replace(/\.ts$/, '.d.ts')
    // A declaration is found by the name of the JavaScript that it declares.
    const text = readFileSync(join(outDir, declared), 'utf8').replace(/(from )'(\.[^']+)\.ts'/g, "$1'$2.js'")
    write(join('dist/library/types', declared), text)
  }
}

/** The files whose types a file shows: those it takes types from, and those it passes on. */
function typesFrom(file, found = new Set()) {
  if (found.has(file)) return found
  found.add(file)
  const statements = readFileSync(file, 'utf8').matchAll(/^(import|export) ([^'"=]*?) from '(\.[^']+)'/gm)
  for (const [, verb, names, target] of statements)
    if (verb === 'export' || /\btype\b/.test(names)) typesFrom(join(dirname(file), target), found)
  return found
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
