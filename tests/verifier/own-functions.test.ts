// The rights of a role count for nothing only while our own functions alone, byte for byte, run with it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const ownFunctions = codeOf(assets)
type Edit = (template: Json) => void

const sideDoor = (...edits: readonly Edit[]): string | undefined => {
  const template = structuredClone(base)
  for (const edit of edits) edit(template)
  const templates = [{ path: 't.json', text: JSON.stringify(template) }]
  const { claims } = verify({ templates, readFile: () => undefined, ownFunctions, declarations: {} })
  return claims.find(({ id }) => id === 'no-side-door')?.verdict
}

const role = { 'Fn::GetAtt': ['WaiterRole', 'Arn'] }
/** What only a program that is known may be trusted with. */
const opens: Edit = (template) => {
  template.Resources.WaiterRole.Properties.Policies.push({
    PolicyName: 'edit',
    PolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'ec2:AuthorizeSecurityGroupIngress', Resource: '*' }],
    },
  })
}
const resource =
  (made: Json): Edit =>
  (template) =>
    Object.assign(template.Resources, made)
const output =
  (Value: Json, more: Json = {}): Edit =>
  (template) => {
    template.Outputs = { ...template.Outputs, Handed: { Value, ...more } }
  }

test('our own function alone has the rights', () => expect(sideDoor(opens)).toBe('proved'))

describe('a role that others may get hold of', () => {
  test.each<readonly [string, Edit]>([
    ['an output', output(role)],
    ['an export', output(role, { Export: { Name: 'role' } })],
    ['its name', output({ Ref: 'WaiterRole' })],
    ['a text', output({ 'Fn::Sub': 'role: ${WaiterRole.Arn}' })],
    ['one of two', output({ 'Fn::Join': [',', ['a', role]] })],
    [
      'a stored parameter',
      resource({ Stored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: role } } }),
    ],
    [
      'another function',
      resource({
        Other: {
          Type: 'AWS::Lambda::Function',
          Properties: { Role: role, Code: { ZipFile: 'x' }, Handler: 'index.x', Runtime: 'python3.13' },
        },
      }),
    ],
    [
      'a custom resource',
      resource({ Other: { Type: 'Custom::Other', Properties: { ServiceToken: 'arn', Role: role } } }),
    ],
    ['a name of its own', (template) => (template.Resources.WaiterRole.Properties.RoleName = 'waiter')],
  ])('%s', (_, edit) => {
    expect(sideDoor(edit)).toBe('proved')
    expect(sideDoor(opens, edit)).not.toBe('proved')
  })
  test('an output of something else says nothing of it', () =>
    expect(sideDoor(opens, output({ 'Fn::GetAtt': ['Vpc', 'VpcId'] }))).toBe('proved'))
})

describe('a function whose code others may change', () => {
  const permission = (Action: Json, FunctionName: Json): Edit =>
    resource({
      Lets: { Type: 'AWS::Lambda::Permission', Properties: { Action, FunctionName, Principal: '111122223333' } },
    })
  const own = { 'Fn::GetAtt': ['WaiterFunction', 'Arn'] }
  test.each(['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:*', 'lambda:Of2030'])(
    '%s',
    (action) => {
      for (const name of [own, { Ref: 'WaiterFunction' }, { 'Fn::Sub': '${WaiterFunction}:live' }])
        expect(sideDoor(opens, permission(action, name))).not.toBe('proved')
    },
  )
  test('by an action that nobody knows', () => {
    const edit: Edit = (template) => (template.Parameters.Given = { Type: 'String' })
    expect(sideDoor(opens, edit, permission({ Ref: 'Given' }, own))).not.toBe('proved')
  })
  test.each(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'])('is ours with %s', (action) =>
    expect(sideDoor(opens, permission(action, own))).toBe('proved'),
  )
  test('is ours where another one may be changed', () => {
    const other = resource({
      Other: { Type: 'AWS::Lambda::Function', Properties: { Role: 'x', Code: { ZipFile: 'x' }, Handler: 'index.x' } },
    })
    const code = permission('lambda:UpdateFunctionCode', { Ref: 'Other' })
    expect(sideDoor(other, code)).toBe(sideDoor(opens, other, code))
  })
})

describe('a function that something unknown is given', () => {
  const own = { 'Fn::GetAtt': ['WaiterFunction', 'Arn'] }
  test.each<readonly [string, Json]>([
    ['a program', { Type: 'Custom::Other', Properties: { ServiceToken: 'x', Given: own } }],
    [
      'a program by its name',
      { Type: 'Custom::Other', Properties: { ServiceToken: 'x', Given: { Ref: 'WaiterFunction' } } },
    ],
    [
      'a stack',
      { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://x/y', Parameters: { A: own } } },
    ],
    ['a type of tomorrow', { Type: 'AWS::Lambda::Of2030', Properties: { Given: own } }],
  ])('%s', (_, Receiver) => {
    const edit: Edit = (template) => Object.assign(template.Resources, { Receiver })
    expect(sideDoor(opens, edit)).not.toBe('proved')
  })
  test('serves other custom resources as it is', () =>
    expect(sideDoor(opens, resource({ Other: { Type: 'Custom::Other', Properties: { ServiceToken: own } } }))).toBe(
      'proved',
    ))
})

describe('a function is ours by all of its code', () => {
  test.each<readonly [string, Json]>([
    ['a bucket beside the text', { S3Bucket: 'b', S3Key: 'k' }],
    ['a bucket only', { S3Bucket: 'b' }],
    ['an image', { ImageUri: 'x' }],
    ['a version', { S3ObjectVersion: '1' }],
    ['a property that nobody knows', { Of2030: 'x' }],
  ])('%s', (_, more) => {
    expect(
      sideDoor(opens, (template) => Object.assign(template.Resources.WaiterFunction.Properties.Code, more)),
    ).not.toBe('proved')
  })
  test('what is left out by AWS::NoValue is not there', () =>
    expect(
      sideDoor(opens, (template) =>
        Object.assign(template.Resources.WaiterFunction.Properties.Code, { S3Bucket: { Ref: 'AWS::NoValue' } }),
      ),
    ).toBe('proved'))
})

test('two functions of ours serve what names the other one, and both stay ours', () => {
  const text = readFileSync('examples/every-key/templates/standalone.yaml', 'utf8')
  const judged = (more: Json): string | undefined => {
    const template: Json = readTemplate(text)
    Object.assign(template.Resources, more)
    const templates = [{ path: 't.json', text: JSON.stringify(template) }]
    const { claims } = verify({ templates, readFile: () => undefined, ownFunctions, declarations: {} })
    return claims.find(({ id }) => id === 'verified-tls')?.verdict
  }
  const functions = Object.entries<Json>(readTemplate(text).Resources).filter(
    ([, { Type }]) => Type === 'AWS::Lambda::Function',
  )
  expect(functions.length).toBeGreaterThan(1)
  expect(judged({})).toBe('proved')
  for (const [id] of functions)
    expect(
      judged({ Other: { Type: 'Custom::Other', Properties: { ServiceToken: 'x', Given: { Ref: id } } } }),
    ).not.toBe('proved')
})
