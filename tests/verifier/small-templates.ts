/** Random small templates with one load balancer, one service, one link and one API, mostly leaky. */
import fc from 'fast-check'
import type { Json } from '../support/read-template.ts'

const groupNames = ['LbGroup', 'LinkGroup', 'TaskGroup', 'OtherGroup'] as const
const conditionNames = ['C0', 'C1', 'C2'] as const

const parameters = fc.record({
  P0: fc.constantFrom(['a', 'b'], ['a', 'b', 'c'], ['b']),
  P1: fc.constantFrom(['a', 'b'], ['c', 'a']),
})
const equals = fc
  .tuple(fc.constantFrom('P0', 'P1'), fc.constantFrom('a', 'b', 'c'), fc.boolean())
  .map(([name, value, isTurned]) => ({
    'Fn::Equals': isTurned ? [value, { Ref: name }] : [{ Ref: name }, value],
  }))
const conditions = fc.record({
  C0: equals,
  C1: fc.oneof(
    equals,
    equals.map((one) => ({ 'Fn::Not': [one] })),
    fc.constant({ 'Fn::Not': [{ Condition: 'C0' }] }),
  ),
  C2: fc.oneof(
    equals,
    fc.tuple(equals, equals).map((both) => ({ 'Fn::And': both })),
    equals.map((one) => ({ 'Fn::Or': [one, { Condition: 'C1' }] })),
  ),
})

const perhaps = (value: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...conditionNames), value, value)
        .map(([name, yes, no]) => ({ 'Fn::If': [name, yes, no] })),
    },
  )

const groupRef = fc
  .tuple(fc.constantFrom(...groupNames), fc.boolean())
  .map(([id, isAttribute]) => (isAttribute ? { 'Fn::GetAtt': [id, 'GroupId'] } : { Ref: id }))

const cidr = fc.constantFrom(
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.20.0.0/16',
  '10.20.1.0/24',
  '192.168.0.0/16',
  '8.8.8.0/24',
  '255.255.255.255/32',
)
const range = fc.constantFrom([443, 443], [8080, 8080], [22, 22], [0, 65535], [400, 450])

const rule = (peer: string) =>
  fc
    .record({ protocol: fc.constantFrom('tcp', 'tcp', '-1', 'udp', 'icmp'), range, source: fc.oneof(groupRef, cidr) })
    .map(({ protocol, range: [FromPort, ToPort], source }) => ({
      IpProtocol: protocol,
      ...(protocol === '-1' ? {} : { FromPort, ToPort }),
      ...(typeof source === 'string' ? { CidrIp: source } : { [peer]: source }),
    }))

const conditional = (resource: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .tuple(resource, fc.option(fc.constantFrom(...conditionNames), { nil: undefined, freq: 2 }))
    .map(([one, Condition]) => (Condition ? { ...one, Condition } : one))

const beside = (type: string, peer: string) =>
  conditional(
    fc
      .tuple(groupRef, rule(peer))
      .map(([GroupId, Properties]) => ({ Type: type, Properties: { GroupId, ...Properties } })),
  )

const some = (arbitrary: fc.Arbitrary<Json>, most: number) => fc.array(arbitrary, { maxLength: most })
const groups = fc.uniqueArray(groupRef, { minLength: 1, maxLength: 2, selector: (ref) => JSON.stringify(ref) })

const route = conditional(
  fc
    .constantFrom<Json>(
      { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' },
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
      { DestinationCidrBlock: '192.168.0.0/16', VpcPeeringConnectionId: 'pcx-1' },
    )
    .map((Properties) => ({ Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'Table' }, ...Properties } })),
)

export const smallTemplate: fc.Arbitrary<Json> = fc
  .record({
    parameters,
    conditions,
    scheme: perhaps(fc.constantFrom('internal', 'internal', 'internet-facing')),
    assign: perhaps(fc.constantFrom('DISABLED', 'DISABLED', 'ENABLED')),
    albGroups: groups,
    linkGroups: groups,
    taskGroups: groups,
    functionGroups: fc.option(groups, { nil: undefined }),
    functionCondition: fc.option(fc.constantFrom(...conditionNames), { nil: undefined }),
    ingress: some(beside('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId'), 4),
    egress: some(beside('AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId'), 2),
    inline: fc.array(
      fc.tuple(some(perhaps(rule('SourceSecurityGroupId')), 1), some(rule('DestinationSecurityGroupId'), 2)),
      { minLength: 4, maxLength: 4 },
    ),
    routes: some(route, 2),
    authorization: perhaps(fc.constantFrom('AWS_IAM', 'AWS_IAM', 'NONE')),
  })
  .map((chosen): Json => {
    const ids = (prefix: string, all: readonly Json[]): Json =>
      Object.fromEntries(all.map((one, index) => [`${prefix}${index}`, one]))
    const vpc = { Ref: 'Vpc' }
    return {
      Parameters: Object.fromEntries(
        Object.entries(chosen.parameters).map(([name, AllowedValues]) => [name, { Type: 'String', AllowedValues }]),
      ),
      Conditions: chosen.conditions,
      Resources: {
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.20.0.0/16' } },
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: vpc, CidrBlock: '10.20.1.0/24' } },
        Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: vpc } },
        Association: {
          Type: 'AWS::EC2::SubnetRouteTableAssociation',
          Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
        },
        ...Object.fromEntries(
          groupNames.map((id, index) => {
            const [ingress = [], egress = []] = chosen.inline[index] ?? []
            return [
              id,
              {
                Type: 'AWS::EC2::SecurityGroup',
                Properties: {
                  VpcId: vpc,
                  GroupDescription: id,
                  SecurityGroupIngress: ingress,
                  SecurityGroupEgress: egress,
                },
              },
            ]
          }),
        ),
        ...ids('Ingress', chosen.ingress),
        ...ids('Egress', chosen.egress),
        ...ids('Route', chosen.routes),
        LoadBalancer: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Scheme: chosen.scheme, Subnets: [{ Ref: 'Subnet' }], SecurityGroups: chosen.albGroups },
        },
        Listener: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: {
            LoadBalancerArn: { Ref: 'LoadBalancer' },
            Port: 443,
            Protocol: 'HTTPS',
            DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'TargetGroup' } }],
          },
        },
        TargetGroup: {
          Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
          Properties: { VpcId: vpc, TargetType: 'ip', Port: 8080 },
        },
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: {
            LoadBalancers: [{ TargetGroupArn: { Ref: 'TargetGroup' }, ContainerName: 'app', ContainerPort: 8080 }],
            NetworkConfiguration: {
              AwsvpcConfiguration: {
                AssignPublicIp: chosen.assign,
                Subnets: [{ Ref: 'Subnet' }],
                SecurityGroups: chosen.taskGroups,
              },
            },
          },
        },
        ...(chosen.functionGroups
          ? {
              Function: {
                Type: 'AWS::Lambda::Function',
                ...(chosen.functionCondition ? { Condition: chosen.functionCondition } : {}),
                Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: chosen.functionGroups } },
              },
            }
          : {}),
        Link: {
          Type: 'AWS::ApiGatewayV2::VpcLink',
          Properties: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: chosen.linkGroups },
        },
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
        Integration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: { Ref: 'Api' },
            ConnectionType: 'VPC_LINK',
            ConnectionId: { Ref: 'Link' },
            IntegrationUri: { Ref: 'Listener' },
          },
        },
        ApiRoute: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: 'GET /',
            AuthorizationType: chosen.authorization,
            Target: { 'Fn::Sub': 'integrations/${Integration}' },
          },
        },
      },
    }
  })
