// What pages show as output is what the built command prints.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { commandsShown, pagesWithOutput, withOutput } from '../../scripts/shown-output.ts'

test.each(pagesWithOutput)('%s', (page) => {
  expect(commandsShown(page).length).toBeGreaterThan(0)
  expect(readFileSync(page, 'utf8')).toBe(withOutput(page))
})
