// What pages show as output is what the built command prints.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { commandsShown, pagesWithOutput, pictures, withOutput } from '../../scripts/shown-output.ts'

test.each(pagesWithOutput)('%s', (page) => {
  expect(commandsShown(page).length).toBeGreaterThan(0)
  expect(readFileSync(page, 'utf8')).toBe(withOutput(page))
})

test('pictures', () => {
  for (const [path, text] of Object.entries(pictures())) expect(readFileSync(path, 'utf8')).toBe(text)
})
