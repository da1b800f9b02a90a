// What a template names and does not have: CloudFormation refuses it, so it is never deployed and proves nothing.
import { describe, expect, test } from '@jest/globals'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'
import { reportOf } from './laws/judge.ts'

const report = (change: (template: Json) => void) => {
  const template = structuredClone(isolated.template)
  change(template)
  return reportOf({ template })
}

const log = (LogGroupName: Json, more: Json = {}): Json => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName },
  ...more,
})

const values: readonly (readonly [string, Json, RegExp])[] = [
  ['Ref', { Ref: 'Nothing' }, /no parameter or resource Nothing/],
  ['Ref of a pseudo parameter', { Ref: 'AWS::Nothing' }, /no parameter or resource AWS::Nothing/],
  ['Fn::GetAtt', { 'Fn::GetAtt': ['Nothing', 'Arn'] }, /no resource Nothing/],
  ['Fn::GetAtt in one text', { 'Fn::GetAtt': 'Nothing.Arn' }, /no resource Nothing/],
  ['Fn::Sub', { 'Fn::Sub': 'a-${Nothing}' }, /no parameter or resource Nothing/],
  ['Fn::Sub of an attribute', { 'Fn::Sub': ['a-${Nothing.Arn}', { b: 'c' }] }, /no resource Nothing/],
  ['Fn::Sub with a variable', { 'Fn::Sub': ['${a}', { a: { Ref: 'Nothing' } }] }, /resource Nothing/],
  ['Fn::If', { 'Fn::If': ['Nothing', 'a', 'b'] }, /no condition Nothing/],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Nothing', 'a', 'b'] }, /no mapping Nothing/],
  ['Fn::FindInMap of another row', { 'Fn::FindInMap': ['There', 'x', 'b'] }, /mapping There has no b of x/],
  ['Fn::FindInMap of another cell', { 'Fn::FindInMap': ['There', 'a', 'x'] }, /mapping There has no x of a/],
  ['another function', { 'Fn::Nothing': ['a'] }, /no function Fn::Nothing/],
  ['Fn::Length', { 'Fn::Length': ['a'] }, /Fn::Length needs the transform/],
  ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: 'b' } }, /Fn::ToJsonString needs the transform/],
]
const holders: readonly (readonly [string, (value: Json) => Json])[] = [
  ['alone', (value) => value],
  ['in a text', (value) => ({ 'Fn::Join': ['-', ['a', value]] })],
  ['in a list below', (value) => ({ 'Fn::Select': [0, { 'Fn::Split': [',', value] }] })],
]
const Mappings = { There: { a: { b: 'c' } } }

describe.each(values)('%s', (_, value, because) => {
  test.each(holders)('%s', (_form, hold) => {
    const found = report((template) => {
      template.Mappings = Mappings
      template.Resources.Log = log(hold(value))
    })
    expect(found?.claims.length).toBeGreaterThan(5)
    for (const claim of found?.claims ?? []) {
      expect(claim.verdict).toBe('undecided')
      expect(claim.because).toMatch(because)
    }
  })
  test('in an output', () => {
    const found = report((template) => Object.assign(template, { Mappings, Outputs: { Out: { Value: value } } }))
    expect(found?.verdict).toBe('undecided')
  })
})

const loop = { 'Fn::ForEach::Logs': ['Name', ['A'], { 'Log${Name}': log('a') }] }
test.each<[string, (template: Json) => void]>([
  ['DependsOn', ({ Resources }) => Object.assign(Resources, { Log: log('a', { DependsOn: ['Vpc', 'Nothing'] }) })],
  ['Condition', ({ Resources }) => Object.assign(Resources, { Log: log('a', { Condition: 'Nothing' }) })],
  [
    'the condition of an output',
    (template) => ({ ...Object.assign(template, { Outputs: { O: { Value: 'a', Condition: 'Nothing' } } }) }),
  ],
  [
    'a condition of a resource',
    (template) => Object.assign(template, { Conditions: { C: { 'Fn::Equals': [{ Ref: 'Vpc' }, 'a'] } } }),
  ],
  ['Fn::ForEach without its transform', ({ Resources }) => Object.assign(Resources, loop)],
])('%s', (_, change) => {
  expect(report(change)?.verdict).toBe('undecided')
})

const fine: readonly (readonly [string, Json])[] = [
  ['pseudo parameters', { 'Fn::Sub': '${AWS::StackName}-${AWS::URLSuffix}${!Nothing}' }],
  ['an attribute', { 'Fn::GetAtt': 'Vpc.VpcId' }],
  ['variables', { 'Fn::Sub': ['${a}', { a: { Ref: 'AWS::Region' } }] }],
  ['a mapping', { 'Fn::FindInMap': ['There', 'a', 'b'] }],
  ['a row by a function', { 'Fn::FindInMap': ['There', { Ref: 'AWS::Region' }, 'b'] }],
]
test.each(fine)('what is there changes nothing: %s', (_, value) => {
  const found = report((template) => {
    template.Mappings = Mappings
    template.Resources.Log = log(value)
  })
  expect(found?.verdict).toBe('proved')
})

test.each<[string, Json]>([
  ['Fn::Length', { 'Fn::Length': ['a'] }],
  ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['Nothing', 'a', 'b', { DefaultValue: 'c' }] }],
  ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: 'b' } }],
])('and what a transform of the language brings neither: %s', (_, value) => {
  const found = report((template) => {
    template.Transform = 'AWS::LanguageExtensions'
    template.Resources.Log = log(value)
    Object.assign(template.Resources, loop)
  })
  expect(found?.verdict).toBe('proved')
})

test('names that a module or SAM makes are not missed', () => {
  const module = report((template) => {
    template.Resources.Kit = { Type: 'Company::Kit::MODULE' }
    template.Resources.Log = log({ Ref: 'KitTopic' })
  })
  const sam = report((template) => {
    template.Transform = 'AWS::Serverless-2016-10-31'
    template.Resources.Log = log({ Ref: 'ServerlessHttpApi' })
  })
  for (const found of [module, sam])
    for (const { because } of found?.claims ?? []) expect(because).not.toContain('CloudFormation refuses')
})
