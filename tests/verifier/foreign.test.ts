// Templates that others wrote, rebuilt in our words and judged by hand before `verify` first saw them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { verify } from '../../verifier/index.ts'

type Expected = {
  readonly file: string
  readonly source: string
  readonly why: string
  /** Of the whole template; null where the judge could not say: only the claims are compared then. */
  readonly verdict: string | null
  readonly claims: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const folder = 'tests/verifier/foreign'
const all: readonly Expected[] = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
let right = 0
let verdicts = 0

describe('templates of others', () => {
  test.each(all.map((each) => [each.file, each] as const))('%s', (file, { verdict, claims }) => {
    const report = verify({
      templates: [{ path: file, text: readFileSync(join(folder, file), 'utf8') }],
      readFile: (path) => {
        try {
          return readFileSync(join(folder, path), 'utf8')
        } catch {
          return undefined
        }
      },
    })
    const found = new Map(report.claims.map(({ id, target, verdict: each }) => [`${id} ${target}`, each]))
    const expected = Object.entries(claims).flatMap(([id, targets]) =>
      Object.entries(targets).map(([target, each]) => [`${id} ${target}`, each] as const),
    )
    expect(Object.fromEntries(expected.map(([key]) => [key, found.get(key)]))).toEqual(Object.fromEntries(expected))
    if (verdict !== null) expect(report.verdict).toBe(verdict)
    verdicts += expected.length
    right++
  })
})

test('there are enough of them', () => {
  expect(all.length).toBeGreaterThanOrEqual(30)
  expect(new Set(all.map(({ source }) => source)).size).toBe(all.length)
})

afterAll(() =>
  console.info(`verify: ${right} of ${all.length} templates of others right, ${verdicts} verdicts on claims`),
)
