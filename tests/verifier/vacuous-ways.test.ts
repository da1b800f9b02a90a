// A way in exists only as far as AWS makes it: what refuses a service, what is not there, and what only mentions a
// target group is no way.
import { describe, expect, test } from '@jest/globals'
import { add, both, claim, type Edit, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const wayIn = (edit: Edit): string => claim('way-in-exists', edit).verdict
const without =
  (...ids: readonly string[]): Edit =>
  (template) => {
    for (const id of ids) delete template.Resources[id]
  }
const inOneWorld =
  (id: string): Edit =>
  (template) => {
    template.Parameters = { ...template.Parameters, Choice: { Type: 'String', AllowedValues: ['a', 'b'] } }
    template.Conditions = { IsA: { 'Fn::Equals': [{ Ref: 'Choice' }, 'a'] } }
    template.Resources[id].Condition = 'IsA'
  }
const group = { Ref: 'TargetGroup' }
const name = { 'Fn::GetAtt': ['TargetGroup', 'TargetGroupFullName'] }

describe('without a service, what names the target group is no way', () => {
  const resources: readonly (readonly [string, Json, Json?])[] = [
    ['AWS::CloudWatch::Alarm', { Dimensions: [{ Name: 'TargetGroup', Value: name }] }],
    ['AWS::CloudWatch::Dashboard', { DashboardBody: { 'Fn::Sub': '${TargetGroup}' } }],
    [
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      {
        PolicyName: 'a',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 1,
          PredefinedMetricSpecification: {
            PredefinedMetricType: 'ALBRequestCountPerTarget',
            ResourceLabel: {
              'Fn::Sub': '${LoadBalancer.LoadBalancerFullName}/${TargetGroup.TargetGroupFullName}',
            },
          },
        },
      },
    ],
    [
      'AWS::IAM::ManagedPolicy',
      { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: group }] } },
    ],
    ['AWS::ResourceGroups::Group', { Name: 'a', Tags: [{ Key: 'a', Value: group }] }],
  ]
  test.each(resources)('%s', (Type, Properties) =>
    expect(wayIn(both(without('Service'), add({ Other: { Type, Properties } })))).toBe('refuted'),
  )

  test('an SSM parameter hands it on', () => {
    const Other = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: group } }
    expect(wayIn(both(without('Service'), add({ Other })))).toBe('undecided')
  })

  test.each(['Custom::Registers', 'Some::Unknown::Type'])('%s may register targets, as one may declare', (Type) => {
    const edit = both(without('Service'), add({ Other: { Type, Properties: { ServiceToken: 'arn', Group: group } } }))
    expect(claim('way-in-exists', edit)).toMatchObject({ verdict: 'undecided' })
    const targets = { assume: [{ name: 'TargetGroup', facet: 'targets', value: 'elsewhere' }] } as const
    expect(claim('way-in-exists', edit, targets).because).not.toContain('may register')
  })

  test.each([
    ['TargetGroupARNs', [group]],
    ['TrafficSources', [{ Identifier: group, Type: 'elbv2' }]],
  ])('a group of hosts registers them, by %s', (property, value) => {
    const Hosts = {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MinSize: '1', MaxSize: '1', VPCZoneIdentifier: [{ Ref: 'SubnetA' }], [property]: value },
    }
    const edit = both(without('Service'), add({ Hosts }))
    const trusted = { assume: [{ name: 'Hosts', facet: 'opens', value: 'none' }] } as const
    expect(wayIn(edit)).toBe('undecided')
    expect(claim('way-in-exists', edit, trusted).verdict).toBe('proved')
    expect(claim('way-in-exists', both(edit, inOneWorld('Hosts')), trusted).verdict).toBe('refuted')
  })
})

test.each(['Service', 'Mapping', 'Route', 'TaskFromBalancer', 'BalancerFromLink'])(
  '%s has to be there in every world',
  (id) => expect(wayIn(inOneWorld(id))).toBe('refuted'),
)

describe('what AWS refuses is no way', () => {
  const container = (value: Json): Edit => put('Definition.Properties.ContainerDefinitions.0', value)
  const listed = { 'Fn::If': ['IsA', 'ip', 'instance'] }
  test.each<[string, Edit, string]>([
    ['targets that are instances', put('TargetGroup.Properties.TargetType', 'instance'), 'refuted'],
    ['targets that are functions', put('TargetGroup.Properties.TargetType', 'lambda'), 'refuted'],
    ['no type of targets', (template) => void delete template.Resources.TargetGroup.Properties.TargetType, 'refuted'],
    [
      'a type of targets in one world',
      both(inOneWorld('Certificate'), put('TargetGroup.Properties.TargetType', listed), (template) => {
        delete template.Resources.Certificate.Condition
      }),
      'refuted',
    ],
    ['a container of another name', put('Service.Properties.LoadBalancers.0.ContainerName', 'web'), 'refuted'],
    ['a port that the container does not open', container({ Name: 'app', Image: 'a' }), 'refuted'],
    ['another port', container({ Name: 'app', Image: 'a', PortMappings: [{ ContainerPort: 9090 }] }), 'refuted'],
    [
      'a range of ports, which is not read',
      container({ Name: 'app', Image: 'a', PortMappings: [{ ContainerPortRange: '8000-9000' }] }),
      'proved',
    ],
    [
      'an integration that names the load balancer',
      put('Integration.Properties.IntegrationUri', { Ref: 'LoadBalancer' }),
      'refuted',
    ],
    ['a mapping to a stage that is not there', put('Mapping.Properties.Stage', 'other'), 'refuted'],
    ['a mapping to the stage by its name', put('Mapping.Properties.Stage', '$default'), 'proved'],
  ])('%s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))

  const elsewhere = add({
    OtherVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.5.0.0/16' } },
    OtherSubnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'OtherVpc' }, CidrBlock: '10.5.0.0/24' },
    },
  })
  test.each([
    ['the tasks', 'Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets', 'refuted'],
    ['the link', 'Link.Properties.SubnetIds', 'undecided'],
  ])('%s in another VPC', (_, path, verdict) =>
    expect(wayIn(both(elsewhere, put(path, [{ Ref: 'OtherSubnet' }])))).toBe(verdict),
  )
})
