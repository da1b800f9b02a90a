// What a rule or schedule gives to the tasks that it starts may be another role.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit, free } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const admin = 'arn:aws:iam::111122223333:role/Admin'
const trust = (service: string): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }],
    },
  },
})
const network = { Subnets: [{ Ref: 'SubnetA' }], SecurityGroups: [{ Ref: 'Own' }] }
const target = (given: Json, name: string): Json => ({
  Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
  RoleArn: { 'Fn::GetAtt': ['Starter', 'Arn'] },
  EcsParameters: {
    LaunchType: 'FARGATE',
    TaskDefinitionArn: { Ref: 'Definition' },
    NetworkConfiguration: { [name]: network },
  },
  ...given,
})
const nowhere = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '127.0.0.1/32' }]
const Own = {
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: 'x', VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: nowhere },
}
const rule = (given: Json): Edit =>
  add({
    Own,
    Starter: trust('events'),
    Starts: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: ['x'] }, Targets: [{ Id: 'x', ...target(given, 'AwsVpcConfiguration') }] },
    },
  })
const schedule = (given: Json): Edit =>
  add({
    Own,
    Starter: trust('scheduler'),
    Starts: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: target(given, 'AwsvpcConfiguration'),
      },
    },
  })
const input = (value: unknown): Json => ({ Input: typeof value === 'string' ? value : JSON.stringify(value) })
const template = (InputTemplate: Json): Json => ({
  InputTransformer: { InputPathsMap: { a: '$.detail' }, InputTemplate },
})

const asked = (edit: Edit): readonly string[] =>
  (claim('no-side-door', edit).unknowns ?? []).map(({ settle }) => settle)

describe.each([
  ['a rule', rule],
  ['a schedule', schedule],
])('%s', (_, starts) => {
  const before = asked(starts({}))
  const asksAlso = (given: Json, name: string, more: Edit = () => undefined): void => {
    const edit = both(starts(given), more)
    expect(asked(edit)).toEqual([...before, `--assume ${name}.rights=none`])
    const flags = [...before, `--assume ${name}.rights=none`].flatMap((flag) => flag.split(' '))
    expect(claim('no-side-door', edit, declarationsOf(flags)).verdict).toBe('proved')
  }

  test('without input it starts what it names', () => {
    expect(before).toEqual(starts === rule ? [] : ['--assume Starts.opens=none'])
  })
  test('a role from outside', () => asksAlso(input({ taskRoleArn: admin }), admin))
  test('beside other overrides', () =>
    asksAlso(input({ cpu: '256', containerOverrides: [{ name: 'x', command: ['y'] }], taskRoleArn: admin }), admin))
  test('a role in a text with parts', () => {
    const text = { 'Fn::Sub': `{"taskRoleArn":"${admin.replace('aws', '$' + '{AWS::Partition}')}"}` }
    expect(asked(starts({ Input: text }))).toHaveLength(before.length + 1)
  })
  test('an input by parameter', () => asksAlso({ Input: { Ref: 'Given' } }, 'Given', free()))
  test('part of the event', () => asksAlso({ InputPath: '$.detail' }, 'Starts'))
  test('what no override is called', () => {
    for (const name of ['TaskRoleArn', 'taskrolearn', 'networkConfiguration', 'of2030'])
      asksAlso(input({ [name]: admin }), 'Starts')
  })
  test('no object', () => {
    for (const value of ['x', '[]', '{"taskRoleArn":', '"a"']) asksAlso(input(value), 'Starts')
  })
  test('a role of the templates', () => {
    const given = { Input: { 'Fn::Sub': '{"taskRoleArn":"${Own2.Arn}"}' } }
    expect(asked(both(starts(given), add({ Own2: trust('ecs-tasks') })))).toEqual(before)
  })
  test('what gives no role', () => {
    const harmless = fc.record(
      {
        containerOverrides: fc.array(fc.record({ name: fc.string(), command: fc.array(fc.string()) })),
        cpu: fc.constant('256'),
        memory: fc.constant('512'),
        executionRoleArn: fc.constant(admin),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(harmless, (overrides) => {
        expect(asked(starts(input(overrides)))).toEqual(before)
      }),
      { numRuns: 20 },
    )
  })
  if (starts === rule) {
    test.each([
      ['the role', '{"taskRoleArn":<a>}'],
      ['part of a text', '{"containerOverrides":[{"name":"x","command":["<a>"]}]}'],
      ['part of the role', '{"taskRoleArn":"<a>"}'],
      ['all', '<a>'],
      ['a name', '{<a>:"x"}'],
    ])('an event gives %s', (_name, written) => asksAlso(template(written), 'Starts'))
    test.each([
      ['an environment', '{"containerOverrides":[{"name":"x","environment":[{"name":"A","value":<a>}]}]}'],
      ['nothing', '{"cpu":"256"}'],
    ])('an event gives %s', (_name, written) => expect(asked(starts(template(written)))).toEqual(before))
    test('a template with a role', () => asksAlso(template(JSON.stringify({ taskRoleArn: admin })), admin))
  }
})
