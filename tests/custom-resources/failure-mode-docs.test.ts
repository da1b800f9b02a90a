import { readFileSync } from 'node:fs'
import { failureModes, withFailureModes } from '../../scripts/failure-mode-docs.ts'

const counts = { A: 24, B: 15, C: 20, D: 22, E: 25, F: 10, G: 14, H: 16 }

test('every failure mode has exactly one test, and the table in the documentation shows them all', () => {
  const ids = Object.entries(counts).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  )
  expect(failureModes().map(({ id }) => id)).toEqual(ids)
  const document = readFileSync('docs/custom-resources.md', 'utf8')
  expect(document).toBe(withFailureModes(document))
})
