// Random configs put each two parts together in every way in which they can be: made, taken from what exists, shared.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { seed } from '../support/effort.ts'
import { pairsOfParts, partsOf } from '../support/parts.ts'
import { configArbitrary } from './arbitraries.ts'

/** What stands in a VPC that exists has no place in a new one (PC480, PC331, PC444), and what has no name has no path. */
const impossible = [
  'network: new & loadBalancer: existing',
  'network: new & link: existing',
  'network: new & compute: existing',
  'domain: none & basePath: given',
]

test('only what rules refuse never stands together', () => {
  // Those from which a run chooses: tests/support/random-models.ts.
  const configs = fc.sample(configArbitrary, { seed, numRuns: 400 })
  const seen = new Set(configs.flatMap(pairsOfParts))
  const parts = new Map<string, Set<string>>()
  for (const [part, is] of configs.flatMap((config) => Object.entries(partsOf(config))))
    parts.set(part, (parts.get(part) ?? new Set()).add(`${part}: ${is}`))
  const all = [...parts.values()]
  const pairs = all.flatMap((ones, index) =>
    all
      .slice(index + 1)
      .flatMap((others) => [...ones].flatMap((one) => [...others].map((other) => `${one} & ${other}`))),
  )
  expect(pairs.filter((pair) => !seen.has(pair))).toEqual(impossible)
  // With `uses`, parts are those of another config: platforms.ts.
  expect([...parts].filter(([, ways]) => ways.size < 2).map(([part]) => part)).toEqual(['uses'])
})
