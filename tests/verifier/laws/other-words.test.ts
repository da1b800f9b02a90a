// Law 3: how a template says what it alone determines does not matter: each claim keeps its verdict.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { runs, seed } from '../../support/effort.ts'
import { none, reportOf, text } from './judge.ts'
import { type Spelling, spellings } from './spellings.ts'
import { large, type Start, small } from './starts.ts'

/** Whatever the targets are called. A claim about the whole is named after a file. */
const verdicts = (start: Parameters<typeof reportOf>[0]): string[] | undefined =>
  reportOf(start)
    ?.claims.map(({ id, verdict }) => `${id} ${verdict}`)
    .sort()

const remembered = new Map<Start, string[] | undefined>()
const before = (start: Start): string[] | undefined => {
  if (!remembered.has(start)) remembered.set(start, verdicts(start))
  return remembered.get(start)
}

const mulberry = (seed_: number) => {
  let state = seed_
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** What is only in one of them. */
const difference = (some: readonly string[], others: readonly string[]): string[] => {
  const rest = [...others]
  return some.filter((each) => {
    const at = rest.indexOf(each)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}

function check(starts: readonly Start[], forms: readonly Spelling[], numRuns: number): void {
  const broken: string[] = []
  let pairs = 0
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.constantFrom(...forms), fc.nat(), (start, { name, spell }, number) => {
      const given = spell(start.template, mulberry(number))
      const was = before(start)
      if (!given || !was || text(given.template) === text(start.template)) return
      pairs++
      const is = verdicts(given)
      if (!is) broken.push(`${start.name}, ${name}: cannot be read`)
      else if (JSON.stringify(is) !== JSON.stringify(was))
        broken.push(
          `${start.name}, ${name} (${number}): ${difference(was, is).join(', ')} became ${difference(is, was).join(', ')}`,
        )
    }),
    { seed, numRuns },
  )
  expect(pairs).toBeGreaterThan(numRuns / 10)
  none(broken, pairs)
}

/** Those in which the spelling finds something to say otherwise. */
const fitting = (starts: readonly Start[], { spell }: Spelling): readonly Start[] =>
  starts.filter(({ template }) =>
    [1, 2, 3].some((number) => {
      const given = spell(template, mulberry(number))
      return given && text(given.template) !== text(template)
    }),
  )

describe('the verdicts stay', () => {
  test.each(spellings)('$name', (spelling) => {
    if (fitting(small.slice(0, 1), spelling).length > 0) check(small, [spelling], runs(13))
    else check(fitting(large, spelling), [spelling], runs(5))
  })
  test('in large templates and those of others', () => check(large, spellings, runs(16)))
})

test('two spellings after each other', () => {
  const broken: string[] = []
  let pairs = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...small),
      fc.constantFrom(...spellings),
      fc.constantFrom(...spellings),
      fc.nat(),
      (start, first, second, number) => {
        const once = first.spell(start.template, mulberry(number))
        if (!once || once.files || typeof once.template === 'string') return
        const twice = second.spell(once.template, mulberry(number + 1))
        if (!twice) return
        pairs++
        const was = before(start) ?? []
        const is = verdicts(twice)
        if (!is) broken.push(`${start.name}, ${first.name}, ${second.name}: cannot be read`)
        else if (JSON.stringify(is) !== JSON.stringify(was))
          broken.push(
            `${start.name}, ${first.name}, ${second.name} (${number}): ${difference(was, is).join(', ')} became ${difference(is, was).join(', ')}`,
          )
      },
    ),
    { seed, numRuns: runs(50) },
  )
  none(broken, pairs)
})
