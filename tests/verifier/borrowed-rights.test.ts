// Rights that come with something from outside: a role in parts, a task definition, a group that somebody joins.
import { describe, expect, test } from '@jest/globals'
import { memberships } from '../../verifier/facts/types/memberships.ts'
import { hasProperty, knownTypes, pathsWithRole } from '../../verifier/facts/types/table.ts'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit, free, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const verdict = (edit: Edit, flags: readonly string[] = []): string =>
  claim('no-side-door', edit, declarationsOf(flags)).verdict
/** Undecided, and settled by the only flag that is printed. */
const asksFor = (edit: Edit, name: string): void => {
  const found = claim('no-side-door', edit)
  expect({ verdict: found.verdict, names: found.unknowns?.map((each) => each.name) }).toEqual({
    verdict: 'undecided',
    names: [name],
  })
  expect(verdict(edit, ['--assume', `${name}.rights=none`])).toBe('proved')
}
const given = { Ref: 'Given' }

describe('a role in however many parts', () => {
  const role = 'arn:aws:iam::111122223333:role/x'
  const remediation = (AutomationAssumeRole: Json): Edit =>
    add({
      Fixes: {
        Type: 'AWS::Config::RemediationConfiguration',
        Properties: {
          ConfigRuleName: 'x',
          TargetId: 'Doc',
          TargetType: 'SSM_DOCUMENT',
          Parameters: { AutomationAssumeRole, Resource: { ResourceValue: { Value: 'RESOURCE_ID' } } },
        },
      },
    })
  const forms: readonly (readonly [string, Json])[] = [
    ['a text', role],
    ['a list', [role]],
    ['a value', { StaticValue: { Values: role } }],
    ['a list of values', { StaticValue: { Values: [role] } }],
    ['deeper', { a: { b: [{ c: [{ d: role }] }] } }],
    ['a function', { StaticValue: { Values: [{ 'Fn::Sub': role }] } }],
  ]
  test.each(forms)('%s', (_, written) => asksFor(remediation(written), role))
  test('a parameter', () => asksFor(both(remediation({ StaticValue: { Values: [given] } }), free()), 'Given'))
  test('a function with a name like a role', () =>
    asksFor(
      both(remediation({ StaticValue: { Values: [{ 'Fn::Sub': ['${RoleArn}', { RoleArn: given }] }] } }), free()),
      'Given',
    ))
  test('one of the templates is judged where it is given its rights', () => {
    const Trust = {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }
    const Own = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: Trust } }
    const edit = remediation({ StaticValue: { Values: [{ 'Fn::GetAtt': ['Own', 'Arn'] }] } })
    expect(verdict(both(edit, add({ Own })))).toBe('proved')
  })
})

describe('a definition from outside brings its role', () => {
  const network = { AwsvpcConfiguration: { Subnets: [{ Ref: 'SubnetA' }], SecurityGroups: [{ Ref: 'TaskGroup' }] } }
  const role = { 'Fn::GetAtt': ['Starter', 'Arn'] }
  const cluster = { 'Fn::GetAtt': ['Cluster', 'Arn'] }
  const trust = (service: string): Json => ({
    Starter: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
          ],
        },
      },
    },
  })
  const starters: readonly (readonly [string, (definition: Json) => Edit])[] = [
    ['a service', (definition) => put('Service.Properties.TaskDefinition', definition)],
    [
      'a task set',
      (TaskDefinition) =>
        add({
          Set: {
            Type: 'AWS::ECS::TaskSet',
            Properties: {
              Cluster: { Ref: 'Cluster' },
              Service: { Ref: 'Service' },
              LaunchType: 'FARGATE',
              TaskDefinition,
              NetworkConfiguration: {
                AwsVpcConfiguration: { Subnets: [{ Ref: 'SubnetA' }], SecurityGroups: [{ Ref: 'TaskGroup' }] },
              },
            },
          },
        }),
    ],
    [
      'a rule',
      (TaskDefinitionArn) =>
        add({
          ...trust('events'),
          Rule: {
            Type: 'AWS::Events::Rule',
            Properties: {
              ScheduleExpression: 'rate(1 day)',
              Targets: [
                {
                  Id: 'x',
                  Arn: cluster,
                  RoleArn: role,
                  EcsParameters: { LaunchType: 'FARGATE', TaskDefinitionArn, NetworkConfiguration: network },
                },
              ],
            },
          },
        }),
    ],
    [
      'a schedule',
      (TaskDefinitionArn) =>
        add({
          ...trust('scheduler'),
          Schedule: {
            Type: 'AWS::Scheduler::Schedule',
            Properties: {
              ScheduleExpression: 'rate(1 day)',
              FlexibleTimeWindow: { Mode: 'OFF' },
              Target: {
                Arn: cluster,
                RoleArn: role,
                EcsParameters: { LaunchType: 'FARGATE', TaskDefinitionArn, NetworkConfiguration: network },
              },
            },
          },
        }),
    ],
    [
      'a pipe',
      (TaskDefinitionArn) =>
        add({
          ...trust('pipes'),
          Pipe: {
            Type: 'AWS::Pipes::Pipe',
            Properties: {
              Source: 'arn:aws:sqs:eu-west-1:111122223333:q',
              Target: cluster,
              RoleArn: role,
              TargetParameters: {
                EcsTaskParameters: { LaunchType: 'FARGATE', TaskDefinitionArn, NetworkConfiguration: network },
              },
            },
          },
        }),
    ],
    [
      'a state machine',
      (TaskDefinition) =>
        add({
          ...trust('states'),
          Machine: {
            Type: 'AWS::StepFunctions::StateMachine',
            Properties: {
              RoleArn: role,
              Definition: {
                StartAt: 'Run',
                States: {
                  Run: {
                    Type: 'Task',
                    End: true,
                    Resource: 'arn:aws:states:::ecs:runTask.sync',
                    Parameters: { Cluster: cluster, TaskDefinition, NetworkConfiguration: network },
                  },
                },
              },
            },
          },
        }),
    ],
  ]
  // Pipes, rules and schedules are asked about for more than that.
  const asked = (edit: Edit): readonly string[] =>
    claim('no-side-door', edit).unknowns?.map(({ settle }) => settle) ?? []
  const before = (starts: (definition: Json) => Edit): readonly string[] => asked(starts({ Ref: 'AWS::NoValue' }))
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/a:3'

  test.each(starters)('%s', (_, starts) => {
    expect(asked(starts(arn))).toEqual([...before(starts), `--assume ${arn}.rights=none`])
    expect(asked(both(starts(given), free()))).toEqual([...before(starts), '--assume Given.rights=none'])
    expect(asked(starts({ Ref: 'Definition' }))).toEqual(before(starts))
    expect(asked(both(starts('own'), put('Definition.Properties.Family', 'own')))).toEqual(before(starts))
  })
})

describe('who joins a group from outside gets its rights', () => {
  const joins: readonly (readonly [string, string, (named: Json) => Json, Json?])[] = [
    [
      'AWS::IdentityStore::GroupMembership',
      'AWS::IdentityStore::Group',
      (GroupId) => ({ GroupId, IdentityStoreId: 'd-1', MemberId: { UserId: 'x' } }),
      { IdentityStoreId: 'd-1', DisplayName: 'x' },
    ],
    [
      'AWS::Cognito::UserPoolUserToGroupAttachment',
      'AWS::Cognito::UserPoolGroup',
      (GroupName) => ({ GroupName, Username: 'x', UserPoolId: 'y' }),
      { UserPoolId: 'y' },
    ],
    [
      'AWS::ServiceCatalog::PortfolioPrincipalAssociation',
      'AWS::ServiceCatalog::Portfolio',
      (PortfolioId) => ({ PortfolioId, PrincipalARN: 'arn:aws:iam::1:role/x', PrincipalType: 'IAM' }),
      { DisplayName: 'x', ProviderName: 'x' },
    ],
  ]
  test.each(joins)('%s', (Type, own, of, Properties) => {
    const join = (value: Json): Edit => add({ Joined: { Type, Properties: of(value) } })
    asksFor(join('admins'), 'admins')
    asksFor(both(join(given), free()), 'Given')
    expect(verdict(both(join({ Ref: 'Own' }), add({ Own: { Type: own, Properties } })))).toBe('proved')
  })
})

test('each property that gives the rights of something named is judged', () => {
  for (const [type, path] of memberships()) expect([type, path, hasProperty(type, path)]).toEqual([type, path, true])
  const known = new Set(memberships().map((each) => each.join(' ')))
  const open = [...knownTypes()].flatMap((type) =>
    pathsWithRole(type, 'rights')
      .filter((path) => /(?:Group(?:Id|Name)|Policy(?:Arn|Id)|PortfolioId|PermissionSetArn)$/.test(path))
      .map((path) => `${type} ${path}`)
      .filter((each) => !known.has(each) && !/^AWS::(?:IAM|SSO)::/.test(each)),
  )
  expect(open).toEqual([
    // Who gets the rights, a policy that only narrows, and the name of the group itself.
    'AWS::AccountAccess::Entitlement Entitlement.PrincipalRole.Principal.IdentityCenter.GroupId',
    'AWS::Budgets::BudgetsAction Definition.ScpActionDefinition.PolicyId',
    'AWS::Cognito::UserPoolGroup GroupName',
  ])
})
