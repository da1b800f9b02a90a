// Every file in fixtures/bad says in its `# expect:` lines which mistakes it holds, and where; nothing else may be found.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { besideConfig } from '../generator/commands/config-file.ts'
import { settingOf } from '../generator/config/settings.ts'
import { codes } from '../generator/errors/codes.ts'
import type { LocatedDiagnostic } from '../generator/errors/located.ts'
import { PortcullisError } from '../generator/errors/portcullis-error.ts'
import { generate } from '../generator/generate.ts'
import { parseConfig } from '../generator/read.ts'
import { rules } from '../generator/rules/index.ts'
import { withinLimits } from '../generator/within-limits.ts'
import { assets } from './support/examples.ts'
import { isWithin, schemaKeys } from './support/schema-keys.ts'

const folder = 'tests/fixtures/bad'
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

/** Including warnings, and what only `generate --check` refuses; a line `# set: PATH=VALUE` stands for the flag. */
function mistakesIn(text: string, name: string): readonly LocatedDiagnostic[] {
  const settings = [...text.matchAll(/^# set: (.*)$/gm)].flatMap(([, argument = '']) => settingOf(argument) ?? [])
  try {
    const read = parseConfig(text, name, undefined, settings, besideConfig(folder, name))
    // To make the templates of all files would take long.
    if (name.startsWith('too-large-')) withinLimits(read, () => generate(read.model, assets))
    return [...read.placeholders, ...read.warnings]
  } catch (error) {
    if (error instanceof PortcullisError) return error.diagnostics
    throw error
  }
}

const mistakes = new Map(fixtures.map((name) => [name, mistakesIn(textOf(name), name)]))

const expected = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => (line.startsWith('# expect:') ? line.slice('# expect:'.length).split(',') : []))
    .map((each) => each.trim())

describe('a bad config gives exactly its mistakes, each with place, cause and remedy:', () => {
  test.each(fixtures)('%s', (name) => {
    const text = textOf(name)
    const found = mistakes.get(name) ?? []
    expect(found.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual(expected(text))
    for (const { file, line, sourceLine, message, remedy } of found) {
      expect([name, '--set']).toContain(file)
      if (file === name) expect(sourceLine).toBe(text.split('\n')[line - 1])
      else expect(text).toContain(`# set: ${sourceLine}\n`)
      for (const part of [message, remedy]) expect(part).toMatch(/^[^\s.].*[^\s.]$/s)
    }
  })
})

const all = [...mistakes.values()].flat()

test('every code is shown by some file', () => {
  const shown = new Set(all.map(({ code }) => code))
  expect(Object.keys(codes).filter((code) => !shown.has(code as keyof typeof codes))).toEqual([])
})

test.each(schemaKeys().map((key) => [key.join('.'), key] as const))('there is a bad example of %s', (_, key) => {
  expect(all.some(({ path }) => isWithin(key, path))).toBe(true)
})

test.each(rules)('who breaks $id is told why, and where AWS says so', ({ id, why, docs }) => {
  const told = all.filter(({ code }) => code === id).map((mistake) => mistake.why)
  expect(new Set(told)).toEqual(new Set([docs === undefined ? why : `${why}: ${docs}`]))
})
