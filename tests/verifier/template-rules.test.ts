// Rules refuse deployments: what they refuse everywhere neither opens nor proves, and nothing is shown in a world that
// they may refuse.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Declarations } from '../../verifier/index.ts'
import { WrongDeclaration } from '../../verifier/judge/wrong-declarations.ts'
import { runs, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'
import { reportOf } from './laws/judge.ts'

const names = ['P0', 'P1', 'P2', 'P3'] as const
type Values = Readonly<Record<string, string>>
/** What is in the template, and what it means. */
type Test = { readonly written: Json; readonly holds: (values: Values) => boolean }

const value = fc.constantFrom('a', 'b')
const equals: fc.Arbitrary<Test> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...names), value).map(([name, wanted]) => ({
      written: { 'Fn::Equals': [{ Ref: name }, wanted] },
      holds: (values: Values) => values[name] === wanted,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(value, value).map(([one, other]) => ({
      written: { 'Fn::Equals': [one, other] },
      holds: () => one === other,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...names), fc.subarray(['a', 'b', 'c'])).map(([name, all]) => ({
      written: { 'Fn::Contains': [all, { Ref: name }] },
      holds: (values: Values) => all.includes(values[name] ?? ''),
    })),
  },
)
const tests: fc.Arbitrary<Test> = fc.oneof(
  { weight: 2, arbitrary: equals },
  {
    weight: 1,
    arbitrary: equals.map((one) => ({
      written: { 'Fn::Not': [one.written] },
      holds: (values: Values) => !one.holds(values),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(equals, equals).map((all) => ({
      written: { 'Fn::And': all.map(({ written }) => written) },
      holds: (values: Values) => all.every((each) => each.holds(values)),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(equals, equals).map((all) => ({
      written: { 'Fn::Or': all.map(({ written }) => written) },
      holds: (values: Values) => all.some((each) => each.holds(values)),
    })),
  },
)
const rules = fc.array(fc.tuple(fc.option(tests, { freq: 2 }), fc.array(tests, { minLength: 1, maxLength: 2 })), {
  maxLength: 5,
})

const allValues: readonly Values[] = names.reduce<readonly Values[]>(
  (all, name) => all.flatMap((each) => ['a', 'b'].map((one) => ({ ...each, [name]: one }))),
  [{}],
)

const open = (Condition?: string): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  ...(Condition ? { Condition } : {}),
  Properties: { GroupId: { Ref: isolated.roles.balancerGroup }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
})
const withRules = (Rules: Json, rest: Json = {}, resources: Json = {}): Json => ({
  ...isolated.template,
  Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String', AllowedValues: ['a', 'b'] }])),
  ...rest,
  Rules,
  Resources: { ...isolated.template.Resources, ...resources },
})
const judged = (template: Json, declarations: Partial<Declarations> = {}) => {
  const report = reportOf({ template }, declarations)
  if (!report) throw new Error('it is not read')
  return report
}
const entrance = (template: Json) => judged(template).claims.find(({ id }) => id === 'sole-entrance')

test('a rule of a group opens exactly where some deployment has it that the Rules do not refuse', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(rules, tests, (chosen, leak) => {
      const allowed = allValues.filter((values) =>
        chosen.every(([when, all]) => (when && !when.holds(values)) || all.every((each) => each.holds(values))),
      )
      const expected =
        allowed.length === 0 ? 'undecided' : allowed.some((each) => leak.holds(each)) ? 'refuted' : 'proved'
      seen.set(expected, (seen.get(expected) ?? 0) + 1)
      const Rules = Object.fromEntries(
        chosen.map(([when, all], index) => [
          `R${index}`,
          {
            ...(when ? { RuleCondition: when.written } : {}),
            Assertions: all.map(({ written }) => ({ Assert: written })),
          },
        ]),
      )
      const report = judged(withRules(Rules, { Conditions: { Leaks: leak.written } }, { Extra: open('Leaks') }))
      expect(report.claims.find(({ id }) => id === 'sole-entrance')?.verdict).toBe(expected)
      if (allowed.length === 0) expect(report.verdict).toBe('undecided')
    }),
    { numRuns: runs(150), seed },
  )
  expect([...seen.keys()].sort()).toEqual(['proved', 'refuted', 'undecided'])
})

const never = { 'Fn::Equals': ['a', 'b'] }
const is = (name: string, wanted: string): Json => ({ 'Fn::Equals': [{ Ref: name }, wanted] })
const asserts = (...all: readonly Json[]): Json => ({ Assertions: all.map((Assert) => ({ Assert })) })

describe('a template that nobody can deploy', () => {
  test('says why, and where', () => {
    const { claims, verdict } = judged(
      withRules({ Kept: asserts(is('P0', 'a')), Never: asserts(never) }, {}, { Extra: open() }),
    )
    expect(verdict).toBe('undecided')
    for (const { verdict: each, because, path, unknown } of claims) {
      expect({ each, because }).toEqual({
        each: 'undecided',
        because: expect.stringContaining('an assertion of Rules fails (Never)'),
      })
      expect(path).toEqual([{ node: 'Rules.Never', file: 't0.json', line: 1 }])
      expect(unknown?.settle).toContain('Never')
    }
  })

  test('is wrong usage where only the command line makes it one', () => {
    const template = withRules({ Internal: asserts(is('P0', 'a')) })
    expect(judged(template).verdict).toBe('proved')
    expect(() => judged(template, { parameters: new Map([['P0', 'b']]) })).toThrow(WrongDeclaration)
  })
})

describe('what nobody can work out refuses nothing, and shows nothing', () => {
  const stored = {
    Parameters: { S: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }, P0: { Type: 'String' } },
  }
  test.each([
    ['a stored value that is two things', asserts(is('S', 'b'), is('S', 'c'))],
    ['a stored value and a function', asserts(is('S', 'b'), { 'Fn::Equals': [{ 'Fn::ValueOf': ['P0', 'X'] }, 'b'] })],
    ['a function of rules', asserts({ 'Fn::Equals': [{ 'Fn::ValueOf': ['P0', 'Attributes.X'] }, 'b'] })],
  ])('%s', (_, rule) => {
    expect(entrance(withRules({ Rule: rule }, stored))?.verdict).toBe('proved')
    const opened = entrance(withRules({ Rule: rule }, stored, { Extra: open() }))
    expect(opened?.verdict).toBe('undecided')
    expect(opened?.path?.at(-1)?.node).toBe('Rules.Rule')
  })
})

test.each([
  ['one value', asserts(is('S', 'b'))],
  ['none of some', asserts({ 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3'], { Ref: 'S' }] }] })],
  ['another than the condition wants', { RuleCondition: is('S', 'b'), ...asserts(never) }],
])('a stored value may be %s, as that of the CDK that tells the version of its bootstrap', (_, rule) => {
  const stored = { Parameters: { S: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' } } }
  expect(entrance(withRules({ Rule: rule }, stored, { Extra: open() }))?.verdict).toBe('refuted')
  expect(entrance(withRules({ Rule: rule }, stored))?.verdict).toBe('proved')
})

test('a stack in a stack has rules too, and refuses only where it is there', () => {
  const child: Json = { ...withRules({ Never: asserts(never) }), Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }
  const inner = (rest: Json): Json => ({
    Inner: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: './child.json', Parameters: Object.fromEntries(names.map((name) => [name, 'a'])) },
      ...rest,
    },
    Extra: open(),
  })
  const verdict = (rest: Json) =>
    reportOf({
      template: withRules({}, { Conditions: { Is: is('P0', 'a') } }, inner(rest)),
      files: { 'child.json': child },
    })?.claims.find(({ id }) => id === 'sole-entrance')
  expect(verdict({})?.verdict).toBe('undecided')
  const opened = verdict({ Condition: 'Is' })
  expect(opened?.verdict).toBe('refuted')
})
