import { expect, test } from '@jest/globals'
import { exampleFiles, exampleFolders } from './support/examples.ts'

const bytes = (text: string): number => Buffer.byteLength(text)

test("the minimal example's standalone.yaml stays small (65,536 bytes)", () => {
  const standalone = exampleFiles('examples/minimal').find(({ path }) => path === 'templates/standalone.yaml')
  expect(bytes(standalone?.text ?? '')).toBeGreaterThan(10_000)
  expect(bytes(standalone?.text ?? '')).toBeLessThanOrEqual(65_536)
})

test('every template is below 1 MB', () => {
  for (const folder of exampleFolders)
    for (const { text } of exampleFiles(folder)) expect(bytes(text)).toBeLessThan(1_000_000)
})
