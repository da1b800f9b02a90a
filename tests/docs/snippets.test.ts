// The snippets of the guides: configs generate, workflows are in order, and every block has a language that says how it
// is checked. The commands are run in tests/integration/docs-commands.test.ts.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { tableOf } from '../../generator/commands/trace-table.ts'
import { configExamples } from '../../scripts/config-examples.ts'
import { generateWith, isConfig } from '../support/docs/configs.ts'
import { unknownFields } from '../support/docs/log-queries.ts'
import { type Block, blocksOf, pages } from '../support/docs/page.ts'
import { isRun, skipped } from '../support/docs/sessions.ts'
import { commandsOf } from '../support/docs/shell.ts'
import { isGitHub, isGitLab, jobsOf } from '../support/docs/workflows.ts'

const blocks = pages.flatMap(blocksOf)
const at = ({ page, line }: Block): string => `${page}:${line}`
const yaml = blocks.filter((block) => block.language === 'yaml' && isRun(block))

/** Languages of blocks that say nothing that could be run. */
const shown: Readonly<Record<string, string>> = {
  mermaid: 'a picture',
  '': 'a picture made of letters',
  text: 'a picture, or output: docs/verify.md is checked by tests/verifier/docs.test.ts, the rest by tests/docs/output.test.ts',
  ts: 'code: docs/library.md is checked by tests/library',
}

test('a command can go on in the next line', () => {
  expect(
    commandsOf('a \\\n  --b\n\n# c\nf |\n  g\nfor i in 1 2; do\n  d\ndone\ne "x\ny"').map(({ text }) => text),
  ).toEqual(['a \\\n  --b', 'f |\n  g', 'for i in 1 2; do\n  d\ndone', 'e "x\ny"'])
})

describe('snippets of YAML', () => {
  const configs = yaml.filter(isConfig)
  const workflows = yaml.filter(({ text }) => isGitHub(text))
  const pipelines = yaml.filter(({ text }) => isGitLab(text))
  const tables = yaml.filter(({ page }) => page === 'docs/trace.md')

  test('tables of expectations can be read', () => {
    expect(tables.map(({ text }) => tableOf(text))).toEqual([expect.any(Array)])
  })

  test('are configs, workflows or tables', () => {
    const known = [...configs, ...workflows, ...pipelines, ...tables]
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
