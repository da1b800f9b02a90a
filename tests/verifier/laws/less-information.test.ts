// Law 1: making a part of a template opaque never decides more: what was undecided stays so, and what was decided is
// never decided the other way. A value from outside is not such a part, because it names nothing of the template: it may
// prove, but never refutes what was proved.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { runs, seed } from '../../support/effort.ts'
import { none, reportOf, type Verdict, type Verdicts, verdictsOf } from './judge.ts'
import { anything, outside, placesOf } from './opaque.ts'
import { large, type Start, small } from './starts.ts'

type Law = (before: Verdict, after: Verdict) => boolean

const strict: Law = (before, after) => before === after || after === 'undecided'
const weak: Law = (before, after) => !(before === 'proved' && after === 'refuted')

/** Verdicts that the law forbids, of claims that both templates have. */
const against = (law: Law, before: Verdicts, after: Verdicts): string[] =>
  [...before].flatMap(([key, verdict]) => {
    const then = after.get(key)
    return then === undefined || law(verdict, then) ? [] : [`${key} ${verdict} -> ${then}`]
  })

const remembered = new Map<Start, Verdicts | undefined>()
function verdictsBefore(start: Start): Verdicts | undefined {
  if (!remembered.has(start)) {
    const report = reportOf(start)
    remembered.set(start, report && verdictsOf(report))
  }
  return remembered.get(start)
}

function check(starts: readonly Start[], forms: typeof anything, law: Law, numRuns: number): void {
  const broken: string[] = []
  let pairs = 0
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.constantFrom(...forms), fc.nat(), (start, form, number) => {
      const places = placesOf(start.template)
      const place = places[number % places.length]
      const before = verdictsBefore(start)
      const changed = place && form.make(start.template, place)
      const report = changed && reportOf({ template: changed })
      if (!report || !before) return
      pairs++
      const wrong = against(law, before, verdictsOf(report))
      if (wrong.length > 0)
        broken.push(`${start.name}, ${form.name} for ${place.resource}.${place.path.join('.')}: ${wrong.join(', ')}`)
    }),
    { seed, numRuns },
  )
  expect(pairs).toBeGreaterThan(numRuns / 4)
  none(broken, pairs)
}

describe('what may be anything decides nothing', () => {
  test.each(anything)('$name', (form) => check(small, [form], strict, runs(40)))
  test('in large templates and those of others', () => check(large, anything, strict, runs(20)))
})

describe('what comes from outside never refutes what was proved', () => {
  test.each(outside)('$name', (form) => check(small, [form], weak, runs(24)))
  test('in large templates and those of others', () => check(large, outside, weak, runs(12)))
})
