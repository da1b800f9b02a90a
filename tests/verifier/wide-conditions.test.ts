// Conditions that depend on many parameters: the verdict is the one of all combinations, or it is given up by counted steps.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { verify } from '../../verifier/index.ts'
import { byEffort, runs, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'

type Test = { readonly written: Json; readonly holds: (bits: number) => boolean }

const equals = (index: number): Test => ({
  written: { 'Fn::Equals': [{ Ref: `P${index}` }, 'b'] },
  holds: (bits) => ((bits >> index) & 1) === 1,
})
const not = (one: Test): Test => ({ written: { 'Fn::Not': [one.written] }, holds: (bits) => !one.holds(bits) })
const and = (all: readonly Test[]): Test => ({
  written: { 'Fn::And': all.map(({ written }) => written) },
  holds: (bits) => all.every((each) => each.holds(bits)),
})
const or = (all: readonly Test[]): Test => ({
  written: { 'Fn::Or': all.map(({ written }) => written) },
  holds: (bits) => all.some((each) => each.holds(bits)),
})

const nested = (count: number, depth: number): fc.Arbitrary<Test> => {
  const leaf = fc.nat(count - 1).map(equals)
  const grow = (left: number): fc.Arbitrary<Test> => {
    if (left === 0) return leaf
    const inner = grow(left - 1)
    const several = fc.array(inner, { minLength: 2, maxLength: 4 })
    return fc.oneof(
      { weight: 1, arbitrary: inner.map(not) },
      { weight: 2, arbitrary: several.map(and) },
      { weight: 2, arbitrary: several.map(or) },
    )
  }
  return grow(depth)
}

/** A rule that lets everybody in where C and D hold, and the link otherwise. */
function template(count: number, C: Test, D: Test, parameter: Json): Json {
  const { Resources } = isolated.template
  const noValue = { Ref: 'AWS::NoValue' }
  return {
    ...isolated.template,
    Parameters: Object.fromEntries(Array.from({ length: count }, (_, index) => [`P${index}`, parameter])),
    Conditions: { C: C.written, D: D.written },
    Resources: {
      ...Resources,
      Extra: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Condition: 'C',
        Properties: {
          GroupId: { Ref: isolated.roles.balancerGroup },
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          CidrIp: { 'Fn::If': ['D', '0.0.0.0/0', noValue] },
          SourceSecurityGroupId: { 'Fn::If': ['D', noValue, { Ref: isolated.roles.linkGroup }] },
        },
      },
    },
  }
}

/** The verdict on who comes in, and how many thousands of steps all of it took. */
function judged(judgedTemplate: Json) {
  let thousands = 0
  const report = verify({
    templates: [{ path: 't.json', text: JSON.stringify(judgedTemplate) }],
    readFile: () => undefined,
    watchdog: () => {
      thousands++
      return false
    },
  })
  const claim = report.claims.find(({ id, target }) => id === 'sole-entrance' && target === isolated.roles.loadBalancer)
  if (!claim) throw new Error('nobody asked who comes in')
  return { report, claim, thousands }
}

const values = { Type: 'String', AllowedValues: ['a', 'b'] }
const kinds = { values, 'a default': { Type: 'String', Default: 'a' }, free: { Type: 'String' } }

test('what some combination opens is refuted with values that open it, and all else is proved', () => {
  const count = 8
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(nested(count, 3), nested(count, 3), fc.constantFrom(...Object.values(kinds)), (C, D, parameter) => {
      const all = Array.from({ length: 2 ** count }, (_, bits) => bits)
      const opens = (bits: number): boolean => C.holds(bits) && D.holds(bits)
      const { claim } = judged(template(count, C, D, parameter))
      expect(claim.verdict).toBe(all.some(opens) ? 'refuted' : 'proved')
      seen.set(claim.verdict, (seen.get(claim.verdict) ?? 0) + 1)
      const when = Object.entries(claim.when ?? {})
      const isMeant = (bits: number): boolean =>
        when.every(([name, value]) => equals(Number(name.slice(1))).holds(bits) === (value === 'b'))
      if (claim.verdict === 'refuted') expect(all.filter(isMeant).every(opens)).toBe(true)
    }),
    { numRuns: byEffort({ quick: 15, full: 60 }), seed },
  )
  expect(seen.size).toBe(2)
})

const times = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
const clauses = (count: number): Test => and(times(count, (each) => or(times(4, (index) => equals(4 * each + index)))))
/** No choice is left out that decides, so each combination must be looked at. */
const parity = times(11, equals).reduce((odd, each) => or([and([odd, not(each)]), and([not(odd), each])]))

const shapes: readonly (readonly [string, number, Test, string])[] = [
  ['ten Ors of four', 40, clauses(10), 'refuted'],
  ['ten Ands of four', 40, or(times(10, (each) => and(times(4, (index) => equals(4 * each + index))))), 'refuted'],
  ['what is neither', 40, and([clauses(10), not(clauses(10))]), 'any'],
  ['not ten Ors of four', 40, not(clauses(10)), 'refuted'],
]

describe.each(Object.entries(kinds))('parameters with %s', (_, parameter) => {
  test.each(shapes)('%s is decided, or given up, by steps', (_name, count, shape, expected) => {
    const { report, claim, thousands } = judged(template(count, shape, not(equals(0)), parameter))
    if (expected !== 'any') expect(claim.verdict).toBe(expected)
    expect(thousands).toBeLessThanOrEqual(1500)
    for (const each of report.claims) expect(each.reproducible).toBeUndefined()
  })
})

test('an odd number of eleven is given up by steps', () => {
  const { report, thousands } = judged(template(11, parity, not(equals(0)), values))
  expect(thousands).toBeLessThanOrEqual(1500)
  for (const each of report.claims) expect(each.reproducible).toBeUndefined()
})

test('conditions of thirty parameters at random end by steps, and always in the same way', () => {
  fc.assert(
    fc.property(nested(30, 4), nested(30, 3), fc.constantFrom(...Object.values(kinds)), (C, D, parameter) => {
      const { report, thousands } = judged(template(30, C, D, parameter))
      expect(thousands).toBeLessThanOrEqual(1500)
      const again = judged(template(30, C, D, parameter))
      expect(again.thousands).toBe(thousands)
      expect(again.report).toEqual(report)
    }),
    { numRuns: runs(12), seed },
  )
})
