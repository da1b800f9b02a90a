// A role that comes out of something which is not read may be any role; custom resources are judged alike by any name.
import { describe, expect, test } from '@jest/globals'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const sideDoor = (edit: Edit, flags: readonly string[] = []) => claim('no-side-door', edit, declarationsOf(flags))
const customTypes = ['Custom::Opener', 'AWS::CloudFormation::CustomResource']
const opener = (Type: string, properties: Json = {}): Edit =>
  add({
    Opener: { Type, Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:x', ...properties } },
  })

const forms: readonly (readonly [string, Json, string])[] = [
  ['an attribute', { 'Fn::GetAtt': ['Opener', 'RoleArn'] }, 'Opener.RoleArn'],
  ['its id', { Ref: 'Opener' }, 'Opener'],
  ['a text', { 'Fn::Sub': '${Opener.RoleArn}' }, 'Opener.RoleArn'],
  ['a joined text', { 'Fn::Join': ['', [{ 'Fn::GetAtt': 'Opener.RoleArn' }]] }, 'Opener.RoleArn'],
]
const users: readonly (readonly [string, (role: Json) => Json])[] = [
  ['AWS::Lambda::Function', (Role) => ({ Role, Code: { ZipFile: 'x' }, Runtime: 'python3.13', Handler: 'index.x' })],
  ['AWS::CodeBuild::Project', (ServiceRole) => ({ ServiceRole, Source: { Type: 'NO_SOURCE' } })],
  ['AWS::Glue::Job', (Role) => ({ Role, Command: {} })],
  ['AWS::IAM::InstanceProfile', (role) => ({ Roles: [role] })],
  ['AWS::Events::Rule', (RoleArn) => ({ Targets: [{ Id: 'x', Arn: 'arn:aws:ssm:eu-west-1:1:x', RoleArn }] })],
]

describe.each(customTypes)('a role of a %s', (type) => {
  describe.each(users)('for a %s', (Type, of) => {
    test.each(forms)('by %s', (_, role, name) => {
      const edit = both(opener(type), add({ User: { Type, Properties: of(role) } }))
      const found = sideDoor(edit)
      const flags = found.unknowns?.map(({ settle }) => settle) ?? []
      expect(found.verdict).toBe('undecided')
      expect(flags).toContain(`--assume ${name}.rights=none`)
      expect(
        sideDoor(
          edit,
          flags.flatMap((flag) => flag.split(' ')),
        ).verdict,
      ).toBe('proved')
    })
  })
})

test('a role of the templates is judged where it gets its rights', () => {
  const Own = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: 'glue.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  }
  for (const [Type, of] of users)
    for (const role of [{ 'Fn::GetAtt': ['Own', 'Arn'] }, { 'Fn::Sub': '${Own.Arn}' }, { Ref: 'Own' }])
      expect(sideDoor(add({ Own, User: { Type, Properties: of(role) } })).verdict).toBe('proved')
})

describe('custom resources are alike, whatever their type is called', () => {
  const verdicts = (properties: Json): readonly string[] =>
    customTypes.map((type) => sideDoor(opener(type, properties)).verdict)
  test.each<readonly [string, Json, string]>([
    ['given nothing', {}, 'proved'],
    ['given texts', { Name: 'x', Bucket: 'y' }, 'proved'],
    ['given a group', { Group: { Ref: 'Vpc' } }, 'undecided'],
    ['given a load balancer', { Target: { Ref: 'LoadBalancer' } }, 'undecided'],
  ])('%s', (_, properties, verdict) => expect(verdicts(properties)).toEqual([verdict, verdict]))
})
