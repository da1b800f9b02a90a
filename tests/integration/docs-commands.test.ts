// The commands of the guides are run, each page's in a folder of its own: ours for real, with stubs for what would leave
// this machine. How the stubs of `aws` and `sam` were called is held against the models that botocore carries and the
// options that the real SAM CLI lists. Nothing is sent.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { parse as parseToml } from 'smol-toml'
import { offline, python, requireTool } from '../lint/python.ts'
import { blocksOf, markerOf } from '../support/docs/page.ts'
import { type PageSession, runPages, runSentences } from '../support/docs/sessions.ts'

type Named = { readonly page: string; readonly args: readonly string[] }

/** These npm commands are not run again here: this line of .ci/run does it. */
const elsewhere: Readonly<Record<string, string>> = {
  ci: 'npm ci && npm start',
  start: 'npm ci && npm start',
  pack: 'npm pack --pack-destination',
  install: 'npm install --no-save',
  test: 'npm test',
  run: 'npm run',
}

let sessions: readonly PageSession[] = []
let aws: readonly Named[] = []
let awsInSentences: readonly Named[] = []
let samCalls: readonly Named[] = []
let wrongOfAws: Readonly<Record<'pages' | 'sentences' | 'invented', string[][]>>

const callsOf = (name: string, sessions: readonly PageSession[]): Named[] =>
  sessions.flatMap(({ page, calls }) => calls.filter((call) => call.name === name).map(({ args }) => ({ page, args })))

beforeAll(() => {
  sessions = runPages()
  const sentences = runSentences()
  aws = callsOf('aws', sessions)
  awsInSentences = callsOf('aws', sentences)
  samCalls = [...callsOf('sam', sessions), ...callsOf('sam', sentences)]
  const argsOf = (calls: readonly Named[]) => calls.map(({ args }) => args)
  const [ofPages, ofSentences, ofInvented] = problemsOf(argsOf(aws), argsOf(awsInSentences), invented)
  wrongOfAws = { pages: ofPages, sentences: ofSentences, invented: ofInvented }
})

test('every one ends as the page says', () => {
  const wrong = sessions.flatMap(({ page, ran }) =>
    ran
      .filter(({ code, line }) => code !== expectedCode(page, line))
      .map(
        ({ command, line, code, output }) =>
          `${page}:${line}: ${command}\n  exit code ${code}: ${output.slice(0, 2000)}`,
      ),
  )
  expect(wrong).toEqual([])
  expect(sessions.flatMap(({ ran }) => ran).length).toBeGreaterThan(50)
})

test('npm commands exist, and are run by a test', () => {
  const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)
  const calls = sessions.flatMap(({ calls }) => calls.filter(({ name }) => name === 'npm').map(({ args }) => args))
  expect(calls.length).toBeGreaterThan(5)
  expect(calls.map(([command = '']) => command).filter((command) => !(command in elsewhere))).toEqual([])
  const ci = readFileSync('.ci/run', 'utf8')
  for (const line of Object.values(elsewhere)) expect(ci).toContain(line)
  const named = calls.flatMap(([command = '', script = '']) =>
    command === 'run' ? [script] : command === 'start' || command === 'test' ? [command] : [],
  )
  expect(named.filter((script) => !scripts.includes(script))).toEqual([])
})

test('environments that sam deploys with are in a samconfig.toml', () => {
  const environments = ['.', ...readdirSync('examples').map((name) => `examples/${name}`)].flatMap((folder) =>
    Object.keys(parseToml(readFileSync(join(folder, 'samconfig.toml'), 'utf8'))),
  )
  const named = sessions
    .flatMap(({ calls }) => calls)
    .filter(({ args }) => args.includes('--config-env'))
    .map(({ args }) => args[args.indexOf('--config-env') + 1] ?? '')
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((name) => !environments.includes(name))).toEqual([])
})

const show = ({ page, args }: Named): string => `${page}: ${args.join(' ')}`

const invented = [
  ['nothing', 'list-things'],
  ['ecs', 'restart-service'],
  ['ecs', 'update-service', '--cluster', 'c'],
  ['ecs', 'update-service', '--service', 's', '--force'],
  ['ecs', 'wait', 'services-fine', '--services', 's'],
  ['logs', 'tail', 'group', '--last', '1h'],
  ['pricing', 'get-products', '--service-code', 'x', '--filters', 'Kind=TERM_MATCH,Field=f,Value=v'],
  ['pricing', 'get-products', '--service-code', 'x', '--max-results', 'ten'],
  ['ce', 'get-cost-and-usage', '--granularity', 'YEARLY', '--metrics', 'x', '--time-period', 'Start=a,End=b'],
  ['cloudformation', 'describe-stacks', '--query', 'Stacks[0].Output'],
  ['cloudformation', 'describe-stacks', '--query', "Stacks[0].Outputs[?Key=='x'].OutputValue"],
  ['cloudformation', 'describe-stacks', '--query', 'Stacks[0'],
]

/** What is wrong with each call of the AWS CLI, by lists; one process, because the models take seconds to load. */
function problemsOf<Lists extends readonly (readonly (readonly string[])[])[]>(
  ...lists: Lists
): { [Index in keyof Lists]: string[][] } {
  requireTool('moto')
  const input = JSON.stringify(lists.flat())
  const problems = execFileSync(python, ['tests/support/docs/aws_commands.py'], { input, encoding: 'utf8' })
  const found: string[][] = JSON.parse(problems)
  return lists.map((list) => found.splice(0, list.length)) as { [Index in keyof Lists]: string[][] }
}

test('aws: services, operations, parameters and queries exist', () => {
  expect(aws.length).toBeGreaterThan(25)
  const problems = aws.flatMap((call, index) => (wrongOfAws.pages[index] ?? []).map((each) => `${show(call)}: ${each}`))
  expect(problems).toEqual([])
})

test('aws: sentences name what exists, though not everything that it needs', () => {
  expect(awsInSentences.length).toBeGreaterThan(3)
  expect(wrongOfAws.sentences.flat().filter((problem) => !problem.endsWith('is missing'))).toEqual([])
})

test('aws: what does not exist is found', () => {
  expect(wrongOfAws.invented.map(([problem = '']) => problem.replace(/: .*/s, ''))).toEqual([
    'no service nothing',
    'no operation ecs restart-service',
    '--service is missing',
    '--force does not exist',
    "no waiter ['services-fine']",
    '--last does not exist',
    '--filters',
    '--max-results',
    '--granularity',
    '--query',
    '--query',
    '--query',
  ])
})

/** `sam COMMAND --help` for each command, in one process: SAM CLI takes seconds to load. */
function samHelp(commands: readonly string[]): Readonly<Record<string, string>> {
  requireTool('aws-sam-cli')
  const script = `
import json, sys
from click.testing import CliRunner
from samcli.cli.main import cli
commands = json.load(sys.stdin)
print(json.dumps({each: CliRunner().invoke(cli, [*each.split(), "--help"]).output for each in commands}))
`
  const output = execFileSync(python, ['-c', script], {
    input: JSON.stringify(commands),
    encoding: 'utf8',
    env: { ...process.env, ...offline, COLUMNS: '200' },
  })
  return JSON.parse(output)
}

test('sam: commands and options are those of the real SAM CLI', () => {
  expect(samCalls.length).toBeGreaterThan(8)
  const commandOf = ({ args }: Named): string => args.slice(0, args[0] === 'list' ? 2 : 1).join(' ')
  const help = samHelp([...new Set([...samCalls.map(commandOf), 'bild'])])
  expect(help['bild']).toMatch(/No such command/)
  const unknown = samCalls.flatMap((call) =>
    call.args
      .filter((arg) => arg.startsWith('--'))
      .filter((option) => !new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(help[commandOf(call)] ?? ''))
      .map((option) => `${show(call)}: ${option}`),
  )
  expect(unknown).toEqual([])
  expect(help['deploy']).toMatch(/--config-env/)
  expect(help['deploy']).not.toMatch(/--environment/)
})

test('logical IDs and outputs that commands ask for are in the templates', () => {
  const texts = ['templates', ...readdirSync('examples').map((name) => `examples/${name}/templates`)].flatMap(
    (folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  )
  // An output that only a config with DNS by hand has is in no example.
  const exists = (id: string): boolean => id === 'AliasTarget' || texts.some((text) => text.includes(`\n  ${id}:\n`))
  const asked = aws.flatMap(({ args }) => [
    ...args.flatMap((arg, index) => (args[index - 1] === '--logical-resource-id' ? [arg] : [])),
    ...args.flatMap((arg) => [...arg.matchAll(/OutputKey=='(\w+)'/g)].map(([, key = '']) => key)),
  ])
  expect(asked.length).toBeGreaterThan(10)
  expect(asked.filter((id) => !exists(id))).toEqual([])
})

function expectedCode(page: string, line: number): number {
  const block = blocksOf(page).findLast((each) => each.line < line)
  if (blocksOf(page).some((each) => each.line === line)) return 0
  return Number((block && markerOf(block, 'exits')) ?? 0)
}
