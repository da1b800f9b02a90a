// What the README and docs/diff.md show is what the program prints.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { shownMoment, shownUpdate, withUpdate } from '../../../scripts/update-reports.ts'
import { assets } from '../../support/examples.ts'

const update = shownUpdate(readFileSync('portcullis.yaml', 'utf8'), assets)
const moment = shownMoment(readFileSync('templates/standalone.yaml', 'utf8'), assets)

test.each(['README.md', 'docs/diff.md'])('%s shows what diff prints today (npm run generate)', (guide) => {
  const text = readFileSync(guide, 'utf8')
  expect(text).toMatch(/```text\nreplaced {2}/)
  expect(withUpdate(text, update, moment)).toBe(text)
})
