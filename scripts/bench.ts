// Speed as ratios within one run: `npm run bench`. Times mean little across machines, ratios do. With `-- --cdk`, also
// against `cdk synth` of the same architecture (cdk-app.mjs); that installs the CDK into .cache/.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { loadAssets } from '../generator/commands/assets.ts'
import { generate } from '../generator/generate.ts'
import { parseConfig } from '../generator/read.ts'

/** The shortest of several runs, after one that does not count: what else the machine does only makes a run longer. */
function timed(times: number, work: () => void): number {
  work()
  return Math.min(
    ...Array.from({ length: times }, () => {
      const start = performance.now()
      work()
      return performance.now() - start
    }),
  )
}

const ended = (args: readonly string[], options = {}, code = 0): void => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore', ...options })
  if (status !== code) throw new Error(`${args.join(' ')} ended with ${status}`)
}

/** The shortest of 15 runs of each, one after the other: what else the machine does meets all of them alike. */
function shortest<Name extends string>(
  commands: Readonly<Record<Name, readonly string[]>>,
  codes: Partial<Record<Name, number>>,
): Record<Name, number> {
  const best = Object.fromEntries(Object.keys(commands).map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
    Name,
    number
  >
  for (let run = 0; run < 15; run++)
    for (const name of Object.keys(commands) as Name[]) {
      const start = performance.now()
      ended(commands[name], {}, codes[name])
      best[name] = Math.min(best[name], performance.now() - start)
    }
  return best
}

const assets = loadAssets('dist/functions')
const main = readFileSync('portcullis.yaml', 'utf8')
const services = (count: number): string => `name: many
domain: { name: api.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
services:
${Array.from({ length: count }, (_, index) => `  s${index}: { image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/s:1", port: 8080, paths: [/s${index}/*] }`).join('\n')}
api:
  auth: { customers: { jwt: { issuer: https://idp.example.com/, audience: [many] } } }
  routes:
${Array.from({ length: count }, (_, index) => `    - route: ANY /s${index}/{proxy+}`).join('\n')}
`
const environments = (count: number): string =>
  `${main.slice(0, main.indexOf('environments:'))}environments:\n${Array.from({ length: count }, (_, index) => `  e${index}: { region: eu-west-1, parameters: { DomainName: e${index}.example.com } }\n`).join('')}`
const generated = (text: string): ReturnType<typeof generate> =>
  generate(parseConfig(text, 'portcullis.yaml').model, assets)
const library = (text: string) => (): void => {
  for (const { path, text: file } of generated(text))
    if (path.endsWith('.yaml') && !path.includes('functions')) stringify(parse(file, { logLevel: 'silent' }))
}

const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
const nothing = join(folder, 'nothing.yaml')
writeFileSync(nothing, 'Resources: { Queue: { Type: AWS::SQS::Queue } }\n')

const { empty, version, unproved, verify, nested, whole, check } = shortest(
  {
    empty: ['-e', '0'],
    version: ['dist/cli.js', '--version'],
    unproved: ['dist/cli.js', 'verify', nothing],
    verify: ['dist/cli.js', 'verify', 'templates/standalone.yaml'],
    nested: ['dist/cli.js', 'verify', 'templates/template.yaml'],
    whole: ['dist/cli.js', 'generate'],
    check: ['dist/cli.js', 'generate', '--check'],
  },
  { unproved: 2 },
)
rmSync(folder, { recursive: true })
const one = timed(15, () => generated(main))
const oneByLibrary = timed(5, library(main))
const five = timed(15, () => generated(services(5)))
const twentyFive = timed(5, () => generated(services(25)))
const hundred = timed(3, () => generated(environments(100)))
const thousand = timed(3, () => generated(environments(1000)))

const row = (what: string, value: number, bar?: number): void => {
  const kept = bar === undefined ? '' : `  bar: ${bar}${value > bar ? ', missed' : ''}`
  console.log(`${what.padEnd(66)} ${value.toFixed(2).padStart(7)}${kept}`)
}
row('verify standalone.yaml / an empty Node.js process', verify / empty, 2)
row('  of that: Node.js and the command line', version / empty)
row('  loading the verifier, for a template with nothing to prove', (unproved - version) / empty)
row('  reading the template and proving all claims', (verify - unproved) / empty)
row('verify template.yaml with nested files / an empty Node.js process', nested / empty)
row('generate of the main example, with verify / an empty Node.js process', whole / empty, 3)
row('  of that: Node.js and the command line', version / empty)
row('  the config, the templates and comparing them with the files', (check - version) / empty)
row('  the proof of both forms', (whole - check) / empty)
row('config to all files / reading and writing them with a YAML library', one / oneByLibrary)
row('25 services / 5 services, in process', twentyFive / five, 6)
row('1,000 environments / 100 environments, in process', thousand / hundred, 11)
if (process.argv.includes('--cdk'))
  console.log(`cdk synth / generate, with verify: ${(synthesis() / whole).toFixed(2)}  bar: at least 20`)

/** The whole `cdk synth`; only what would ask AWS or the internet is switched off. */
function synthesis(): number {
  const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk')
  const packages = ['aws-cdk@2.1148.1', 'aws-cdk-lib@2.276.0', 'constructs@10.8.1']
  const cwd = execFileSync(process.execPath, ['scripts/packages-beside.mjs', 'cdk', cli, ...packages], {
    encoding: 'utf8',
  })
  copyFileSync(resolve('scripts/cdk-app.mjs'), join(cwd, 'app.mjs'))
  const args = [cli, 'synth', '--no-notices', '--no-version-reporting', '--app', 'node app.mjs']
  return timed(3, () => ended(args, { cwd, env: { ...process.env, CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' } }))
}
