// The packed package as a user has it: installed in an empty folder without a network, compiled against, and run.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { exampleFiles, exampleFolders } from '../support/examples.ts'

type Packed = {
  readonly filename: string
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}

const tsc = resolve('node_modules/typescript/bin/tsc')
const parts = [
  'dist',
  'docs',
  'examples',
  'scripts',
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'LICENSE',
  'portcullis.schema.json',
]
let folder: string
let packed: Packed
let warnings: string

const run = (command: string, args: readonly string[], cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 })
const node = (...args: readonly string[]) => run(process.execPath, args)
const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
const installed = (...path: readonly string[]) => join(folder, 'node_modules', 'portcullis', ...path)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-package-'))
  // What `npm pack` does, but outside the repository and without a build, because other tests use both at this moment.
  const copy = join(folder, 'copy')
  for (const part of [...parts, 'package.json']) cpSync(part, join(copy, part), { recursive: true })
  run(process.execPath, [resolve('scripts/packed-manifest.mjs'), 'take-out'], copy)
  packed = JSON.parse(run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], copy))[0]
  put('package.json', '{ "private": true, "type": "module" }\n')
  // A cache of its own, so that nothing can come from anywhere else.
  const install = ['install', '--offline', '--cache', join(folder, 'cache'), `./${packed.filename}`]
  warnings = spawnSync('npm', install, { cwd: folder, encoding: 'utf8' }).stderr
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const compile = (files: readonly string[], options: object = {}) => {
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023'],
    module: 'nodenext',
    strict: true,
    skipLibCheck: false,
    types: [],
    ...options,
  }
  put('tsconfig.json', JSON.stringify({ compilerOptions, files }))
  const { status, stdout } = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: 'utf8' })
  return { status, stdout }
}

describe('what is in it', () => {
  test('is the program, its types, the guides and the configs of the examples, and little else', () => {
    const paths = packed.files.map(({ path }) => path)
    const known = [
      /^dist\/(?:cli|command-line|init|generate|verify|verifier|trace|diagram|report|configured-templates|diff|schema|explain|completion)\.js$/,
      /^dist\/functions\/(?:waiter|writer)\/(?:index|inline)\.js$/,
      /^dist\/library\/(?:index\.js|types\/.*\.d\.ts)$/,
      /^dist\/(?:library\/)?package\.json$/,
      /^dist\/THIRD-PARTY-LICENSES\.txt$/,
      /^(?:docs\/(?:decisions\/)?[\w-]+\.md|docs\/diagram\.svg|examples\/[a-z-]+\/portcullis\.yaml)$/,
      /^(?:README\.md|ARCHITECTURE\.md|CONTRIBUTING\.md|CHANGELOG\.md|SECURITY\.md|LICENSE|package\.json|portcullis\.schema\.json)$/,
    ]
    expect(paths.filter((path) => !known.some((each) => each.test(path)))).toEqual([])
    for (const wanted of [
      'dist/cli.js',
      'dist/library/index.js',
      'docs/config.md',
      'examples/minimal/portcullis.yaml',
      'LICENSE',
    ])
      expect(paths).toContain(wanted)
    expect(packed.size).toBeLessThan(2_300_000)
  })

  test('nothing runs when it is installed, and nothing comes with it', () => {
    const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8'))
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([])
    expect(Object.keys(manifest.scripts ?? {})).toEqual([])
    expect(warnings).toBe('')
    const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/portcullis'])
    expect(lock.packages['node_modules/portcullis']).not.toHaveProperty('hasInstallScript')
  })

  test('links between its pages lead to files that it has', () => {
    const pages = packed.files.map(({ path }) => path).filter((path) => path.endsWith('.md'))
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/custom-resources.md']))
    const dead = pages.flatMap((page) =>
      [...readFileSync(installed(page), 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g)].flatMap(
        ([, target = '']) => (existsSync(installed(dirname(page), target)) ? [] : [`${page}: ${target}`]),
      ),
    )
    expect(dead).toEqual([])
  })
})

describe('its types', () => {
  const program = `
import { type Config, type Diagnostic, diagram, generate, type OutputFile, parseConfig, type Report, report as pageOf, type Trace, trace, type Verdict, verify } from 'portcullis'
export const parsed = parseConfig('name: shop')
if (parsed.config) {
  const config: Config = parsed.config
  const files: readonly OutputFile[] = generate(config, { format: 'json' })
  const report: Report = verify(files, { readFile: (path) => path, allow: ['exec:Orders'], parameters: { A: 'b' } })
  const found: Trace = trace(files, 'GET /orders', { headers: { authorization: '...' }, now: new Date(0) })
  const texts: readonly string[] = [diagram(files, { format: 'mermaid' }), pageOf(files, { allow: ['exec'] })]
  export_(found.ways.map(({ outcome }) => (outcome.is === 'reaches' ? outcome.target : outcome.because)), texts)
  export_(report.claims.map(({ verdict }): Verdict => verdict), config.services?.['web']?.port?.toFixed())
} else {
  export_(parsed.diagnostics.map(({ file, line, column }: Diagnostic) => [file, line, column]))
}
function export_(...values: readonly unknown[]) { return values }
// @ts-expect-error: there is no config before it is known that nothing is wrong
export const early: Config = parsed.config
// @ts-expect-error: a name is a text
export const wrong: Config = { name: 1, domain: { name: 'a.example.com' }, services: {}, api: {} }
// @ts-expect-error: a key that does not exist
generate({ name: 'a', domain: { name: 'a.example.com' }, services: {}, api: {}, nonsense: true })
// @ts-expect-error: there are two formats
diagram([], { format: 'png' })
// @ts-expect-error: there are three verdicts
export const verdict: Verdict = 'maybe'
// @ts-expect-error: the package shows nothing of its inside
export type Inside = import('portcullis/dist/library/index.js')
`
  test.each([
    ['as Node.js resolves', {}],
    ['as bundlers resolve', { module: 'esnext', moduleResolution: 'bundler' }],
    ['under the strictest options', { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }],
  ])('hold without any other package, %s', (_, options) => {
    put('typed.ts', program)
    expect(compile(['typed.ts'], { ...options, noEmit: true })).toEqual({ status: 0, stdout: '' })
  })
})

describe('the programs of docs/library.md', () => {
  const blocks = [...readFileSync('docs/library.md', 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, block = '']) => block,
  )

  test('compile and run', () => {
    blocks.forEach((block, index) => {
      put(`guide${index}.ts`, block)
    })
    put('portcullis.yaml', readFileSync('portcullis.yaml', 'utf8'))
    const files = blocks.map((_, index) => `guide${index}.ts`)
    expect(compile(files, { types: ['node'], typeRoots: [resolve('node_modules/@types')] })).toEqual({
      status: 0,
      stdout: '',
    })
    expect(blocks.map((_, index) => node(`guide${index}.js`))).toEqual([
      expect.stringMatching(/^proved\n(proved .*\n){10,}$/),
      expect.stringMatching(/^templates\/template\.json \d+\n/),
      expect.stringMatching(/^stack\.json verify a template that holds/),
      'HttpApi answered\n',
    ])
  })
})

describe('as a program uses it', () => {
  test('generates for each example what the command does', () => {
    const configs = exampleFolders.map((example) => readFileSync(join(example, 'portcullis.yaml'), 'utf8'))
    put('configs.json', JSON.stringify(configs))
    put(
      'generate.mjs',
      `import { readFileSync } from 'node:fs'
import { generate, parseConfig } from 'portcullis'
const texts = JSON.parse(readFileSync('configs.json', 'utf8'))
console.log(JSON.stringify(texts.map((text) => generate(parseConfig(text).config))))`,
    )
    expect(JSON.parse(node('generate.mjs'))).toEqual(exampleFolders.map(exampleFiles))
  })

  test('each example is proved with what its config declares', () => {
    const configs = exampleFolders.map((example) => readFileSync(join(example, 'portcullis.yaml'), 'utf8'))
    put('configs.json', JSON.stringify(configs))
    put(
      'prove.mjs',
      `import { readFileSync } from 'node:fs'
import { declarations, generate, parseConfig, verify } from 'portcullis'
const whole = /^templates\\/(?:template|standalone|stack-set)\\.yaml$/
for (const text of JSON.parse(readFileSync('configs.json', 'utf8'))) {
  const { config } = parseConfig(text)
  const files = generate(config)
  const readFile = (path) => files.find((file) => file.path === path)?.text
  for (const file of files.filter(({ path }) => whole.test(path)))
    console.log(verify([file], { readFile, ...declarations(config, file.path) }).verdict)
}`,
    )
    const verdicts = node('prove.mjs').trim().split('\n')
    expect(verdicts.length).toBeGreaterThanOrEqual(2 * exampleFolders.length)
    expect(new Set(verdicts)).toEqual(new Set(['proved']))
  })

  test('its report is what the command prints as JSON', () => {
    mkdirSync(join(folder, 'other'), { recursive: true })
    const template = readFileSync('examples/nat/templates/standalone.yaml', 'utf8')
    put('other/standalone.yaml', template)
    put(
      'verify.mjs',
      `import { readFileSync } from 'node:fs'
import { verify } from 'portcullis'
const path = 'other/standalone.yaml'
console.log(JSON.stringify(verify([{ path, text: readFileSync(path, 'utf8') }], { parameters: { VpcCidr: '10.9.0.0/16' } })))`,
    )
    const { status, stdout } = spawnSync(
      'npx',
      [
        '--no-install',
        'portcullis',
        'verify',
        'other/standalone.yaml',
        '--parameter',
        'VpcCidr=10.9.0.0/16',
        '--format',
        'json',
      ],
      { cwd: folder, encoding: 'utf8' },
    )
    const report = JSON.parse(node('verify.mjs'))
    expect(report.verdict).toBe('refuted')
    expect({ status, report: JSON.parse(stdout) }).toEqual({ status: 1, report })
  })

  test('its traces, pictures and pages are what the commands print', () => {
    mkdirSync(join(folder, 'other'), { recursive: true })
    put('other/standalone.yaml', readFileSync('templates/standalone.yaml', 'utf8'))
    put(
      'look.mjs',
      `import { readFileSync } from 'node:fs'
import { diagram, report, trace } from 'portcullis'
const path = 'other/standalone.yaml'
const templates = [{ path, text: readFileSync(path, 'utf8') }]
console.log(JSON.stringify({
  trace: trace(templates, 'GET /orders/17', { headers: { Authorization: '...' } }),
  past: trace(templates, 'GET /orders/17', { from: 'internet', parameters: { VpcCidr: '10.9.0.0/16' } }),
  svg: diagram(templates),
  mermaid: diagram(templates, { format: 'mermaid' }),
  report: report(templates),
}))`,
    )
    const command = (...args: readonly string[]) =>
      run('npx', ['--no-install', 'portcullis', ...args, 'other/standalone.yaml'])
    const request = ['trace', 'GET /orders/17', '--format', 'json']
    expect(JSON.parse(node('look.mjs'))).toEqual({
      trace: JSON.parse(command(...request, '--header', 'authorization: ...')),
      past: JSON.parse(command(...request, '--from', 'internet', '--parameter', 'VpcCidr=10.9.0.0/16')),
      svg: command('diagram'),
      mermaid: command('diagram', '--format', 'mermaid'),
      report: command('report'),
    })
  })

  test('refuses what the command refuses', () => {
    put(
      'wrong.mjs',
      `import { trace, UnreadableTemplate, verify, WrongDeclaration } from 'portcullis'
const text = '{ "Resources": { "Bucket": { "Type": "AWS::S3::Bucket" } } }'
const say = (text, options) => {
  try { verify([{ path: 't.json', text }], options) } catch (error) {
    console.log(error instanceof WrongDeclaration, error instanceof UnreadableTemplate, error.message)
  }
}
say(text, { allow: ['window'] })
say(text, { parameters: { Nonsense: '1' } })
say(text, { allow: ['exec:Nonsense'] })
say('[]')
for (const [request, from] of [['orders', undefined], ['GET /orders', 'everywhere']])
  try { trace([{ path: 't.json', text }], request, { from }) } catch (error) {
    console.log(error instanceof WrongDeclaration, error.message)
  }`,
    )
    expect(node('wrong.mjs').split('\n')).toEqual([
      expect.stringMatching(/^true false --allow window: choose one of/),
      'true false no template has a parameter Nonsense',
      expect.stringMatching(/^true false .*no resource of the templates is called Nonsense$/),
      expect.stringMatching(/^false true /),
      expect.stringMatching(/^true orders: write METHOD \/path/),
      'true from everywhere: write internet, vpc or an address',
      '',
    ])
  })

  test('importing it does nothing, and does not load the command line', () => {
    put(
      'import.mjs',
      `import * as portcullis from 'portcullis'\nif (Object.keys(portcullis).length !== 10) process.exit(3)`,
    )
    const { status, stdout, stderr } = spawnSync(process.execPath, ['import.mjs', '--help'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
    const text = readFileSync(installed('dist', 'library', 'index.js'), 'utf8')
    // It is whole, and it is not the command line, which this error is a part of.
    expect(text).not.toMatch(/\b(?:from|import)\s*\(?"\.{1,2}\//)
    expect(text).not.toContain('CommanderError')
    expect(readFileSync(installed('dist', 'command-line.js'), 'utf8')).toContain('CommanderError')
  })

  test('CommonJS can require it', () => {
    put('require.cjs', `console.log(require('portcullis').parseConfig('').diagnostics[0].code)`)
    expect(node('--disable-warning=ExperimentalWarning', 'require.cjs')).toBe('PC109\n')
  })
})
