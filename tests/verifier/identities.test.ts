// Who may act as whom: roles that something opaque gets, and providers of identities that the templates create.
import { describe, expect, test } from '@jest/globals'
import type { Declarations } from '../../verifier/index.ts'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'
import { reportOf, verdictOn } from './laws/judge.ts'

const verdict = (resources: Json, declarations: Partial<Declarations> = {}) => {
  const template = { ...isolated.template, Resources: { ...isolated.template.Resources, ...resources } }
  const report = reportOf({ template }, declarations)
  return report && verdictOn(report, 'no-side-door')
}

const role = (principal: Json, actions: readonly string[]): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] } },
    ],
  },
})
const custom = (given: Json): Json => ({
  Type: 'Custom::Provider',
  Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:foreign', Given: given },
})
const events = { Service: 'events.amazonaws.com' }
const arn = { 'Fn::GetAtt': ['Role', 'Arn'] }

describe('a role that an opaque custom resource gets', () => {
  const forms: readonly (readonly [string, Json])[] = [
    ['its ARN', arn],
    ['its name', { Ref: 'Role' }],
    ['its ARN in a text', { 'Fn::Sub': 'x=${Role.Arn}' }],
  ]
  test.each(forms)('is bound to no program, by %s', (_, given) => {
    expect(verdict({ Role: role(events, ['ecs:RunTask']) })).toBe('proved')
    expect(verdict({ Role: role(events, ['ecs:RunTask']), Made: custom('nothing') })).toBe('proved')
    expect(verdict({ Role: role(events, ['ecs:RunTask']), Made: custom(given) })).toBe('undecided')
  })
  test('opens by what it may do, and by nothing else', () => {
    for (const principal of [events, { AWS: 'arn:aws:iam::111122223333:root' }]) {
      expect(verdict({ Role: role(principal, ['logs:PutLogEvents']), Made: custom(arn) })).toBe('proved')
      expect(verdict({ Role: role(principal, ['ec2:AuthorizeSecurityGroupIngress']), Made: custom(arn) })).not.toBe(
        'proved',
      )
    }
  })
  test('so does one that a body gets that is not read', () => {
    const inner = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://x.example/t', Parameters: { R: arn } },
    }
    const allowed = { assume: [{ name: 'Inner', facet: 'opens', value: 'none' }] } as const
    expect(verdict({ Role: role(events, ['logs:PutLogEvents']), Inner: inner }, allowed)).toBe('proved')
    expect(verdict({ Role: role(events, ['ecs:RunTask']), Inner: inner }, allowed)).toBe('undecided')
  })
})

describe.each([
  ['AWS::IAM::OIDCProvider', { Url: 'https://idp.example.com' }],
  ['AWS::IAM::SAMLProvider', { Name: 'idp', SamlMetadataDocument: 'x' }],
])('%s', (Type, Properties) => {
  const provider = { Type, Properties }
  const trusted = { Federated: { Ref: 'Provider' } }

  test('lets anyone who signs in take existing roles, about which nothing is known', () => {
    expect(verdict({ Provider: provider })).toBe('undecided')
    const assume = [{ name: 'Provider', facet: 'rights', value: 'none' }] as const
    expect(verdict({ Provider: provider }, { assume })).toBe('proved')
    const opens = { Provider: provider, Role: role(trusted, ['ec2:AuthorizeSecurityGroupIngress']) }
    expect(verdict(opens, { assume })).toBe('refuted')
    expect(verdict({ Provider: provider, Role: role(trusted, ['ecs:RunTask']) }, { assume })).toBe('undecided')
    expect(verdict({ Provider: provider, Role: role(trusted, ['logs:PutLogEvents']) }, { assume })).toBe('proved')
  })
})

test('a provider whose name only AWS knows is trusted by nobody outside', () => {
  expect(verdict({ Provider: { Type: 'AWS::IAM::SAMLProvider', Properties: { SamlMetadataDocument: 'x' } } })).toBe(
    'proved',
  )
})
