// What the guides tell people to type works: commands run for real in a folder of their own, with stubs for what would
// leave this machine; configs generate. How the stubs were called is held against AWS's models and the real SAM CLI in
// tests/integration/docs-commands.test.ts.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parse as parseToml } from 'smol-toml'
import { parse } from 'yaml'
import { configExamples } from '../../scripts/config-examples.ts'
import { generateWith, isConfig } from '../support/docs/configs.ts'
import { unknownFields } from '../support/docs/log-queries.ts'
import { type Block, blocksOf, markerOf, pages } from '../support/docs/page.ts'
import { isRun, type PageSession, runPages, skipped } from '../support/docs/sessions.ts'
import { commandsOf } from '../support/docs/shell.ts'
import { isGitHub, isGitLab, jobsOf } from '../support/docs/workflows.ts'

const blocks = pages.flatMap(blocksOf)
const at = ({ page, line }: Block): string => `${page}:${line}`
const yaml = blocks.filter((block) => block.language === 'yaml' && isRun(block))

/** What these npm commands do is not done again here, because a test of the repository does it. */
const elsewhere: Readonly<Record<string, string>> = {
  ci: '.ci/run: npm ci in a fresh clone',
  start: '.ci/run: npm start in a fresh clone',
  pack: '.ci/run: the packed package in an empty folder',
  install: '.ci/run: the packed package in an empty folder',
  test: '.ci/run: npm test',
  run: 'the script exists in package.json',
}

/** Languages of blocks that say nothing that could be run. */
const shown: Readonly<Record<string, string>> = {
  mermaid: 'a picture',
  '': 'a picture made of letters',
  text: 'output: docs/verify.md is checked by tests/verifier/docs.test.ts',
  ts: 'code: docs/library.md is checked by tests/library',
}

let sessions: readonly PageSession[] = []

beforeAll(() => {
  sessions = runPages()
})

describe('commands', () => {
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

  test('a command can go on in the next line', () => {
    expect(
      commandsOf('a \\\n  --b\n\n# c\nf |\n  g\nfor i in 1 2; do\n  d\ndone\ne "x\ny"').map(({ text }) => text),
    ).toEqual(['a \\\n  --b', 'f |\n  g', 'for i in 1 2; do\n  d\ndone', 'e "x\ny"'])
  })
})

describe('snippets of YAML', () => {
  const configs = yaml.filter(isConfig)
  const workflows = yaml.filter(({ text }) => isGitHub(text))
  const pipelines = yaml.filter(({ text }) => isGitLab(text))

  test('are configs or workflows', () => {
    const known = [...configs, ...workflows, ...pipelines]
    expect(yaml.filter((block) => !known.includes(block)).map(at)).toEqual([])
    expect(workflows.length).toBeGreaterThan(0)
    expect(pipelines.length).toBeGreaterThan(0)
  })

  test.each(configs.map((block) => [at(block), block] as const))('%s generates', (_, block) => {
    expect(generateWith(block)).toContain('templates/template.yaml')
  })

  test('a config that is wrong does not', () => {
    const [block] = configs
    if (!block) throw new Error('no config')
    expect(() => generateWith({ ...block, text: 'network: { egress: sideways }' })).toThrow()
  })

  test('docs/config.md has an example for each section', () => {
    const shownThere = blocksOf('docs/config.md').map(({ text }) => text.trim())
    expect(Object.keys(configExamples)).toEqual(
      Object.keys(JSON.parse(readFileSync('portcullis.schema.json', 'utf8')).properties),
    )
    for (const text of Object.values(configExamples)) expect(shownThere).toContain(text.trim())
  })

  test('workflows pin their actions to a major version, and ask for a token only where they take a role', () => {
    for (const { text } of workflows) {
      const whole: { permissions?: Record<string, string> } = parse(text)
      for (const { steps = [], permissions = whole.permissions ?? {} } of jobsOf(text)) {
        for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+(?:\/[\w-]+)?@v\d+$/)
        const takesRole = steps.some((step) => step.with && 'role-to-assume' in step.with)
        expect(permissions['id-token'] === 'write').toBe(takesRole)
      }
    }
  })
})

describe('other blocks', () => {
  test('have a language that says how they are checked', () => {
    const languages = ['sh', 'yaml', 'json', 'logs-insights', ...Object.keys(shown)]
    const unknown = blocks.filter((block) => !languages.includes(block.language) && isRun(block))
    expect(unknown.map((block) => `${at(block)} ${block.language}`)).toEqual([])
  })

  test('JSON is JSON', () => {
    for (const { text } of blocks.filter(({ language }) => language === 'json'))
      expect(() => JSON.parse(text)).not.toThrow()
  })

  test('queries of logs ask for fields that the logs have', () => {
    const queries = blocks.filter((block) => block.language === 'logs-insights')
    expect(queries.length).toBeGreaterThan(2)
    expect(queries.flatMap(({ text }) => unknownFields(text))).toEqual([])
    expect(unknownFields('fields nothing | stats count() by status')).toEqual(['nothing'])
  })

  test('what cannot be run is listed here', () => {
    expect(skipped).toEqual([])
  })
})

function expectedCode(page: string, line: number): number {
  const block = blocksOf(page).findLast((each) => each.line < line)
  if (blocksOf(page).some((each) => each.line === line)) return 0
  return Number((block && markerOf(block, 'exits')) ?? 0)
}
