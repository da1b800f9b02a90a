// Values that may be more than they look: ids of custom resources, names that are put together, and new properties.
import { describe, expect, test } from '@jest/globals'
import { add, both, claim, type Edit, free, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const ref = (id: string): Json => ({ Ref: id })
const given = ref('Given')
const entrance = (edit: Edit): string => claim('sole-entrance', edit, {}, 'LoadBalancer').verdict

describe('the id of a custom resource is what its function answers', () => {
  const rule = (GroupId: Json, more: Json = {}): Edit =>
    add({
      Rule: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' },
      },
      ...more,
    })
  const custom = (Type: string): Json => ({
    Made: {
      Type,
      Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:x', Given: ref('BalancerGroup') },
    },
  })
  test.each(['AWS::CloudFormation::CustomResource', 'Custom::Made'])('%s', (Type) => {
    expect(entrance(rule(ref('Made'), custom(Type)))).toBe('undecided')
    expect(entrance(rule({ 'Fn::GetAtt': ['Made', 'Id'] }, custom(Type)))).toBe('undecided')
  })
  test('that of anything else is its own', () => {
    const Other = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', VpcId: ref('Vpc') } }
    expect(entrance(rule(ref('Other'), { Other }))).toBe('proved')
  })
})

describe('whom a resource policy admits', () => {
  const verdict = (Principal: Json): string => {
    const Policy = { Statement: [{ Effect: 'Allow', Principal, Action: 'execute-api:Invoke', Resource: '*' }] }
    const edit = add({
      Rest: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'x', Policy } },
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: ref('Rest'),
          ResourceId: { 'Fn::GetAtt': ['Rest', 'RootResourceId'] },
          HttpMethod: 'GET',
          AuthorizationType: 'NONE',
          Integration: {
            Type: 'HTTP_PROXY',
            Uri: 'https://api.example.com',
            IntegrationHttpMethod: 'GET',
            ConnectionType: 'VPC_LINK',
            ConnectionId: ref('Link'),
            IntegrationTarget: ref('LoadBalancer'),
          },
        },
      },
      Caller: { Type: 'AWS::IAM::User' },
    })
    return claim('authorized-routes', both(edit, free()), {}, 'Rest').verdict
  }
  const join = (...parts: Json[]): Json => ({ 'Fn::Join': ['', parts] })
  test.each<readonly [string, Json]>([
    ['proved', { AWS: 'arn:aws:iam::111122223333:root' }],
    ['proved', { AWS: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }] }],
    ['proved', { AWS: { 'Fn::Sub': 'arn:aws:iam::111122223333:role/${Given}' } }],
    ['proved', { AWS: { 'Fn::GetAtt': ['Caller', 'Arn'] } }],
    ['refuted', { AWS: '*' }],
    ['refuted', '*'],
    ['refuted', { AWS: join('', '*') }],
    ['undecided', { AWS: given }],
    ['undecided', { AWS: join(given, ref('AWS::AccountId')) }],
    ['undecided', { AWS: [join(given, '*')] }],
    ['undecided', join(given, given)],
  ])('%s: %j', (expected, principal) => expect(verdict(principal)).toBe(expected))
})

describe('a name in the JSON of a state machine must not end its text', () => {
  const machine = (name: Json): Edit =>
    add({
      Starter: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [
            {
              PolicyName: 'run',
              PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'ecs:RunTask', Resource: ref('Definition') }] },
            },
          ],
        },
      },
      Alarm: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: { AlarmName: name, ComparisonOperator: 'x', EvaluationPeriods: 1 },
      },
      Job: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['Starter', 'Arn'] },
          DefinitionString: {
            'Fn::Sub': JSON.stringify({
              StartAt: 'Run',
              States: {
                Run: {
                  Type: 'Task',
                  End: true,
                  Resource: 'arn:aws:states:::ecs:runTask.sync',
                  Parameters: {
                    Cluster: '${Cluster}',
                    TaskDefinition: '${Definition}',
                    StartedBy: '${Alarm}',
                    NetworkConfiguration: {
                      AwsvpcConfiguration: { Subnets: ['${SubnetA}'], SecurityGroups: ['${TaskGroup.GroupId}'] },
                    },
                  },
                },
              },
            }),
          },
        },
      },
    })
  const verdict = (name: Json, more: Edit = () => {}): string =>
    claim('no-side-door', both(machine(name), free(), more)).verdict
  test.each<readonly [string, string, Json]>([
    ['proved', 'none', undefined],
    ['proved', 'a plain one', 'night'],
    ['proved', 'one made of the name of the stack', { 'Fn::Sub': '${AWS::StackName}-night' }],
    ['undecided', 'one with quotes', 'a","Overrides":{"TaskRoleArn":"arn:aws:iam::1:role/x"},"Group":"b'],
    ['undecided', 'one with a backslash', 'a\\'],
    ['undecided', 'a parameter', given],
    ['undecided', 'one made of a parameter', { 'Fn::Sub': 'a-${Given}' }],
  ])('%s: %s', (expected, _, name) => expect(verdict(name)).toBe(expected))

  test('a parameter that takes letters only', () =>
    expect(verdict(given, free({ AllowedPattern: '^[a-z]+$' }))).toBe('proved'))
})

describe('a property that nobody knows, of a rule that stands by itself', () => {
  const rule = (type: 'Ingress' | 'Egress', group: string, more: Json): Edit =>
    add({
      Rule: {
        Type: `AWS::EC2::SecurityGroup${type}`,
        Properties: { GroupId: ref(group), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...more },
      },
    })
  const own = { SourceSecurityGroupId: ref('LinkGroup') }
  test('it may admit anybody', () => {
    expect(entrance(rule('Ingress', 'BalancerGroup', { SourceThing: '0.0.0.0/0' }))).toBe('undecided')
    expect(entrance(rule('Ingress', 'BalancerGroup', { ...own, SourceThing: '0.0.0.0/0' }))).toBe('undecided')
    expect(entrance(rule('Ingress', 'BalancerGroup', own))).toBe('proved')
    expect(entrance(rule('Ingress', 'TaskGroup', { SourceThing: '0.0.0.0/0' }))).toBe('proved')
  })
  test('it may lead to anybody, where a route does', () => {
    const routed = add({
      Way: {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: ref('RouteTable'), DestinationCidrBlock: '10.9.0.0/16', TransitGatewayId: 'tgw-1' },
      },
    })
    const egress = (edit: Edit): string => claim('bounded-egress', edit, {}, 'Service').verdict
    expect(egress(both(rule('Egress', 'TaskGroup', { DestinationThing: '0.0.0.0/0' }), routed))).toBe('undecided')
    expect(egress(rule('Egress', 'TaskGroup', { DestinationThing: '0.0.0.0/0' }))).toBe('proved')
  })
  test('one in the group', () => {
    const inside = put('BalancerGroup.Properties.SecurityGroupIngress', [
      { IpProtocol: '-1', SourceThing: '0.0.0.0/0' },
    ])
    expect(entrance(inside)).toBe('undecided')
  })
})
