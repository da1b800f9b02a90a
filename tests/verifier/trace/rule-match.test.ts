// Conditions of listener rules, against regular expressions and against what more knowledge may change.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Arriving, type Condition, meetsConditions } from '../../../verifier/trace/rule-match.ts'
import { meetsPattern } from '../../../verifier/trace/wildcards.ts'
import { runs, seed } from '../../support/effort.ts'

const letters = fc.constantFrom('a', 'b', '/', '.', '*', '?')
const pattern = fc.array(letters, { maxLength: 8 }).map((all) => all.join(''))
const text = fc.array(fc.constantFrom('a', 'b', '/', '.', '*'), { maxLength: 10 }).map((all) => all.join(''))

const asRegExp = (wanted: string): RegExp =>
  new RegExp(
    `^${wanted
      .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  )

test('* is any text, and ? one character', () => {
  fc.assert(
    fc.property(pattern, text, (wanted, given) => {
      expect(meetsPattern(wanted, given)).toBe(asRegExp(wanted).test(given))
    }),
    { numRuns: runs(8000), seed },
  )
})

test('takes no time that grows with the power of the stars', () => {
  const start = performance.now()
  expect(meetsPattern(`${'*a'.repeat(60)}b`, 'a'.repeat(4000))).toBe(false)
  expect(performance.now() - start).toBeLessThan(2000)
})

test('a backslash takes the meaning from a star in headers, and means itself in paths', () => {
  expect([meetsPattern('a\\*', 'a*', true), meetsPattern('a\\*', 'ab', true)]).toEqual([true, false])
  expect([meetsPattern('a\\*', 'a\\b'), meetsPattern('a\\*', 'a*')]).toEqual([true, false])
})

const value = fc.option(fc.constantFrom('/a', '/A', '/a/*', '*', 'x.y'), { nil: undefined })
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constantFrom('path' as const, 'host' as const, 'method' as const),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field: fc.constant('header' as const),
    name: fc.constantFrom('X-One', 'x-two', undefined),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ field: fc.constant('other' as const), holds: fc.constantFrom(true, false, undefined) }),
)
const known = fc.constantFrom('/a', '/A', '/a/b', 'X.Y', 'GET')
const maybe = fc.option(known, { nil: undefined })
const arriving: fc.Arbitrary<Arriving> = fc.record({
  method: maybe,
  path: maybe,
  host: maybe,
  headers: fc.dictionary(fc.constantFrom('x-one', 'x-two'), maybe).map((all) => new Map(Object.entries(all))),
  query: fc.constant([]),
})

/** The same with a value for everything that was not known. */
const filled = (
  conditions: readonly Condition[],
  request: Arriving,
  by: string,
  holds: boolean,
): [Condition[], Arriving] => [
  conditions.map((each): Condition => {
    if (each.field === 'other') return { ...each, holds: each.holds ?? holds }
    if (each.field === 'query') return each
    const values = each.values.map((one) => one ?? by)
    return each.field === 'header' ? { ...each, name: each.name ?? 'x-one', values } : { ...each, values }
  }),
  {
    ...request,
    method: request.method ?? by,
    path: request.path ?? by,
    host: request.host ?? by,
    headers: new Map([...request.headers].map(([name, one]) => [name, one ?? by])),
  },
]

test('what is said without knowing all stays so, whatever the rest is', () => {
  fc.assert(
    fc.property(
      fc.array(condition, { maxLength: 4 }),
      arriving,
      known,
      fc.boolean(),
      (conditions, request, by, holds) => {
        const before = meetsConditions(conditions, request)
        const after = meetsConditions(...filled(conditions, request, by, holds))
        expect(after).not.toBe('unknown')
        if (before !== 'unknown') expect(after).toBe(before)
      },
    ),
    { numRuns: runs(8000), seed },
  )
})

const request: Arriving = {
  method: 'GET',
  path: '/Orders',
  host: 'API.example.com',
  headers: new Map([['x-kind', 'Big One']]),
  query: [['Version', 'V1']],
}

describe('capitals', () => {
  test.each<[string, Condition, 'yes' | 'no']>([
    ['matter in paths', { field: 'path', values: ['/orders'] }, 'no'],
    ['matter in methods', { field: 'method', values: ['get'] }, 'no'],
    ['do not matter in hosts', { field: 'host', values: ['api.EXAMPLE.*'] }, 'yes'],
    ['do not matter in headers', { field: 'header', name: 'X-Kind', values: ['big*'] }, 'yes'],
    ['do not matter in queries', { field: 'query', pairs: [{ key: 'version', value: 'v?' }] }, 'yes'],
  ])('%s', (_, one, expected) => {
    expect(meetsConditions([one], request)).toBe(expected)
  })
})

test('all conditions must be met, each by one value; a header that is not sent meets none', () => {
  const path: Condition = { field: 'path', values: ['/x', '/Orders'] }
  expect(meetsConditions([], request)).toBe('yes')
  expect(meetsConditions([path, { field: 'method', values: ['POST'] }], request)).toBe('no')
  expect(meetsConditions([path, { field: 'header', name: 'x-other', values: ['*'] }], request)).toBe('no')
  expect(meetsConditions([{ field: 'query', pairs: [{ value: 'v2' }, { value: 'v1' }] }], request)).toBe('yes')
})
