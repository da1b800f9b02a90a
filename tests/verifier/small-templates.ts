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

/** What may be next to it: another load balancer in front, IPv6, and ids that come back out of attributes. */
const extras = fc.record({
  front: fc.option(
    fc.record({
      kind: fc.constantFrom('application', 'network'),
      scheme: fc.constantFrom('internet-facing', 'internet-facing', 'internal'),
      isServing: fc.boolean(),
      source: fc.constantFrom('0.0.0.0/0', '0.0.0.0/0', '10.20.0.0/16'),
      isAdmitted: fc.boolean(),
      Condition: fc.option(fc.constantFrom(...conditionNames), { nil: undefined, freq: 2 }),
    }),
    { nil: undefined, freq: 3 },
  ),
  hasSix: fc.boolean(),
  isDual: fc.boolean(),
  rules6: fc.array(fc.record({ group: fc.constantFrom(...groupNames), isIngress: fc.boolean() }), { maxLength: 2 }),
  routes6: fc.array(fc.constantFrom<Json>({ GatewayId: 'igw-1' }, { EgressOnlyInternetGatewayId: 'eigw-1' }), {
    maxLength: 1,
  }),
  echoes: fc.array(fc.nat(2), { minLength: 1, maxLength: 6 }),
})

/** The small template with some of that. Few groups of it leak, so that much of it is closed. */
export const wideTemplate: fc.Arbitrary<Json> = fc.tuple(smallTemplate, extras).map(([small, chosen]): Json => {
  const template = structuredClone(small)
  const { Resources } = template
  const vpc = { Ref: 'Vpc' }
  if (chosen.hasSix) {
    Resources.Subnet.Properties.Ipv6CidrBlock = '2a05:d014:0:1::/64'
    if (chosen.isDual) Resources.LoadBalancer.Properties.IpAddressType = 'dualstack'
  }
  for (const [index, { group, isIngress }] of chosen.rules6.entries())
    Resources[`Six${index}`] = {
      Type: `AWS::EC2::SecurityGroup${isIngress ? 'Ingress' : 'Egress'}`,
      Properties: { GroupId: { Ref: group }, IpProtocol: '-1', CidrIpv6: '::/0' },
    }
  for (const [index, target] of chosen.routes6.entries())
    Resources[`RouteSix${index}`] = {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: { Ref: 'Table' }, DestinationIpv6CidrBlock: '::/0', ...target },
    }
  if (chosen.front) Object.assign(Resources, inFront(chosen.front, Resources, vpc))
  echoed(Resources, chosen.echoes)
  return template
})

type Front = {
  readonly kind: string
  readonly scheme: string
  readonly isServing: boolean
  readonly source: string
  readonly isAdmitted: boolean
  readonly Condition: string | undefined
}

function inFront({ kind, scheme, isServing, source, isAdmitted, Condition }: Front, resources: Json, vpc: Json): Json {
  const isNetwork = kind === 'network'
  const existing = Condition ? { Condition } : {}
  const [group, port] = isNetwork ? ['LbGroup', 443] : ['TaskGroup', 8080]
  if (!isNetwork && isServing)
    resources.Service.Properties.LoadBalancers.push({
      TargetGroupArn: { Ref: 'FrontTargets' },
      ContainerName: 'app',
      ContainerPort: 8080,
    })
  return {
    FrontGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: vpc,
        GroupDescription: 'front',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: source }],
      },
    },
    Front: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      ...existing,
      Properties: {
        Type: kind,
        Scheme: scheme,
        Subnets: [{ Ref: 'Subnet' }],
        SecurityGroups: [{ Ref: 'FrontGroup' }],
      },
    },
    FrontListener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      ...existing,
      Properties: {
        LoadBalancerArn: { Ref: 'Front' },
        Port: 443,
        Protocol: isNetwork ? 'TCP' : 'HTTPS',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'FrontTargets' } }],
      },
    },
    FrontTargets: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: isNetwork
        ? { VpcId: vpc, TargetType: 'alb', Protocol: 'TCP', Port: 443, Targets: [{ Id: { Ref: 'LoadBalancer' } }] }
        : { VpcId: vpc, TargetType: 'ip', Port: 8080 },
    },
    ...(isAdmitted
      ? {
          FromFront: {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Properties: {
              GroupId: { Ref: group },
              IpProtocol: 'tcp',
              FromPort: port,
              ToPort: port,
              SourceSecurityGroupId: { 'Fn::GetAtt': ['FrontGroup', 'GroupId'] },
            },
          },
        }
      : {}),
  }
}

/** Groups of rules that stand by themselves, and of the function, by attributes that give the same back. */
function echoed(resources: Json, echoes: readonly number[]): void {
  const [first] = resources.LoadBalancer.Properties.SecurityGroups
  const idOf = (reference: Json): string | undefined => reference?.Ref ?? reference?.['Fn::GetAtt']?.[0]
  let index = 0
  const echo = (reference: Json): Json => {
    const id = idOf(reference)
    const how = echoes[index++ % echoes.length]
    if (!id || how === 0) return reference
    if (how === 1 && id === idOf(first))
      return { 'Fn::Select': [0, { 'Fn::GetAtt': ['LoadBalancer', 'SecurityGroups'] }] }
    resources[`Stored${id}`] = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: id } } }
    return { 'Fn::GetAtt': [`Stored${id}`, 'Value'] }
  }
  for (const { Type, Properties } of Object.values<Json>(resources)) {
    if (/^AWS::EC2::SecurityGroup(?:Ingress|Egress)$/.test(Type))
      for (const name of ['GroupId', 'SourceSecurityGroupId', 'DestinationSecurityGroupId'])
        if (Properties[name]) Properties[name] = echo(Properties[name])
    if (Type === 'AWS::Lambda::Function')
      Properties.VpcConfig.SecurityGroupIds = Properties.VpcConfig.SecurityGroupIds.map(echo)
  }
}
