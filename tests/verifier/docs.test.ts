// The reports in docs/verify.md are what the program prints.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { reportOf, shownIn, shownTemplates, withLines } from '../../scripts/verify-reports.ts'
import { doors } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'

const guide = readFileSync('docs/verify.md', 'utf8')
const shown = shownIn(guide)
const reports = shownTemplates(readFileSync('templates/standalone.yaml', 'utf8')).map((each) => reportOf(each, assets))

test('proved, refuted and undecided', () => {
  expect(shown).toHaveLength(3)
  for (const [index, text] of shown.entries()) expect(reports[index]).toContain(text)
})

test('only line numbers are brought up to date', () => {
  const older = guide.replaceAll(/\.yaml:\d+/g, '.yaml:77')
  expect(older).not.toBe(guide)
  expect(withLines(older, reports)).toBe(guide)
  const wrong = guide.replaceAll('admits', 'refuses')
  expect(withLines(wrong, reports)).toBe(wrong)
})

test('every door is named', () => {
  for (const door of doors) expect(guide).toContain(`\`${door}\``)
})
