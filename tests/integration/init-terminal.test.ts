// `init` asks on a terminal: what a person types, Ctrl-C and Ctrl-D among it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { python, repository } from '../lint/python.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-terminal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Step = readonly [shown: string, typed: string]

function typed(...steps: readonly Step[]): { readonly code: number; readonly shown: string } {
  const helper = join(repository, 'tests/integration/on-terminal.py')
  const command = [process.execPath, join(repository, 'dist/cli.js'), 'init']
  return JSON.parse(
    execFileSync(python, [helper, JSON.stringify(steps), ...command], { cwd: folder, encoding: 'utf8' }),
  )
}

test.each([
  ['Ctrl-C at the first question', [['(replace-me): ', '\u0003']]],
  ['Ctrl-D at the first question', [['(replace-me): ', '\u0004']]],
  [
    'Ctrl-C after an answer',
    [
      ['(replace-me): ', 'shop\r'],
      ['(eu-west-1): ', '\u0003'],
    ],
  ],
  [
    'Ctrl-D after a wrong answer',
    [
      ['(replace-me): ', 'Shop\r'],
      ['(replace-me): ', '\u0004'],
    ],
  ],
] as [string, Step[]][])('%s ends it without a file, and says how to go on', (_, steps) => {
  const { code, shown } = typed(...steps)
  expect(code).toBe(1)
  expect(shown).toMatch(/\r\nnothing was written\r\n {3}portcullis init --yes/)
  expect(shown).not.toMatch(/defect|Error/)
  expect(readdirSync(folder)).toEqual([])
})

test('answers stand in the config, and Enter keeps a placeholder', () => {
  const { code } = typed(
    ['(replace-me): ', 'Shop\r'],
    ['is not a name', ''],
    ['(replace-me): ', 'shop\r'],
    ['(eu-west-1): ', 'Frankfurt\r'],
    ['is not an AWS region', ''],
    ['(eu-west-1): ', 'eu-central-1\r'],
    ['(api.replace-me.example): ', '\r'],
    ['(ZREPLACEME): ', 'Z0123456789\r'],
    [':1.0.0): ', '\r'],
    ['(8080): ', '3000\r'],
    ['example/): ', '\r'],
    ['(replace-me): ', '\r'],
  )
  expect(code).toBe(0)
  const config = readFileSync(join(folder, 'portcullis.yaml'), 'utf8')
  for (const line of [
    /^name: shop #/m,
    /^ {2}name: api\.replace-me\.example #/m,
    /^ {4}id: Z0123456789 #/m,
    /port: 3000/,
    /^ {2}dev: \{ region: eu-central-1 \}/m,
  ])
    expect(config).toMatch(line)
})
