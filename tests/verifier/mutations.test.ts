import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { type Report, verify } from '../../verifier/index.ts'
import { byEffort, some } from '../support/effort.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { families, type Mutation } from './mutations.ts'

const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const own = codeOf(assets)
const judge = (template: Json, shares: readonly string[] = []): Report =>
  verify({
    declarations: { allow: shares.map((name) => ({ door: 'shared-service', name })) },
    templates: [{ path: 't.json', text: JSON.stringify(template, null, 1) }],
    readFile: () => undefined,
    ownFunctions: own,
  })
const figures = { killed: 0, kept: 0, combined: 0 }

/** What is not as expected, or undefined. */
function wrong({ expect: expected }: Mutation, report: Report): string | undefined {
  if (expected.verdict === 'proved')
    return report.verdict === 'proved'
      ? undefined
      : JSON.stringify(report.claims.filter(({ verdict }) => verdict !== 'proved'))
  const found = report.claims.filter(({ id, verdict }) => id === expected.claim && verdict === expected.verdict)
  return found.some((claim) => expected.names.test(JSON.stringify(claim)))
    ? undefined
    : `${expected.verdict} ${expected.claim} ${expected.names} expected, found ${JSON.stringify(report.claims.filter(({ id }) => id === expected.claim))}`
}

describe.each(Object.entries(families))('%s', (_family, mutations) => {
  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))('%s', (_name, mutation) => {
    const template = structuredClone(base)
    mutation.change(template)
    const report = judge(template, mutation.shares)
    expect(wrong(mutation, report)).toBeUndefined()
    if (mutation.expect.verdict === 'proved') figures.kept++
    else {
      figures.killed++
      // Nothing that was opened may be hidden by what only became unknown.
      expect(report.verdict).not.toBe('proved')
    }
  })
})

test('two benign changes do not hide a fatal one', () => {
  // These close a door themselves, whatever else opens it.
  const benign = (families['benign'] ?? []).filter(
    ({ name }) => !/^(?:a scheme|a wildcard|no way out|a route with|the link twice)/.test(name),
  )
  const fatal = Object.entries(families).flatMap(([name, all]) =>
    name === 'benign' ? [] : all.filter(({ expect }) => expect.verdict !== 'proved'),
  )
  for (const [index, mutation] of some([...fatal.entries()], 9))
    for (const shift of byEffort({ quick: [3 + 8 * (index % 2)], full: [3, 11] })) {
      const template = structuredClone(base)
      const companions = [benign[(index + shift) % benign.length], benign[(index * 7 + shift) % benign.length]]
      // The fatal change comes last, so that no other undoes it.
      for (const each of new Set(companions)) each?.change(template)
      try {
        mutation.change(template)
      } catch {
        continue
      }
      if (judge(template).verdict === 'proved')
        throw new Error(`proved with ${mutation.name} and ${companions.map((each) => each?.name).join(', ')}`)
      figures.combined++
    }
})

afterAll(() =>
  console.info(
    `verify: ${figures.killed} mutations killed, ${figures.kept} benign kept, ${figures.combined} combinations not proved; wrong "proved": 0`,
  ),
)
