// A world refutes only when somebody can deploy it: with a value that the parameter takes, in a Region that lies in the
// partition, under a name that a stack may have. And none is dropped that somebody can deploy.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { examplesOf, matches } from '../../verifier/worlds/patterns.ts'
import { runs, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'
import { reportOf } from './laws/judge.ts'

const isNot = (value: Json, text: string): Json => ({ 'Fn::Not': [{ 'Fn::Equals': [value, text] }] })
const is = (value: Json, text: string): Json => ({ 'Fn::Equals': [value, text] })
const both = (...all: readonly Json[]): Json => ({ 'Fn::And': all })

/** The load balancer's group opens when the condition holds. */
function entrance(Opens: Json, parameter: Json = { Type: 'String' }): string | undefined {
  const report = reportOf({
    template: {
      ...isolated.template,
      Parameters: { P: parameter },
      Conditions: { Opens },
      Resources: {
        ...isolated.template.Resources,
        Extra: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Condition: 'Opens',
          Properties: { GroupId: { Ref: isolated.roles.balancerGroup }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
        },
      },
    },
  })
  return report?.claims.find(({ id }) => id === 'sole-entrance')?.verdict
}

const P = { Ref: 'P' }
const text = (AllowedPattern: string, more: Json = {}): Json => ({ Type: 'String', AllowedPattern, ...more })

describe('another value than the one named', () => {
  test.each<[string, Json, string]>([
    ['any text', { Type: 'String' }, 'refuted'],
    ['a pattern that takes others', text('[a-c]'), 'refuted'],
    ['a pattern that takes nothing else', text('a'), 'undecided'],
    ['a pattern that takes nothing else, spelt with anchors', text('^a$'), 'undecided'],
    ['a pattern that excludes all but one', text('(?!b)[ab]'), 'undecided'],
    ['a pattern that excludes one of three', text('(?!b)[abc]'), 'refuted'],
    ['a pattern that is read by Java only', text('[a-z&&[^b-z]]'), 'undecided'],
    ['a length of nothing', { Type: 'String', MaxLength: 0 }, 'undecided'],
    ['a number among two', { Type: 'Number', MinValue: 1, MaxValue: 2 }, 'refuted'],
    ['a long value of a strict form', text('arn:aws:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}'), 'refuted'],
  ])('%s', (_, parameter, verdict) => {
    expect(entrance(isNot(P, 'a'), parameter)).toBe(verdict)
  })

  test.each([
    'AWS::EC2::VPC::Id',
    'AWS::EC2::Subnet::Id',
    'AWS::EC2::AvailabilityZone::Name',
    'AWS::Route53::HostedZone::Id',
  ])('another %s', (Type) => expect(entrance(isNot(P, 'x'), { Type, Default: 'x' })).toBe('refuted'))

  test('a number that is the only one', () => {
    expect(entrance(isNot(P, '1'), { Type: 'Number', MinValue: 1, MaxValue: 1 })).toBe('undecided')
  })
})

describe('a value that is named', () => {
  test.each<[string, Json, string, string]>([
    ['outside the numbers', { Type: 'Number', MinValue: 1, MaxValue: 5 }, '6', 'proved'],
    ['among the numbers', { Type: 'Number', MinValue: 1, MaxValue: 5 }, '5', 'refuted'],
    ['no number', { Type: 'Number' }, 'six', 'undecided'],
    ['an empty id', { Type: 'AWS::EC2::VPC::Id' }, '', 'undecided'],
    ['an id', { Type: 'AWS::EC2::VPC::Id' }, 'vpc-0123456789abcdef0', 'refuted'],
    ['no id', { Type: 'AWS::EC2::VPC::Id' }, 'x', 'undecided'],
    ['no id as the default', { Type: 'AWS::EC2::VPC::Id', Default: 'x' }, 'x', 'undecided'],
    ['no id among allowed ones', { Type: 'AWS::EC2::VPC::Id', AllowedValues: ['x', 'y'] }, 'x', 'undecided'],
    ['an id of something else', { Type: 'AWS::EC2::VPC::Id' }, 'subnet-0123456789abcdef0', 'undecided'],
    ['a zone', { Type: 'AWS::EC2::AvailabilityZone::Name' }, 'eu-west-1a', 'refuted'],
    ['a local zone', { Type: 'AWS::EC2::AvailabilityZone::Name' }, 'us-west-2-lax-1a', 'refuted'],
    ['no zone', { Type: 'AWS::EC2::AvailabilityZone::Name' }, 'Ireland', 'undecided'],
    ['a hosted zone', { Type: 'AWS::Route53::HostedZone::Id' }, 'Z0123456789ABCDEFGHIJ', 'refuted'],
    ['a key by its name', { Type: 'AWS::EC2::KeyPair::KeyName' }, 'x', 'refuted'],
    ['a type that nobody knows', { Type: 'AWS::Of2030::Id' }, 'x', 'refuted'],
    ['no number as the default', { Type: 'Number', Default: 'six' }, 'six', 'undecided'],
    ['against the pattern', text('[a-z]+'), '1', 'proved'],
  ])('%s', (_, parameter, value, verdict) => {
    expect(entrance(is(P, value), parameter)).toBe(verdict)
  })
})

describe('pseudo parameters', () => {
  const of = (name: string): Json => ({ Ref: `AWS::${name}` })
  test.each<[string, Json, string]>([
    ['an account', is(of('AccountId'), '123456789012'), 'refuted'],
    ['no account', is(of('AccountId'), '123'), 'proved'],
    ['another account', isNot(of('AccountId'), '123456789012'), 'refuted'],
    ['a Region', is(of('Region'), 'eu-west-1'), 'refuted'],
    ['no Region', is(of('Region'), 'Ireland'), 'proved'],
    ['a Region that nobody knows', is(of('Region'), 'xx-central-1'), 'undecided'],
    ['a partition', is(of('Partition'), 'aws-cn'), 'refuted'],
    ['another partition', isNot(of('Partition'), 'aws'), 'refuted'],
    ['no partition', is(of('Partition'), 'azure'), 'proved'],
    ['a stack', is(of('StackName'), 'orders'), 'refuted'],
    ['no stack', is(of('StackName'), '1 order'), 'proved'],
    ['a Region of the partition', both(is(of('Region'), 'cn-north-1'), is(of('Partition'), 'aws-cn')), 'refuted'],
    ['a Region of another', both(is(of('Region'), 'eu-west-1'), is(of('Partition'), 'aws-cn')), 'undecided'],
    [
      'a Region of another, asked first',
      both(is(of('Partition'), 'aws-cn'), is(of('Region'), 'eu-west-1')),
      'undecided',
    ],
    [
      'another partition than the one of the Region',
      both(is(of('Region'), 'eu-west-1'), isNot(of('Partition'), 'aws')),
      'undecided',
    ],
    ['the suffix of another', both(is(of('Partition'), 'aws'), is(of('URLSuffix'), 'amazonaws.com.cn')), 'undecided'],
  ])('%s', (_, condition, verdict) => {
    expect(entrance(condition)).toBe(verdict)
  })
})

// Patterns as they are written for values, and texts near them: what is matched here is what JavaScript matches.
const atom = fc.constantFrom(
  'a',
  'b',
  '[ab]',
  '[^a]',
  '[a-c0-2]',
  '\\d',
  '\\w',
  '.',
  '\\.',
  '-',
  '(?!b)',
  '(?=[ab])',
  '^',
  '$',
)
const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc
    .array(
      fc.array(tie('part'), { maxLength: 4 }).map((all) => all.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => all.join('|')),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    fc
      .tuple(
        fc.oneof(
          fc.constantFrom('a', '[ab]', '\\d'),
          tie('pattern').map((inner) => `(${inner})`),
        ),
        fc.constantFrom('', '*', '+', '?', '{2}', '{0,3}', '{1,}', '*?'),
      )
      .map((all) => all.join('')),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
}))
const value = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '0', '3', '.', '-', '_', ' '), maxLength: 6 })

describe('patterns', () => {
  test('match what JavaScript matches, and examples of them match', () => {
    let read = 0
    fc.assert(
      fc.property(pattern, fc.array(value, { minLength: 1, maxLength: 8 }), (written, values) => {
        const right = new RegExp(`^(?:${written})$`)
        for (const each of values) {
          const answer = matches(written, each)
          if (answer !== undefined) expect(answer).toBe(right.test(each))
          if (answer) read++
        }
        for (const each of examplesOf(written, 8)) expect(right.test(each)).toBe(true)
      }),
      { numRuns: runs(1000), seed },
    )
    expect(read).toBeGreaterThan(runs(100))
  })

  test.each([
    ['(a|a|a|a|a|a|a|a|a|a)*b', 'a'.repeat(60), false],
    ['((a{1,500}){1,500}){1,500}', 'a'.repeat(400), undefined],
    ['(a?){99999}', 'aaa', true],
    ['(a*)*', 'b', false],
    ['\\p{Lower}+', 'a', undefined],
    ['[a-z&&[^b]]', 'a', undefined],
    ['a++', 'aa', undefined],
    ['(a)\\1', 'aa', undefined],
  ])('%s against %s: %s', (written, against, answer) => {
    expect(matches(written, against)).toBe(answer)
  })

  test.each(['sg-[0-9a-f]{8,17}', '(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}', '|arn:aws[a-z-]*:acm:.*'])(
    '%s has examples',
    (written) => {
      const found = new Set(examplesOf(written, 16))
      expect(found.size).toBeGreaterThan(4)
    },
  )
})
