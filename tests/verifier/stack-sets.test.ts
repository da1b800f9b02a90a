// Stacks of a stack set may be in another account or Region, where nothing of this one is exported, stored or edited.
import { describe, expect, test } from '@jest/globals'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const [here, there] = [{ Ref: 'AWS::AccountId' }, '222222222222']
const [region, other] = [{ Ref: 'AWS::Region' }, 'ap-south-1']
const deployed = ['--parameter', 'AWS::AccountId=111111111111', '--parameter', 'AWS::Region=eu-west-1']
type Where = { readonly accounts: readonly Json[]; readonly regions: readonly Json[] }

const stackSet = (body: Json, where?: Where, more: Json = {}): Edit =>
  add({
    Box: {
      Type: 'AWS::CloudFormation::StackSet',
      Properties: {
        StackSetName: 'set',
        PermissionModel: 'SELF_MANAGED',
        TemplateBody: JSON.stringify(body),
        ...(where
          ? { StackInstancesGroup: [{ DeploymentTargets: { Accounts: where.accounts }, Regions: where.regions }] }
          : {}),
        ...more,
      },
    },
  })
const opening = (GroupId: Json, Condition?: string): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  ...(Condition ? { Condition } : {}),
  Properties: { GroupId, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
})
const verdict = (id: string, edit: Edit, flags: readonly string[] = []): string =>
  claim(id, edit, declarationsOf(flags)).verdict

const handed: readonly (readonly [string, Edit, Json])[] = [
  [
    'an export',
    (template) => {
      template.Outputs = { ...template.Outputs, G: { Value: { Ref: 'BalancerGroup' }, Export: { Name: 'the-group' } } }
    },
    { 'Fn::ImportValue': 'the-group' },
  ],
  [
    'a stored parameter',
    add({
      Stored: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/g', Type: 'String', Value: { Ref: 'BalancerGroup' } },
      },
    }),
    '{{resolve:ssm:/g}}',
  ],
]

describe.each(handed)('%s', (_, hand, GroupId) => {
  const judged = (where: Where | undefined, flags: readonly string[] = []): string =>
    verdict('sole-entrance', both(hand, stackSet({ Resources: { In: opening(GroupId) } }, where)), flags)
  test.each<readonly [string, Where | undefined, string, string]>([
    ['here', { accounts: [here], regions: [region] }, 'refuted', 'refuted'],
    ['in another account', { accounts: [there], regions: [region] }, 'undecided', 'proved'],
    ['in another Region', { accounts: [here], regions: [other] }, 'undecided', 'proved'],
    ['here and there', { accounts: [here, there], regions: [region] }, 'undecided', 'undecided'],
    ['in two other Regions', { accounts: [here], regions: [other, 'ap-south-2'] }, 'undecided', 'proved'],
    ['anywhere', undefined, 'undecided', 'undecided'],
  ])('read %s', (_name, where, open, known) => {
    expect([judged(where), judged(where, deployed)]).toEqual([open, known])
  })
  test('read here, by the number of the account', () => {
    const where = { accounts: ['111111111111'], regions: ['eu-west-1'] }
    expect([judged(where), judged(where, deployed)]).toEqual(['undecided', 'refuted'])
  })
})

describe('rights and doors', () => {
  const admin: Json = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    },
  }
  const vpn: Json = { Type: 'AWS::EC2::VPNConnection', Properties: { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1' } }
  const judged = (made: Json, where: Where, flags: readonly string[] = []): string =>
    verdict('no-side-door', stackSet({ Resources: { Made: made } }, where), flags)
  test('of this account and Region refute', () => {
    for (const made of [admin, vpn]) expect(judged(made, { accounts: [here], regions: [region] })).toBe('refuted')
  })
  test('of another account refute nothing', () => {
    for (const made of [admin, vpn]) {
      expect(judged(made, { accounts: [there], regions: [region] })).toBe('undecided')
      expect(judged(made, { accounts: [there], regions: [region] }, deployed)).toBe('proved')
    }
  })
  test('of another Region: rights are those in an account, doors are not', () => {
    expect(judged(admin, { accounts: [here], regions: [other] }, deployed)).toBe('refuted')
    expect(judged(vpn, { accounts: [here], regions: [other] }, deployed)).toBe('proved')
  })

  const inAccount = (account: string, where?: Where): Edit =>
    stackSet(
      {
        Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, account] } },
        Resources: { Made: { ...admin, Condition: 'C' } },
      },
      where,
    )
  test('under a condition on an account hold only where the stacks are', () => {
    const several = { accounts: [there, '333333333333'], regions: [region] }
    expect(verdict('no-side-door', inAccount('444444444444', several))).toBe('proved')
    expect(verdict('no-side-door', inAccount('333333333333', several))).toBe('undecided')
    expect(verdict('no-side-door', inAccount('444444444444'))).toBe('undecided')
  })

  test('under the condition of the stack set', () => {
    const edit = both(stackSet({ Resources: { Made: vpn } }, { accounts: [here], regions: [region] }), (template) => {
      template.Parameters = { ...template.Parameters, Open: { Type: 'String', AllowedValues: ['no'] } }
      template.Conditions = { ...template.Conditions, IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } }
      template.Resources.Box.Condition = 'IsOpen'
    })
    expect(verdict('no-side-door', edit)).toBe('proved')
  })
})

describe('a parameter of its stacks', () => {
  const body: Json = {
    Parameters: { Open: { Type: 'String', Default: 'true', AllowedValues: ['true', 'false'] } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'Open' }, 'true'] } },
    Resources: {
      Made: {
        Type: 'AWS::EC2::VPNConnection',
        Condition: 'C',
        Properties: { Type: 'ipsec.1', CustomerGatewayId: 'x' },
      },
    },
  }
  const where = { accounts: [here], regions: [region] }
  const given = (value: Json): Json => [{ ParameterKey: 'Open', ParameterValue: value }]
  test.each<readonly [string, Json, string]>([
    ['left to its default', {}, 'refuted'],
    ['given so that it opens', { Parameters: given('true') }, 'refuted'],
    ['given so that it does not', { Parameters: given('false') }, 'undecided'],
    ['worked out', { Parameters: given({ 'Fn::Sub': 'true' }) }, 'refuted'],
    [
      'given otherwise to some',
      {
        Parameters: given('false'),
        StackInstancesGroup: [
          { DeploymentTargets: { Accounts: [here] }, Regions: [region], ParameterOverrides: given('true') },
        ],
      },
      'refuted',
    ],
  ])('%s', (_, more, expected) => {
    const edit = stackSet(body, where, more)
    expect(verdict('no-side-door', edit)).toBe(expected)
    expect(verdict('no-side-door', edit, ['--parameter', 'Open=false'])).toBe('proved')
    expect(verdict('no-side-door', edit, ['--parameter', 'Open=true'])).toBe('refuted')
  })
})
