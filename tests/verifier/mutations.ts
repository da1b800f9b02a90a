// Changes to what Portcullis emits: each opens a door, hides one behind something unknown, or changes nothing that matters.
import type { Json } from '../support/read-template.ts'
import { without } from '../support/without.ts'

export type Mutation = {
  readonly name: string
  readonly change: (template: Json) => void
  /** Claim and what its path, reason or unknown must name; the other claims may fall too. */
  readonly expect:
    | { readonly verdict: 'refuted' | 'undecided'; readonly claim: string; readonly names: RegExp }
    | { readonly verdict: 'proved' }
  /** Services that the change lets a second API reach, on purpose. */
  readonly shares?: readonly string[]
}

const properties = (template: Json, id: string): Json => {
  const resource = template.Resources[id]
  if (!resource) throw new Error(`there is no ${id} any more`)
  resource.Properties ??= {}
  return resource.Properties
}
const set =
  (id: string, values: Json) =>
  (template: Json): void => {
    Object.assign(properties(template, id), values)
  }
const unset =
  (id: string, ...names: string[]) =>
  (template: Json): void => {
    for (const name of names) {
      if (!(name in properties(template, id))) throw new Error(`${id} has no ${name} any more`)
      delete properties(template, id)[name]
    }
  }
const add =
  (id: string, Type: string, Properties: Json) =>
  (template: Json): void => {
    template.Resources[id] = { Type, Properties }
  }
const drop =
  (id: string) =>
  (template: Json): void => {
    without(template.Resources, id)
  }
const all =
  (...changes: ((template: Json) => void)[]) =>
  (template: Json): void => {
    for (const change of changes) change(template)
  }
const parameter =
  (name: string, definition: Json = { Type: 'String' }) =>
  (template: Json): void => {
    template.Parameters[name] = definition
  }
const group = (id: string): Json => ({ 'Fn::GetAtt': [id, 'GroupId'] })

const loadBalancer = 'LoadBalancer'
const albGroup = 'LoadBalancerSecurityGroup'
const linkGroup = 'VpcLinkSecurityGroup'
const taskGroup = 'OrdersTaskSecurityGroup'
const toAlb = 'LoadBalancerIngressFromVpcLink'
const toTask = 'OrdersTaskIngressFromLoadBalancer'
const task = 'OrdersService'
const awsvpc = (template: Json): Json => properties(template, task).NetworkConfiguration.AwsvpcConfiguration

const refuted = (claim: string, names: RegExp) => ({ verdict: 'refuted', claim, names }) as const
const undecided = (claim: string, names: RegExp) => ({ verdict: 'undecided', claim, names }) as const
const proved = { verdict: 'proved' } as const

const ingress = (GroupId: Json, source: Json, ports: Json = { FromPort: 443, ToPort: 443 }) =>
  add('Debug', 'AWS::EC2::SecurityGroupIngress', { GroupId, IpProtocol: 'tcp', ...ports, ...source })
const gateway = all(
  add('Igw', 'AWS::EC2::InternetGateway', {}),
  add('IgwAttachment', 'AWS::EC2::VPCGatewayAttachment', { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Igw' } }),
)
const routeOut = (target: Json, destination: Json = { DestinationCidrBlock: '0.0.0.0/0' }) =>
  add('WayOut', 'AWS::EC2::Route', { RouteTableId: { Ref: 'PrivateRouteTable1' }, ...destination, ...target })
const intruder = (id: string, groups: Json) =>
  all(
    add('IntruderRole', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'],
    }),
    add('Intruder', 'AWS::Lambda::Function', {
      Role: { 'Fn::GetAtt': ['IntruderRole', 'Arn'] },
      Code: { ZipFile: 'x' },
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      VpcConfig: { SecurityGroupIds: groups, SubnetIds: [{ Ref: id }] },
    }),
  )

const editing = { Statement: [{ Effect: 'Allow', Action: 'ec2:AuthorizeSecurityGroupIngress', Resource: '*' }] }
const openGroup = add('OpenGroup', 'AWS::EC2::SecurityGroup', {
  GroupDescription: 'x',
  VpcId: { Ref: 'Vpc' },
  SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, CidrIp: '0.0.0.0/0' }],
})
const publicly = (AssignPublicIp: string, groups: Json[] = [group('OpenGroup')]): Json => ({
  AssignPublicIp,
  Subnets: [{ Ref: 'PrivateSubnet1' }],
  SecurityGroups: groups,
})
const targets = (AwsVpcConfiguration: Json): Json => ({
  ScheduleExpression: 'rate(1 hour)',
  Targets: [
    { Id: 'queue', Arn: 'arn:aws:sqs:eu-west-1:111111111111:queue' },
    {
      Id: 'task',
      Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      RoleArn: 'arn:aws:iam::111111111111:role/x',
      EcsParameters: {
        TaskDefinitionArn: { Ref: 'OrdersTaskDefinition' },
        LaunchType: 'FARGATE',
        NetworkConfiguration: { AwsVpcConfiguration },
      },
    },
  ],
})

const editorOf = (groupId: Json) =>
  add('Editor', 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      {
        PolicyName: 'Inline',
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
              Resource: [
                {
                  'Fn::Join': [
                    '',
                    [
                      'arn:aws:ec2:',
                      { Ref: 'AWS::Region' },
                      ':',
                      { Ref: 'AWS::AccountId' },
                      ':security-group/',
                      groupId,
                    ],
                  ],
                },
              ],
            },
          ],
        },
      },
    ],
  })

const throughLink = {
  type: 'http_proxy',
  httpMethod: 'ANY',
  payloadFormatVersion: '1.0',
  connectionType: 'VPC_LINK',
  connectionId: { Ref: 'VpcLink' },
  uri: { Ref: 'HttpsListener' },
  tlsConfig: { serverNameToVerify: { Ref: 'DomainName' } },
}
const tokenScheme = {
  type: 'oauth2',
  'x-amazon-apigateway-authorizer': {
    type: 'jwt',
    identitySource: '$request.header.Authorization',
    jwtConfiguration: { issuer: 'https://idp.example.com/', audience: ['shop'] },
  },
}
const secondApi = (document: Json) =>
  add('Second', 'AWS::ApiGatewayV2::Api', {
    Body: { openapi: '3.0.1', info: { title: 'second', version: '1' }, ...document },
  })

const samApi =
  (paths: Json) =>
  (template: Json): void => {
    template.Transform = 'AWS::Serverless-2016-10-31'
    add('Second', 'AWS::Serverless::HttpApi', {
      Auth: {
        DefaultAuthorizer: 'token',
        Authorizers: {
          token: {
            IdentitySource: '$request.header.Authorization',
            JwtConfiguration: { issuer: 'https://idp.example.com/', audience: ['shop'] },
          },
        },
      },
      DefinitionBody: { openapi: '3.0.1', info: { title: 'second', version: '1' }, paths },
    })(template)
  }

/** Names of routes of the main example. */
const route = 'RouteGetOrders'

const loadBalancers: Mutation[] = [
  {
    name: 'internet-facing',
    change: set(loadBalancer, { Scheme: 'internet-facing' }),
    expect: refuted('no-public-address', /internet-facing/),
  },
  { name: 'no scheme', change: unset(loadBalancer, 'Scheme'), expect: refuted('no-public-address', /has no Scheme/) },
  {
    name: 'scheme by a parameter without a default',
    change: all(parameter('P'), set(loadBalancer, { Scheme: { Ref: 'P' } })),
    expect: undecided('no-public-address', /--parameter P=VALUE/),
  },
  {
    name: 'scheme by a parameter that may be either',
    change: all(
      parameter('P', { Type: 'String', Default: 'internal', AllowedValues: ['internal', 'internet-facing'] }),
      set(loadBalancer, { Scheme: { Ref: 'P' } }),
    ),
    expect: refuted('no-public-address', /"P":"internet-facing"/),
  },
  {
    name: 'scheme behind a condition on a parameter',
    change: all(
      parameter('Public', { Type: 'String', Default: 'no' }),
      (template) => {
        template.Conditions ??= {}
        template.Conditions.IsPublic = { 'Fn::Equals': [{ Ref: 'Public' }, 'yes'] }
      },
      set(loadBalancer, { Scheme: { 'Fn::If': ['IsPublic', 'internet-facing', 'internal'] } }),
    ),
    expect: refuted('no-public-address', /"Public":"yes"/),
  },
  {
    name: 'scheme by a mapping of regions',
    change: all(
      (template) => {
        template.Mappings.Schemes = { 'eu-west-1': { Scheme: 'internal' }, 'us-east-1': { Scheme: 'internet-facing' } }
      },
      set(loadBalancer, { Scheme: { 'Fn::FindInMap': ['Schemes', { Ref: 'AWS::Region' }, 'Scheme'] } }),
    ),
    expect: refuted('no-public-address', /"AWS::Region":"us-east-1"/),
  },
  {
    name: 'scheme by a mapping with a default',
    change: all(
      (template) => {
        template.Mappings.Schemes = { 'eu-west-1': { Scheme: 'internal' } }
      },
      set(loadBalancer, {
        Scheme: { 'Fn::FindInMap': ['Schemes', { Ref: 'AWS::Region' }, 'Scheme', { DefaultValue: 'internet-facing' }] },
      }),
    ),
    expect: refuted('no-public-address', /Region/),
  },
  {
    name: 'scheme from an import',
    change: set(loadBalancer, { Scheme: { 'Fn::ImportValue': 'scheme' } }),
    expect: undecided('no-public-address', /scheme/),
  },
  {
    name: 'scheme from SSM',
    change: all(
      parameter('P', { Type: 'AWS::SSM::Parameter::Value<String>', Default: 'internal' }),
      set(loadBalancer, { Scheme: { Ref: 'P' } }),
    ),
    expect: undecided('no-public-address', /P\.value/),
  },
  {
    name: 'scheme by dynamic reference',
    change: set(loadBalancer, { Scheme: '{{resolve:ssm:/scheme}}' }),
    expect: undecided('no-public-address', /resolve:ssm/),
  },
  {
    name: 'internet-facing and open',
    change: all(set(loadBalancer, { Scheme: 'internet-facing' }), ingress(group(albGroup), { CidrIp: '0.0.0.0/0' })),
    expect: refuted('no-internet-path', /Debug/),
  },
  {
    name: 'tasks with public addresses',
    change: (template) => Object.assign(awsvpc(template), { AssignPublicIp: 'ENABLED' }),
    expect: refuted('no-public-address', /AssignPublicIp/),
  },
  {
    name: 'tasks with public addresses by a parameter',
    change: all(parameter('P'), (template) => Object.assign(awsvpc(template), { AssignPublicIp: { Ref: 'P' } })),
    expect: undecided('no-public-address', /--parameter P/),
  },
  {
    name: 'tasks reachable from the internet',
    change: all(
      (template) => Object.assign(awsvpc(template), { AssignPublicIp: 'ENABLED' }),
      ingress(group(taskGroup), { CidrIp: '0.0.0.0/0' }),
    ),
    expect: refuted('no-internet-path', /Debug/),
  },
  {
    name: 'no integration',
    change: (template) => {
      drop('AlbIntegration')(template)
      for (const { Properties } of Object.values<Json>(template.Resources))
        if (JSON.stringify(Properties?.Target)?.includes('AlbIntegration')) delete Properties.Target
    },
    expect: refuted('way-in-exists', /no API of the templates leads/),
  },
  {
    name: 'no egress from the link',
    change: drop('VpcLinkEgressToLoadBalancer'),
    expect: refuted('way-in-exists', /VpcLink/),
  },
  { name: 'no ingress from the link', change: drop(toAlb), expect: refuted('way-in-exists', /LoadBalancer/) },
  { name: 'no ingress to the task', change: drop(toTask), expect: refuted('way-in-exists', /OrdersService/) },
  {
    name: 'a second load balancer in front of the tasks',
    change: all(
      add('Second', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
        Scheme: 'internet-facing',
        Subnets: [{ Ref: 'PrivateSubnet1' }, { Ref: 'PrivateSubnet2' }],
        SecurityGroups: [{ Ref: albGroup }],
      }),
    ),
    expect: refuted('no-public-address', /Second/),
  },
]

const groups: Mutation[] = [
  {
    name: 'the link by address instead of group',
    change: all(unset(toAlb, 'SourceSecurityGroupId'), set(toAlb, { CidrIp: '10.20.0.0/16' })),
    expect: refuted('sole-entrance', /LoadBalancerIngressFromVpcLink/),
  },
  {
    name: 'any address to the load balancer',
    change: ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'any address, as two halves',
    change: all(
      ingress(group(albGroup), { CidrIp: '0.0.0.0/1' }),
      add('Other', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: group(albGroup),
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: '128.0.0.0/1',
      }),
    ),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'any address, with host bits',
    change: ingress(group(albGroup), { CidrIp: '10.20.3.4/8' }),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'every protocol',
    change: ingress(group(albGroup), { CidrIp: '0.0.0.0/0', IpProtocol: '-1' }, {}),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'protocol by number',
    change: ingress(group(albGroup), { CidrIp: '0.0.0.0/0', IpProtocol: 6 }),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'a range of ports with 443 in it',
    change: ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }, { FromPort: 400, ToPort: 500 }),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'inline rule',
    change: set(albGroup, {
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
    }),
    expect: refuted('sole-entrance', /LoadBalancerSecurityGroup/),
  },
  {
    name: 'inline rules by a parameter',
    change: all(parameter('P'), set(albGroup, { SecurityGroupIngress: { Ref: 'P' } })),
    expect: undecided('sole-entrance', /as AWS accepts it: the ingress rules of LoadBalancerSecurityGroup/),
  },
  {
    name: 'address by a parameter',
    change: all(parameter('P'), ingress(group(albGroup), { CidrIp: { Ref: 'P' } })),
    expect: undecided('sole-entrance', /--parameter P=VALUE/),
  },
  {
    name: 'address by a parameter with an open default',
    change: all(
      parameter('P', { Type: 'String', Default: '0.0.0.0/0' }),
      ingress(group(albGroup), { CidrIp: { Ref: 'P' } }),
    ),
    expect: refuted('sole-entrance', /"P":"0\.0\.0\.0\/0"/),
  },
  {
    name: 'group by a parameter',
    change: all(
      parameter('P', { Type: 'AWS::EC2::SecurityGroup::Id' }),
      ingress(group(albGroup), { SourceSecurityGroupId: { Ref: 'P' } }),
    ),
    expect: undecided('sole-entrance', /P\.carriers=VpcLink/),
  },
  {
    name: 'prefix list from outside',
    change: ingress(group(albGroup), { SourcePrefixListId: 'pl-12345678' }),
    expect: undecided('sole-entrance', /Debug/),
  },
  {
    name: 'prefix list of the template',
    change: all(
      add('List', 'AWS::EC2::PrefixList', {
        PrefixListName: 'x',
        AddressFamily: 'IPv4',
        MaxEntries: 1,
        Entries: [{ Cidr: '10.0.0.0/8' }],
      }),
      ingress(group(albGroup), { SourcePrefixListId: { 'Fn::GetAtt': ['List', 'PrefixListId'] } }),
    ),
    expect: refuted('sole-entrance', /10\.0\.0\.0\/8/),
  },
  {
    name: 'group by name',
    change: ingress(group(albGroup), { SourceSecurityGroupName: 'default' }),
    expect: undecided('sole-entrance', /Debug/),
  },
  {
    name: 'a rule that finds the group by its name',
    change: all(
      set(albGroup, { GroupName: 'balancer' }),
      add('Debug', 'AWS::EC2::SecurityGroupIngress', {
        GroupName: 'balancer',
        IpProtocol: '-1',
        CidrIp: '0.0.0.0/0',
      }),
    ),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'a port that is octal in YAML 1.1',
    change: ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }, { FromPort: '0673', ToPort: '0673' }),
    expect: undecided('sole-entrance', /as AWS accepts it: the protocol and ports of Debug/),
  },
  {
    name: 'a listener on such a port',
    change: all(set('HttpsListener', { Port: '0673' }), ingress(group(albGroup), { CidrIp: '0.0.0.0/0' })),
    expect: undecided('sole-entrance', /Debug/),
  },
  {
    name: 'a public load balancer with such a port',
    change: all(
      set(loadBalancer, { Scheme: 'internet-facing' }),
      ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }, { FromPort: '0673', ToPort: '0673' }),
    ),
    expect: undecided('no-internet-path', /as AWS accepts it: the protocol and ports of Debug/),
  },
  {
    name: 'a protocol that nobody knows',
    change: ingress(group(albGroup), { CidrIp: '0.0.0.0/0', IpProtocol: 'quic' }),
    expect: undecided('sole-entrance', /Debug/),
  },
  {
    name: 'the default group of the VPC admitted',
    change: ingress(group(albGroup), { SourceSecurityGroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } }),
    expect: refuted('sole-entrance', /default group/),
  },
  {
    name: 'the tasks admitted to the load balancer',
    change: ingress(group(albGroup), { SourceSecurityGroupId: group(taskGroup) }),
    expect: refuted('sole-entrance', /OrdersService/),
  },
  {
    name: 'a Lambda function with the group of the link',
    change: intruder('PrivateSubnet1', [group(linkGroup)]),
    expect: refuted('sole-entrance', /Intruder/),
  },
  {
    name: 'a Lambda function with the group of the load balancer',
    change: intruder('PrivateSubnet1', [{ Ref: albGroup }]),
    expect: refuted('sole-entrance', /Intruder/),
  },
  {
    name: 'the group of the link through Fn::Sub',
    change: intruder('PrivateSubnet1', [{ 'Fn::Sub': `\${${linkGroup}.GroupId}` }]),
    expect: refuted('sole-entrance', /Intruder/),
  },
  {
    name: 'the group of the link through Join and Split',
    change: intruder('PrivateSubnet1', { 'Fn::Split': [',', { 'Fn::Join': [',', [group(linkGroup), 'sg-0123']] }] }),
    expect: refuted('sole-entrance', /Intruder/),
  },
  {
    name: 'a group that nobody carries',
    change: all(
      add('Bastion', 'AWS::EC2::SecurityGroup', { VpcId: { Ref: 'Vpc' }, GroupDescription: 'x' }),
      ingress(group(albGroup), { SourceSecurityGroupId: { Ref: 'Bastion' } }),
    ),
    expect: undecided('sole-entrance', /Bastion\.carriers=none/),
  },
  {
    name: 'load balancer without groups',
    change: unset(loadBalancer, 'SecurityGroups'),
    expect: refuted('sole-entrance', /default group/),
  },
  {
    name: 'load balancer with a group from outside',
    change: (template) => properties(template, loadBalancer).SecurityGroups.push('sg-0123456789abcdef0'),
    expect: undecided('sole-entrance', /LoadBalancer/),
  },
  {
    name: 'load balancer with groups by a parameter',
    change: all(
      parameter('P', { Type: 'List<AWS::EC2::SecurityGroup::Id>' }),
      set(loadBalancer, { SecurityGroups: { Ref: 'P' } }),
    ),
    expect: undecided('sole-entrance', /P\.ingress=none/),
  },
  {
    name: 'any address to the task',
    change: ingress(group(taskGroup), { CidrIp: '0.0.0.0/0' }, { FromPort: 8080, ToPort: 8080 }),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'the VPC to the task',
    change: ingress(
      group(taskGroup),
      { CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } },
      { FromPort: 8080, ToPort: 8080 },
    ),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'another port of the task',
    change: ingress(group(taskGroup), { CidrIp: '10.20.0.0/16' }, { FromPort: 22, ToPort: 22 }),
    expect: refuted('sole-entrance', /Debug/),
  },
  {
    name: 'the tasks admit themselves',
    change: ingress(group(taskGroup), { SourceSecurityGroupId: group(taskGroup) }, { FromPort: 0, ToPort: 65535 }),
    expect: refuted('sole-entrance', /OrdersService/),
  },
  {
    name: 'tasks without groups',
    change: (template) => {
      delete awsvpc(template).SecurityGroups
    },
    expect: refuted('sole-entrance', /default group/),
  },
  {
    name: 'the task admits the link as well',
    change: ingress(group(taskGroup), { SourceSecurityGroupId: group(linkGroup) }, { FromPort: 8080, ToPort: 8080 }),
    expect: refuted('sole-entrance', /VpcLink/),
  },
  {
    name: 'a custom resource that knows the group',
    change: add('Opener', 'Custom::Opener', {
      ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:x',
      Group: { Ref: albGroup },
    }),
    expect: undecided('sole-entrance', /Opener\.opens=none/),
  },
  {
    name: 'a custom resource that bears our name',
    change: add('Opener', 'Custom::PortcullisVpcLinkReady', {
      ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:x',
      Group: { Ref: albGroup },
    }),
    expect: undecided('sole-entrance', /Opener/),
  },
  {
    name: 'an unknown type that names the load balancer',
    change: add('New', 'AWS::Future::Tunnel', { Target: { Ref: loadBalancer } }),
    expect: undecided('sole-entrance', /New/),
  },
  {
    name: 'an unknown nested stack that knows the group',
    change: add('Nested', 'AWS::CloudFormation::Stack', {
      TemplateURL: 'https://bucket.s3.amazonaws.com/x.yaml',
      Parameters: { Group: { Ref: albGroup } },
    }),
    expect: undecided('sole-entrance', /Nested/),
  },
  {
    name: 'a loop that opens the group',
    change: (template) => {
      template.Transform = 'AWS::LanguageExtensions'
      template.Resources['Fn::ForEach::Ports'] = [
        'Port',
        ['443', '444'],
        {
          'Debug${Port}': {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Properties: {
              GroupId: group(albGroup),
              IpProtocol: 'tcp',
              FromPort: { Ref: 'Port' },
              ToPort: { Ref: 'Port' },
              CidrIp: '0.0.0.0/0',
            },
          },
        },
      ]
    },
    expect: refuted('sole-entrance', /Debug443/),
  },
  {
    name: 'a loop over a parameter',
    change: all(parameter('P', { Type: 'CommaDelimitedList' }), (template) => {
      template.Transform = 'AWS::LanguageExtensions'
      template.Resources['Fn::ForEach::Ports'] = [
        'Port',
        { Ref: 'P' },
        { 'Debug${Port}': { Type: 'AWS::SNS::Topic', Properties: {} } },
      ]
    }),
    expect: undecided('sole-entrance', /ForEach/),
  },
  {
    name: 'a macro',
    change: (template) => {
      template.Transform = 'MyMacro'
    },
    expect: undecided('sole-entrance', /MyMacro/),
  },
  {
    name: 'an included file',
    change: (template) => {
      template.Resources['Fn::Transform'] = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/x.yaml' } }
    },
    expect: undecided('sole-entrance', /Transform/),
  },
  {
    name: 'an open rule behind a condition',
    change: all(
      parameter('Debugging', { Type: 'String', Default: 'off', AllowedValues: ['off', 'on'] }),
      ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }),
      (template) => {
        template.Conditions ??= {}
        template.Conditions.IsDebugging = { 'Fn::Equals': ['on', { Ref: 'Debugging' }] }
        template.Resources.Debug.Condition = 'IsDebugging'
      },
    ),
    expect: refuted('sole-entrance', /"Debugging":"on"/),
  },
  {
    name: 'an open rule behind a condition that no parameter decides',
    change: all(ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }), (template) => {
      template.Conditions ??= {}
      template.Conditions.IsOurs = { 'Fn::Equals': [{ 'Fn::ImportValue': 'stage' }, 'dev'] }
      template.Resources.Debug.Condition = 'IsOurs'
    }),
    expect: undecided('sole-entrance', /stage/),
  },
  {
    name: 'an intruder with a property named Condition',
    change: (template) => {
      intruder('PrivateSubnet1', [group(linkGroup)])(template)
      properties(template, 'Intruder').Environment = { Variables: { Condition: 'none of the template' } }
    },
    expect: refuted('sole-entrance', /Intruder/),
  },
  {
    name: 'an open rule under a condition that does not exist',
    change: all(ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }), (template) => {
      template.Resources.Debug.Condition = 'Nowhere'
    }),
    expect: undecided('sole-entrance', /there is no condition Nowhere/),
  },
  ...['\\p{Lower}+|-', '\\Adebug\\z|-', '\\Qdebug\\E|-', '[a-z&&[^x]]+|-', '(?x)d e b u g|-'].map(
    (AllowedPattern): Mutation => ({
      name: `an open rule for a value that ${AllowedPattern} allows`,
      change: all(
        parameter('P', { Type: 'String', Default: '-', AllowedPattern }),
        ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }),
        (template) => {
          template.Conditions = { ...template.Conditions, Open: { 'Fn::Equals': [{ Ref: 'P' }, 'debug'] } }
          template.Resources.Debug.Condition = 'Open'
        },
      ),
      expect: undecided('sole-entrance', /P may be/),
    }),
  ),
  {
    name: 'a rule whose range is chosen from a list with a gap',
    change: ingress(group(albGroup), {
      CidrIp: { 'Fn::Select': ['0', [{ Ref: 'AWS::NoValue' }, '0.0.0.0/0']] },
    }),
    expect: undecided('sole-entrance', /Debug/),
  },
  {
    name: 'an open rule of a group that a parameter chooses',
    change: all(
      parameter('P'),
      ingress({ 'Fn::Select': [{ Ref: 'P' }, [group(albGroup), group(taskGroup)]] }, { CidrIp: '0.0.0.0/0' }),
    ),
    expect: refuted('sole-entrance', /"P":"0"/),
  },
  {
    name: 'an open rule whose properties are included',
    change: (template) => {
      template.Resources.Debug = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } },
          Description: { Ref: albGroup },
        },
      }
    },
    expect: undecided('sole-entrance', /Debug/),
  },
  {
    name: 'a mapping that is included',
    change: (template) => {
      template.Mappings['Fn::Transform'] = { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } }
    },
    expect: undecided('sole-entrance', /Transform/),
  },
  {
    name: 'a listener of a load balancer that a parameter chooses',
    change: all(
      parameter('P'),
      add('Second', 'AWS::ElasticLoadBalancingV2::Listener', {
        LoadBalancerArn: { 'Fn::Select': [{ Ref: 'P' }, [{ Ref: loadBalancer }, 'arn:x']] },
        Port: 22,
        Protocol: 'HTTP',
        DefaultActions: [],
      }),
      ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }, { FromPort: 22, ToPort: 22 }),
    ),
    expect: refuted('sole-entrance', /"P":"0"/),
  },
  {
    name: 'any IPv6 address to tasks in a subnet with IPv6',
    change: all(
      set('PrivateSubnet1', { Ipv6CidrBlock: '2001:db8::/64' }),
      ingress(group(taskGroup), { CidrIpv6: '::/0' }, { FromPort: 8080, ToPort: 8080 }),
    ),
    expect: undecided('no-internet-path', /IPv6/),
  },
]

const routes: Mutation[] = [
  {
    name: 'an open route of an API from outside to the integration',
    change: all(
      parameter('P'),
      add('Stray', 'AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'P' },
        RouteKey: 'GET /stray',
        Target: { 'Fn::Sub': 'integrations/${AlbIntegration}' },
      }),
    ),
    expect: undecided('authorized-routes', /Stray leads to an integration of HttpApi/),
  },
  {
    name: 'a method of a REST API from outside through the link',
    change: all(
      parameter('P'),
      add('Stray', 'AWS::ApiGateway::Method', {
        RestApiId: { Ref: 'P' },
        HttpMethod: 'GET',
        ResourceId: 'x',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'HTTP_PROXY',
          ConnectionType: 'VPC_LINK',
          ConnectionId: { Ref: 'VpcLink' },
          IntegrationTarget: { Ref: loadBalancer },
        },
      }),
    ),
    expect: undecided('authorized-routes', /--parameter P/),
  },
  {
    name: 'an open route',
    change: set(route, { AuthorizationType: 'NONE' }),
    expect: refuted('authorized-routes', /GET \/orders/),
  },
  {
    name: 'no authorization type',
    change: unset(route, 'AuthorizationType'),
    expect: refuted('authorized-routes', /not set/),
  },
  {
    name: 'no authorizer',
    change: unset(route, 'AuthorizerId'),
    expect: refuted('authorized-routes', /no AuthorizerId/),
  },
  {
    name: 'authorizer by a parameter',
    change: all(parameter('P'), set(route, { AuthorizerId: { Ref: 'P' } })),
    expect: undecided('authorized-routes', /--parameter P/),
  },
  {
    name: 'type by a parameter',
    change: all(parameter('P'), set(route, { AuthorizationType: { Ref: 'P' } })),
    expect: undecided('authorized-routes', /--parameter P/),
  },
  {
    name: 'a default route without authorizer',
    change: add('Rest', 'AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: 'HttpApi' },
      RouteKey: '$default',
      Target: { 'Fn::Sub': 'integrations/${AlbIntegration}' },
    }),
    expect: refuted('authorized-routes', /\$default/),
  },
  {
    name: 'an open preflight route',
    change: add('Rest', 'AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: 'HttpApi' },
      RouteKey: 'OPTIONS /{proxy+}',
      Target: { 'Fn::Sub': 'integrations/${AlbIntegration}' },
    }),
    expect: refuted('authorized-routes', /OPTIONS/),
  },
  {
    name: 'a second API on the link',
    change: all(
      add('Other', 'AWS::ApiGatewayV2::Api', { Name: 'other', ProtocolType: 'HTTP' }),
      add('OtherIntegration', 'AWS::ApiGatewayV2::Integration', {
        ApiId: { Ref: 'Other' },
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: { Ref: 'VpcLink' },
        IntegrationUri: { Ref: 'HttpsListener' },
        TlsConfig: { ServerNameToVerify: { Ref: 'DomainName' } },
      }),
      add('OtherRoute', 'AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'Other' },
        RouteKey: 'GET /',
        Target: { 'Fn::Sub': 'integrations/${OtherIntegration}' },
      }),
    ),
    expect: refuted('authorized-routes', /OtherRoute/),
  },
  {
    name: 'an integration of an API from outside',
    change: all(
      parameter('P'),
      add('Stray', 'AWS::ApiGatewayV2::Integration', {
        ApiId: { Ref: 'P' },
        ConnectionType: 'VPC_LINK',
        ConnectionId: { Ref: 'VpcLink' },
        IntegrationUri: { Ref: 'HttpsListener' },
      }),
    ),
    expect: undecided('authorized-routes', /--parameter P/),
  },
  {
    name: 'routes from S3',
    change: set('HttpApi', { BodyS3Location: { Bucket: 'b', Key: 'k' } }),
    expect: undecided('authorized-routes', /HttpApi/),
  },
  {
    name: 'a route in an OpenAPI body',
    change: set('HttpApi', { Body: { openapi: '3.0.1', paths: { '/x': { get: {} } } } }),
    expect: refuted('authorized-routes', /GET \/x/),
  },
  {
    name: 'an OpenAPI document that is only secured as a whole',
    change: secondApi({
      security: [{ token: [] }],
      components: { securitySchemes: { token: tokenScheme } },
      paths: { '/x': { get: { 'x-amazon-apigateway-integration': throughLink } } },
    }),
    expect: refuted('authorized-routes', /GET \/x/),
  },
  {
    name: 'an open route whose integration is shared',
    change: secondApi({
      components: { 'x-amazon-apigateway-integrations': { balancer: throughLink } },
      paths: {
        '/x': {
          get: {
            'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/balancer' },
          },
        },
      },
    }),
    expect: refuted('authorized-routes', /GET \/x/),
  },
  {
    name: 'an integration that cannot be found',
    change: secondApi({
      components: { securitySchemes: { token: tokenScheme } },
      paths: {
        '/x': { get: { security: [{ token: [] }], 'x-amazon-apigateway-integration': { $ref: '#/nowhere' } } },
      },
    }),
    expect: undecided('authorized-routes', /Second/),
  },
  {
    name: 'a path that is written elsewhere in the document',
    change: secondApi({
      components: { pathItems: { x: { get: { 'x-amazon-apigateway-integration': throughLink } } } },
      paths: { '/x': { $ref: '#/components/pathItems/x' } },
    }),
    expect: undecided('authorized-routes', /Second/),
  },
  ...[[{ NONE: [] }], [{ token: [] }, {}], [{ nobody: [] }]].map(
    (security): Mutation => ({
      name: `a default of SAM does not cover ${JSON.stringify(security)}`,
      change: samApi({ '/x': { get: { security, 'x-amazon-apigateway-integration': throughLink } } }),
      expect: refuted('authorized-routes', /GET \/x/),
    }),
  ),
  {
    name: 'a default of SAM does not cover preflights',
    change: samApi({ '/x': { options: { 'x-amazon-apigateway-integration': throughLink } } }),
    expect: refuted('authorized-routes', /OPTIONS \/x/),
  },
  {
    name: 'a copy of a REST API from outside',
    change: add('Second', 'AWS::ApiGateway::RestApi', { Name: 'copy', CloneFrom: 'abcdef1234' }),
    expect: undecided('authorized-routes', /Second/),
  },
  {
    name: 'an authorizer by its id',
    change: set(route, { AuthorizerId: 'abc123' }),
    expect: undecided('authorized-routes', /--open-route/),
  },
  {
    name: 'a quick-create target',
    change: set('HttpApi', { Target: 'https://example.com' }),
    expect: refuted('authorized-routes', /\$default/),
  },
  {
    name: 'managed overrides',
    change: add('Overrides', 'AWS::ApiGatewayV2::ApiGatewayManagedOverrides', {
      ApiId: { Ref: 'HttpApi' },
      Route: { AuthorizationType: 'NONE' },
    }),
    expect: undecided('authorized-routes', /Overrides/),
  },
  {
    name: 'an authorizer of another API',
    change: all(
      add('Other', 'AWS::ApiGatewayV2::Api', { Name: 'other', ProtocolType: 'HTTP' }),
      add('OtherAuthorizer', 'AWS::ApiGatewayV2::Authorizer', {
        ApiId: { Ref: 'Other' },
        AuthorizerType: 'JWT',
        Name: 'x',
      }),
      set(route, { AuthorizerId: { Ref: 'OtherAuthorizer' } }),
    ),
    expect: undecided('authorized-routes', /another API/),
  },
  {
    name: 'execute-api left on',
    change: set('HttpApi', { DisableExecuteApiEndpoint: false }),
    expect: refuted('no-bypass', /execute-api/),
  },
  {
    name: 'execute-api not mentioned',
    change: unset('HttpApi', 'DisableExecuteApiEndpoint'),
    expect: refuted('no-bypass', /execute-api/),
  },
  {
    name: 'execute-api by a parameter',
    change: all(parameter('P'), set('HttpApi', { DisableExecuteApiEndpoint: { Ref: 'P' } })),
    expect: undecided('no-bypass', /--parameter P/),
  },
  {
    name: 'a second domain',
    change: all(
      add('SecondDomain', 'AWS::ApiGatewayV2::DomainName', {
        DomainName: 'other.example.com',
        DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
      }),
      add('SecondMapping', 'AWS::ApiGatewayV2::ApiMapping', {
        ApiId: { Ref: 'HttpApi' },
        DomainName: { Ref: 'SecondDomain' },
        Stage: { Ref: 'DefaultStage' },
      }),
    ),
    expect: refuted('no-bypass', /SecondMapping/),
  },
  {
    name: 'a second domain by a routing rule',
    change: all(
      add('SecondDomain', 'AWS::ApiGatewayV2::DomainName', {
        DomainName: 'other.example.com',
        RoutingMode: 'ROUTING_RULE_ONLY',
      }),
      add('SecondRule', 'AWS::ApiGatewayV2::RoutingRule', {
        DomainNameArn: { 'Fn::GetAtt': ['SecondDomain', 'DomainNameArn'] },
        Priority: 1,
        Conditions: [],
        Actions: [{ InvokeApi: { ApiId: { Ref: 'HttpApi' }, Stage: '$default' } }],
      }),
    ),
    expect: refuted('no-bypass', /SecondRule/),
  },
]

const tls: Mutation[] = [
  {
    name: 'a domain with a policy that nobody knows',
    change: (template) =>
      (properties(template, 'ApiDomainName').DomainNameConfigurations[0].SecurityPolicy = 'TLS_0_9'),
    expect: undecided('verified-tls', /ApiDomainName/),
  },
  {
    name: 'no server name',
    change: unset('AlbIntegration', 'TlsConfig'),
    expect: refuted('verified-tls', /ServerNameToVerify/),
  },
  {
    name: 'HTTP to the load balancer',
    change: set('HttpsListener', { Protocol: 'HTTP' }),
    expect: refuted('verified-tls', /HTTP/),
  },
  {
    name: 'another name',
    change: set('AlbIntegration', { TlsConfig: { ServerNameToVerify: 'other.example.com' } }),
    expect: refuted('verified-tls', /"DomainName":"api\.example\.com"/),
  },
  {
    name: 'a certificate for another name',
    change: set('Certificate', { DomainName: 'other.example.com', SubjectAlternativeNames: [] }),
    expect: refuted('verified-tls', /"DomainName":"api\.example\.com"/),
  },
  {
    name: 'two names that never agree',
    change: all(
      set('Certificate', { DomainName: 'a.example.com' }),
      set('AlbIntegration', { TlsConfig: { ServerNameToVerify: 'b.example.com' } }),
    ),
    expect: refuted('verified-tls', /b\.example\.com/),
  },
  {
    name: 'a wildcard one level too high',
    change: all(
      set('Certificate', { DomainName: '*.example.com' }),
      set('AlbIntegration', { TlsConfig: { ServerNameToVerify: 'a.b.example.com' } }),
    ),
    expect: refuted('verified-tls', /a\.b\.example\.com/),
  },
  {
    name: 'a certificate by a parameter',
    change: all(parameter('P'), set('HttpsListener', { Certificates: [{ CertificateArn: { Ref: 'P' } }] })),
    expect: undecided('verified-tls', /P\.covers=HOST/),
  },
  {
    name: 'a certificate of a foreign custom resource',
    change: all(
      add('Foreign', 'Custom::PortcullisCertificate', {
        ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:x',
        DomainName: { Ref: 'DomainName' },
      }),
      set('HttpsListener', { Certificates: [{ CertificateArn: { 'Fn::GetAtt': ['Foreign', 'CertificateArn'] } }] }),
    ),
    expect: undecided('verified-tls', /covers=HOST/),
  },
  {
    name: 'no certificate',
    change: unset('HttpsListener', 'Certificates'),
    expect: refuted('verified-tls', /no certificate of HttpsListener/),
  },
  {
    name: 'protocol by a parameter',
    change: all(parameter('P'), set('HttpsListener', { Protocol: { Ref: 'P' } })),
    expect: undecided('verified-tls', /--parameter P/),
  },
]

const doors: Mutation[] = [
  { name: 'ECS Exec', change: set(task, { EnableExecuteCommand: true }), expect: refuted('no-side-door', /ECS Exec/) },
  {
    name: 'ECS Exec as text',
    change: set(task, { EnableExecuteCommand: 'true' }),
    expect: refuted('no-side-door', /ECS Exec/),
  },
  {
    name: 'ECS Exec by a parameter',
    change: all(parameter('P'), set(task, { EnableExecuteCommand: { Ref: 'P' } })),
    expect: undecided('no-side-door', /--parameter P/),
  },
  ...(
    [
      ['AWS::EC2::VPCEndpointService', { NetworkLoadBalancerArns: [{ Ref: loadBalancer }] }],
      ['AWS::EC2::VPCPeeringConnection', { VpcId: { Ref: 'Vpc' }, PeerVpcId: 'vpc-1' }],
      ['AWS::EC2::TransitGatewayAttachment', { VpcId: { Ref: 'Vpc' }, SubnetIds: [], TransitGatewayId: 'tgw-1' }],
      ['AWS::EC2::TransitGatewayVpcAttachment', { VpcId: { Ref: 'Vpc' }, SubnetIds: [], TransitGatewayId: 'tgw-1' }],
      ['AWS::EC2::VPNConnection', { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1' }],
      ['AWS::EC2::ClientVpnEndpoint', { ClientCidrBlock: '10.99.0.0/22' }],
      [
        'AWS::EC2::ClientVpnTargetNetworkAssociation',
        { ClientVpnEndpointId: 'cvpn-endpoint-1', SubnetId: { Ref: 'PrivateSubnet1' } },
      ],
      ['AWS::EC2::InstanceConnectEndpoint', { SubnetId: { Ref: 'PrivateSubnet1' } }],
      ['AWS::EC2::VerifiedAccessEndpoint', { LoadBalancerOptions: { LoadBalancerArn: { Ref: loadBalancer } } }],
      ['AWS::GlobalAccelerator::EndpointGroup', { EndpointConfigurations: [{ EndpointId: { Ref: loadBalancer } }] }],
      ['AWS::VpcLattice::TargetGroup', { Type: 'ALB', Targets: [{ Id: { Ref: loadBalancer } }] }],
      ['AWS::VpcLattice::ServiceNetworkVpcAssociation', { VpcIdentifier: { Ref: 'Vpc' } }],
      ['AWS::VpcLattice::ResourceGateway', { VpcIdentifier: { Ref: 'Vpc' } }],
      ['AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { Arn: { Ref: loadBalancer } } }],
      ['AWS::EC2::VPCGatewayAttachment', { VpcId: { Ref: 'Vpc' }, VpnGatewayId: 'vgw-1' }],
      ['AWS::NetworkManager::VpcAttachment', { VpcArn: 'x' }],
    ] as const
  ).map(
    ([type, values]): Mutation => ({
      name: type,
      change: all(add('Door', type, values), (template) => {
        if (type.startsWith('AWS::Serverless::')) template.Transform = 'AWS::Serverless-2016-10-31'
      }),
      expect: refuted('no-side-door', /Door/),
    }),
  ),
  {
    name: 'a role that edits groups',
    change: (template) =>
      (properties(template, 'OrdersTaskRole').Policies = [
        {
          PolicyName: 'x',
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'ec2:Authorize*', Resource: '*' }] },
        },
      ]),
    expect: refuted('no-side-door', /OrdersTaskRole/),
  },
  {
    name: 'a role that may do everything',
    change: (template) =>
      (properties(template, 'OrdersTaskRole').Policies = [
        {
          PolicyName: 'x',
          PolicyDocument: { Statement: { Effect: 'Allow', Action: ['s3:GetObject', '*'], Resource: '*' } },
        },
      ]),
    expect: refuted('no-side-door', /do everything/),
  },
  {
    name: 'a role that may do everything but one thing',
    change: add('P', 'AWS::IAM::Policy', {
      PolicyName: 'x',
      Roles: [{ Ref: 'OrdersTaskRole' }],
      PolicyDocument: { Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] },
    }),
    expect: refuted('no-side-door', /"P"/),
  },
  {
    name: 'an administrator',
    change: set('OrdersTaskRole', {
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' }],
    }),
    expect: refuted('no-side-door', /AdministratorAccess/),
  },
  {
    name: 'rights by a parameter',
    change: all(parameter('P'), set('OrdersTaskRole', { ManagedPolicyArns: [{ Ref: 'P' }] })),
    expect: undecided('no-side-door', /--assume P\.rights=none/),
  },
  {
    name: 'a policy of the account that is not in the templates',
    change: set('OrdersTaskRole', { ManagedPolicyArns: ['arn:aws:iam::111111111111:policy/operators'] }),
    expect: undecided('no-side-door', /policy\/operators\.rights=none/),
  },
  {
    name: 'a policy of AWS that edits groups for databases',
    change: set('OrdersTaskRole', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEKSClusterPolicy'] }),
    expect: refuted('no-side-door', /AmazonEKSClusterPolicy/),
  },
  {
    name: 'a policy of AWS that nobody knows yet',
    change: set('OrdersTaskRole', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonTomorrowFullAccess'] }),
    expect: undecided('no-side-door', /AmazonTomorrowFullAccess/),
  },
  ...[{ statement: [] }, { Statement: [{ Effect: 'Allow', action: 'ec2:*', Resource: '*' }] }].map(
    (PolicyDocument): Mutation => ({
      name: `a policy document that is not understood, ${JSON.stringify(PolicyDocument)}`,
      change: (template) => (properties(template, 'OrdersTaskRole').Policies = [{ PolicyName: 'x', PolicyDocument }]),
      expect: undecided('no-side-door', /--allow group-editors/),
    }),
  ),
  {
    name: 'a policy document as text',
    change: (template) =>
      (properties(template, 'OrdersTaskRole').Policies = [
        {
          PolicyName: 'x',
          PolicyDocument:
            '{"Statement":[{"Effect":"Allow","Action":"ec2:AuthorizeSecurityGroupIngress","Resource":"*"}]}',
        },
      ]),
    expect: undecided('no-side-door', /--allow group-editors/),
  },
  ...(
    [
      ['AWS::IAM::RolePolicy', { RoleName: { Ref: 'OrdersTaskRole' }, PolicyName: 'x', PolicyDocument: editing }],
      ['AWS::IAM::UserPolicy', { UserName: 'somebody', PolicyName: 'x', PolicyDocument: editing }],
      ['AWS::IAM::GroupPolicy', { GroupName: 'some', PolicyName: 'x', PolicyDocument: editing }],
      ['AWS::IAM::User', { Policies: [{ PolicyName: 'x', PolicyDocument: editing }] }],
      ['AWS::IAM::User', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }],
      ['AWS::IAM::Group', { Policies: [{ PolicyName: 'x', PolicyDocument: editing }] }],
      ['AWS::SSO::PermissionSet', { Name: 'x', InstanceArn: 'x', InlinePolicy: editing }],
      [
        'AWS::SSO::PermissionSet',
        { Name: 'x', InstanceArn: 'x', ManagedPolicies: ['arn:aws:iam::aws:policy/PowerUserAccess'] },
      ],
      [
        'AWS::Serverless::StateMachine',
        { Definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, Policies: [editing] },
      ],
    ] as const
  ).map(
    ([type, values]): Mutation => ({
      name: `rights of ${type} by ${Object.keys(values).at(-1)}`,
      change: all(add('Door', type, values), (template) => {
        if (type.startsWith('AWS::Serverless::')) template.Transform = 'AWS::Serverless-2016-10-31'
      }),
      expect: refuted('no-side-door', /Door/),
    }),
  ),
  {
    name: 'a function that may edit the group of the load balancer only',
    change: editorOf(group(albGroup)),
    expect: refuted('no-side-door', /Editor/),
  },
  {
    name: 'a function that may edit every group with a prefix',
    change: editorOf({ 'Fn::Sub': '${Vpc.DefaultSecurityGroup}*' }),
    expect: undecided('no-side-door', /Editor/),
  },
  ...['ecs:UpdateService', 'ec2:CreateRoute', 'ec2:ModifyManagedPrefixList', 'iam:AttachUserPolicy'].map(
    (Action): Mutation => ({
      name: `a role with ${Action}`,
      change: (template) =>
        (properties(template, 'OrdersTaskRole').Policies = [
          { PolicyName: 'x', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
        ]),
      expect: refuted('no-side-door', new RegExp(Action)),
    }),
  ),
]

const runners: Mutation[] = [
  {
    name: 'tasks of a rule with public addresses',
    change: all(openGroup, add('Nightly', 'AWS::Events::Rule', targets(publicly('ENABLED')))),
    expect: refuted('no-public-address', /Nightly/),
  },
  {
    name: 'tasks of a rule that the internet reaches',
    change: all(openGroup, add('Nightly', 'AWS::Events::Rule', targets(publicly('ENABLED')))),
    expect: refuted('no-internet-path', /OpenGroup ingress/),
  },
  {
    name: 'tasks of a rule that any host reaches',
    change: all(openGroup, add('Nightly', 'AWS::Events::Rule', targets(publicly('DISABLED')))),
    expect: refuted('sole-entrance', /OpenGroup ingress/),
  },
  {
    name: 'tasks of a rule with the group of the load balancer',
    change: add('Nightly', 'AWS::Events::Rule', targets(publicly('DISABLED', [group(albGroup)]))),
    expect: refuted('sole-entrance', /Nightly carries it/),
  },
  {
    name: 'tasks of a schedule with public addresses',
    change: all(
      openGroup,
      add('Nightly', 'AWS::Scheduler::Schedule', {
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
          RoleArn: 'arn:aws:iam::111111111111:role/x',
          EcsParameters: {
            TaskDefinitionArn: { Ref: 'OrdersTaskDefinition' },
            NetworkConfiguration: { AwsvpcConfiguration: publicly('ENABLED') },
          },
        },
      }),
    ),
    expect: refuted('no-internet-path', /Nightly/),
  },
  {
    name: 'tasks of a pipe whose addresses a parameter chooses',
    change: all(
      openGroup,
      parameter('P'),
      add('Fed', 'AWS::Pipes::Pipe', {
        RoleArn: 'arn:aws:iam::111111111111:role/x',
        Source: 'arn:aws:sqs:eu-west-1:111111111111:queue',
        Target: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
        TargetParameters: {
          EcsTaskParameters: {
            TaskDefinitionArn: { Ref: 'OrdersTaskDefinition' },
            NetworkConfiguration: { AwsvpcConfiguration: { ...publicly('ENABLED'), AssignPublicIp: { Ref: 'P' } } },
          },
        },
      }),
    ),
    expect: undecided('no-public-address', /--parameter P/),
  },
  {
    name: 'tasks of a state machine',
    change: add('Flow', 'AWS::StepFunctions::StateMachine', {
      RoleArn: 'arn:aws:iam::111111111111:role/x',
      DefinitionString: { 'Fn::Sub': '{"States":{"Run":{"Parameters":{"TaskDefinition":"${OrdersTaskDefinition}"}}}}' },
    }),
    expect: undecided('no-internet-path', /Flow.*OrdersTaskDefinition/),
  },
  {
    name: 'tasks of a task set',
    change: all(
      openGroup,
      add('Second', 'AWS::ECS::TaskSet', {
        Cluster: { Ref: 'Cluster' },
        Service: 'by-its-name',
        TaskDefinition: { Ref: 'OrdersTaskDefinition' },
        NetworkConfiguration: { AwsVpcConfiguration: publicly('ENABLED') },
      }),
    ),
    expect: refuted('no-internet-path', /OpenGroup.*Second/),
  },
  {
    name: 'a service with a load balancer that AWS makes',
    change: add('Express', 'AWS::ECS::ExpressGatewayService', {
      ExecutionRoleArn: 'arn:aws:iam::111111111111:role/x',
      InfrastructureRoleArn: 'arn:aws:iam::111111111111:role/y',
      PrimaryContainer: { Image: 'public.ecr.aws/nginx/nginx:1' },
    }),
    expect: undecided('no-public-address', /--assume Express.opens=none/),
  },
]

const egress: Mutation[] = [
  {
    name: "an endpoint of somebody else's service",
    change: set('LogsEndpoint', { ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' }),
    expect: refuted('bounded-egress', /LogsEndpoint/),
  },
  {
    name: 'an endpoint of a service by a parameter',
    change: all(parameter('P'), set('LogsEndpoint', { ServiceName: { Ref: 'P' } })),
    expect: undecided('bounded-egress', /--parameter P/),
  },
  {
    name: 'everything out, and NAT',
    change: all(set('OrdersTaskEgressToS3', { CidrIp: '0.0.0.0/0' }), routeOut({ NatGatewayId: 'nat-1' })),
    expect: refuted('bounded-egress', /WayOut/),
  },
  {
    name: 'NAT with the rule for S3',
    change: routeOut({ NatGatewayId: 'nat-1' }),
    expect: refuted('bounded-egress', /WayOut/),
  },
  {
    name: 'no egress rules at all, and a transit gateway',
    change: all(
      unset(taskGroup, 'SecurityGroupEgress'),
      routeOut({ TransitGatewayId: 'tgw-1' }, { DestinationCidrBlock: '192.168.0.0/16' }),
    ),
    expect: refuted('bounded-egress', /WayOut/),
  },
  {
    name: 'a route to a peer',
    change: routeOut({ VpcPeeringConnectionId: 'pcx-1' }, { DestinationCidrBlock: '192.168.0.0/16' }),
    expect: refuted('bounded-egress', /WayOut/),
  },
  {
    name: 'a route to a middlebox',
    change: routeOut({ NetworkInterfaceId: 'eni-1' }),
    expect: refuted('bounded-egress', /WayOut/),
  },
  {
    name: 'a public task with a gateway',
    change: all(gateway, routeOut({ GatewayId: { Ref: 'Igw' } }), (template) =>
      Object.assign(awsvpc(template), { AssignPublicIp: 'ENABLED' }),
    ),
    expect: refuted('bounded-egress', /WayOut/),
  },
  {
    name: 'subnets by a parameter',
    change: all(parameter('P', { Type: 'List<AWS::EC2::Subnet::Id>' }), (template) =>
      Object.assign(awsvpc(template), { Subnets: { Ref: 'P' } }),
    ),
    expect: undecided('bounded-egress', /P\.routes=none/),
  },
  {
    name: 'a route table by a parameter',
    change: all(parameter('P'), set('PrivateRouteTableAssociation1', { RouteTableId: { Ref: 'P' } })),
    expect: undecided('bounded-egress', /P\.routes=none/),
  },
  {
    name: 'routes that are learned',
    change: add('Learned', 'AWS::EC2::VPNGatewayRoutePropagation', {
      RouteTableIds: [{ Ref: 'PrivateRouteTable1' }],
      VpnGatewayId: 'vgw-1',
    }),
    expect: refuted('bounded-egress', /Learned/),
  },
  {
    name: 'an unknown type on the route table',
    change: add('Learned', 'AWS::EC2::RouteServerPropagation', { RouteTableId: { Ref: 'PrivateRouteTable1' } }),
    expect: undecided('bounded-egress', /Learned/),
  },
]

const bothServices = ['CatalogService', 'OrdersService']

const benign: Mutation[] = [
  ...[undefined, [], [{ token: [] }]].map(
    (security): Mutation => ({
      name: `a SAM API with a default authorizer and ${JSON.stringify(security) ?? 'no security'}`,
      change: samApi({
        '/x': { get: { ...(security ? { security } : {}), 'x-amazon-apigateway-integration': throughLink } },
      }),
      expect: proved,
      shares: bothServices,
    }),
  ),
  {
    name: 'a second API from an OpenAPI document with its own authorizers',
    change: secondApi({
      components: {
        securitySchemes: { token: tokenScheme },
        'x-amazon-apigateway-integrations': { balancer: throughLink },
      },
      paths: {
        '/x': {
          get: {
            security: [{ token: [] }],
            'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/balancer' },
          },
        },
      },
    }),
    expect: proved,
    shares: bothServices,
  },
  {
    name: 'a nightly task that nothing reaches',
    change: all(
      add('NightlyGroup', 'AWS::EC2::SecurityGroup', {
        GroupDescription: 'x',
        VpcId: { Ref: 'Vpc' },
        SecurityGroupEgress: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } },
        ],
      }),
      add('Nightly', 'AWS::Events::Rule', targets(publicly('DISABLED', [group('NightlyGroup')]))),
    ),
    expect: proved,
  },
  {
    name: 'a rule that starts no task',
    change: add('Alarmed', 'AWS::Events::Rule', {
      EventPattern: { source: ['aws.ecs'] },
      Targets: [{ Id: 'topic', Arn: 'arn:aws:sns:eu-west-1:111111111111:topic' }],
    }),
    expect: proved,
  },
  {
    name: 'a function that empties the default group, as the CDK adds it',
    change: editorOf({ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }),
    expect: proved,
  },
  {
    name: 'policies of AWS that open nothing',
    change: set('OrdersExecutionRole', {
      ManagedPolicyArns: [
        { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy' },
        'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      ],
    }),
    expect: proved,
  },
  {
    name: 'a role for scaling',
    change: add('ScalingRole', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'application-autoscaling.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceAutoscaleRole'],
    }),
    expect: proved,
  },
  {
    name: 'a rule for a port without a listener',
    change: ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }, { FromPort: 22, ToPort: 22 }),
    expect: proved,
  },
  {
    name: 'a rule for ICMP',
    change: ingress(group(taskGroup), { CidrIp: '0.0.0.0/0', IpProtocol: 'icmp' }, { FromPort: -1, ToPort: -1 }),
    expect: proved,
  },
  { name: 'a rule for nobody', change: ingress(group(albGroup), { CidrIp: '255.255.255.255/32' }), expect: proved },
  {
    name: 'an IPv6 rule on a load balancer without IPv6',
    change: ingress(group(albGroup), { CidrIpv6: '::/0' }),
    expect: proved,
  },
  {
    name: 'the link twice',
    change: ingress(group(albGroup), { SourceSecurityGroupId: { Ref: linkGroup } }),
    expect: proved,
  },
  { name: 'an internet gateway that no route uses', change: gateway, expect: proved },
  {
    name: 'an internet route for tasks without public addresses',
    change: all(gateway, routeOut({ GatewayId: { Ref: 'Igw' } })),
    expect: proved,
  },
  {
    name: 'a Lambda function in the VPC with a group of its own',
    change: all(
      add('Own', 'AWS::EC2::SecurityGroup', { VpcId: { Ref: 'Vpc' }, GroupDescription: 'x' }),
      intruder('PrivateSubnet1', [{ Ref: 'Own' }]),
    ),
    expect: proved,
  },
  {
    name: 'a route with a Lambda authorizer of the same API',
    change: all(
      add('Second', 'AWS::ApiGatewayV2::Authorizer', {
        ApiId: { Ref: 'HttpApi' },
        AuthorizerType: 'REQUEST',
        Name: 'x',
        AuthorizerUri: 'x',
      }),
      set(route, { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Second' } }),
    ),
    expect: proved,
  },
  {
    name: 'a route with IAM',
    change: all(unset(route, 'AuthorizerId'), set(route, { AuthorizationType: 'AWS_IAM' })),
    expect: proved,
  },
  { name: 'exec switched off in words', change: set(task, { EnableExecuteCommand: 'false' }), expect: proved },
  {
    name: 'an alarm on the load balancer',
    change: add('Alarm', 'AWS::CloudWatch::Alarm', {
      Dimensions: [{ Name: 'LoadBalancer', Value: { 'Fn::GetAtt': [loadBalancer, 'LoadBalancerFullName'] } }],
    }),
    expect: proved,
  },
  {
    name: 'a firewall on the API',
    change: add('Firewall', 'AWS::WAFv2::WebACLAssociation', {
      ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/apis/${HttpApi}' },
      WebACLArn: 'x',
    }),
    expect: proved,
  },
  {
    name: 'a bucket, a table and a queue',
    change: all(
      add('Bucket', 'AWS::S3::Bucket', {}),
      add('Table', 'AWS::DynamoDB::Table', {}),
      add('Queue', 'AWS::SQS::Queue', {}),
    ),
    expect: proved,
  },
  {
    name: 'a second certificate for SNI',
    change: add('More', 'AWS::ElasticLoadBalancingV2::ListenerCertificate', {
      ListenerArn: { Ref: 'HttpsListener' },
      Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111111111111:certificate/x' }],
    }),
    expect: proved,
  },
  {
    name: 'a wildcard certificate',
    change: all(
      set('Certificate', { DomainName: '*.example.com' }),
      set('AlbIntegration', { TlsConfig: { ServerNameToVerify: 'api.example.com' } }),
    ),
    expect: proved,
  },
  {
    name: 'a certificate with the name in capitals',
    change: all(
      set('Certificate', { DomainName: 'API.example.com' }),
      set('AlbIntegration', { TlsConfig: { ServerNameToVerify: 'api.example.com' } }),
    ),
    expect: proved,
  },
  {
    name: 'a scheme by a parameter with one value',
    change: all(
      parameter('P', { Type: 'String', AllowedValues: ['internal'] }),
      set(loadBalancer, { Scheme: { Ref: 'P' } }),
    ),
    expect: proved,
  },
  {
    name: 'a scheme that a rule fixes',
    change: all(
      parameter('P', { Type: 'String', Default: 'internal', AllowedValues: ['internal', 'internet-facing'] }),
      (template) => {
        template.Rules.Internal = { Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'P' }, 'internal'] } }] }
      },
      set(loadBalancer, { Scheme: { Ref: 'P' } }),
    ),
    expect: proved,
  },
  {
    name: 'an open rule that never exists',
    change: all(ingress(group(albGroup), { CidrIp: '0.0.0.0/0' }), (template) => {
      template.Conditions ??= {}
      template.Conditions.Never = { 'Fn::Equals': ['a', 'b'] }
      template.Resources.Debug.Condition = 'Never'
    }),
    expect: proved,
  },
  {
    name: 'a role that may not edit groups',
    change: (template) =>
      (properties(template, 'OrdersTaskRole').Policies = [
        {
          PolicyName: 'x',
          PolicyDocument: {
            Statement: [
              { Effect: 'Deny', Action: 'ec2:*', Resource: '*' },
              { Effect: 'Allow', Action: 's3:*', Resource: '*' },
            ],
          },
        },
      ]),
    expect: proved,
  },
  {
    name: 'a loop over queues',
    change: (template) => {
      template.Transform = 'AWS::LanguageExtensions'
      template.Resources['Fn::ForEach::Queues'] = [
        'Name',
        ['A', 'B'],
        { 'Queue${Name}': { Type: 'AWS::SQS::Queue', Properties: {} } },
      ]
    },
    expect: proved,
  },
  {
    name: 'no way out at all',
    change: all(drop('OrdersTaskEgressToS3'), drop('CatalogTaskEgressToS3')),
    expect: proved,
  },
  {
    name: 'a role for flow logs',
    change: add('R', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {},
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'],
    }),
    expect: proved,
  },
  {
    name: 'a prefix list that is not used',
    change: add('List', 'AWS::EC2::PrefixList', {
      PrefixListName: 'x',
      AddressFamily: 'IPv4',
      MaxEntries: 1,
      Entries: [{ Cidr: '0.0.0.0/0' }],
    }),
    expect: proved,
  },
  {
    name: 'an output with the group',
    change: (template) => {
      template.Outputs.Group = { Value: { Ref: albGroup } }
    },
    expect: proved,
  },
  {
    name: 'a nested stack that knows nothing',
    change: add('Nested', 'AWS::CloudFormation::Stack', { TemplateURL: 'https://bucket.s3.amazonaws.com/x.yaml' }),
    // It may hold a role, which needs to be given nothing.
    expect: undecided('no-side-door', /Nested/),
  },
  {
    name: 'a custom resource that knows nothing',
    change: add('Foreign', 'Custom::Thing', { ServiceToken: 'x', Name: 'orders' }),
    expect: proved,
  },
  {
    name: 'a custom resource that knows the VPC',
    change: add('Foreign', 'Custom::Thing', { ServiceToken: 'x', VpcId: { Ref: 'Vpc' } }),
    expect: undecided('bounded-egress', /Foreign\.opens=none/),
  },
]

/** A job as `generate` makes it, with changes: a schedule starts a state machine, which starts a task. */
type JobChanges = {
  readonly parameters?: Json
  readonly state?: Json
  readonly states?: Json
  readonly machine?: Json
  readonly definition?: (states: Json) => Json
  readonly trust?: readonly string[]
  readonly role?: Json
  readonly run?: Json
  readonly pass?: Json
  readonly hear?: Json
  readonly more?: readonly Json[]
  readonly schedule?: Json
}
const jobGroup = { 'Fn::GetAtt': ['JobGroup', 'GroupId'] }
const jobRole = { 'Fn::GetAtt': ['JobRole', 'Arn'] }
const asText = (states: Json): Json => ({
  DefinitionString: { 'Fn::Sub': JSON.stringify({ StartAt: 'Run', States: states }) },
})
const inText = (id: string): string => `\${${id}}`

const job = (changes: JobChanges = {}) =>
  all(
    add('JobGroup', 'AWS::EC2::SecurityGroup', {
      VpcId: { Ref: 'Vpc' },
      GroupDescription: 'tasks of a job',
      SecurityGroupEgress: [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' }],
    }),
    (template) => {
      template.Resources.JobTask = structuredClone(template.Resources.OrdersTaskDefinition)
    },
    add('JobRole', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: changes.trust ?? ['states.amazonaws.com'] },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'run',
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: 'ecs:RunTask', Resource: { Ref: 'JobTask' }, ...changes.run },
              { Effect: 'Allow', Action: ['ecs:DescribeTasks', 'ecs:StopTask'], Resource: '*' },
              {
                Effect: 'Allow',
                Action: 'iam:PassRole',
                Resource: [
                  { 'Fn::GetAtt': ['OrdersTaskRole', 'Arn'] },
                  { 'Fn::GetAtt': ['OrdersExecutionRole', 'Arn'] },
                ],
                ...changes.pass,
              },
              {
                Effect: 'Allow',
                Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
                Resource: {
                  'Fn::Sub': `arn:aws:events:${inText('AWS::Region')}:${inText('AWS::AccountId')}:rule/StepFunctionsGetEventsForECSTaskRule`,
                },
                ...changes.hear,
              },
              ...(changes.more ?? []),
            ],
          },
        },
      ],
      ...changes.role,
    }),
    add('Job', 'AWS::StepFunctions::StateMachine', {
      RoleArn: jobRole,
      ...(changes.definition ?? asText)({
        Run: {
          Type: 'Task',
          Resource: `arn:${inText('AWS::Partition')}:states:::ecs:runTask.sync`,
          TimeoutSeconds: 3600,
          Parameters: {
            Cluster: inText('Cluster'),
            TaskDefinition: inText('JobTask'),
            LaunchType: 'FARGATE',
            NetworkConfiguration: {
              AwsvpcConfiguration: {
                AssignPublicIp: 'DISABLED',
                Subnets: [inText('PrivateSubnet1'), inText('PrivateSubnet2')],
                SecurityGroups: [inText('JobGroup.GroupId')],
              },
            },
            ...changes.parameters,
          },
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
          End: true,
          ...changes.state,
        },
        ...changes.states,
      }),
      ...changes.machine,
    }),
    add('JobStarter', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: 'start',
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: 'Job' } }],
          },
        },
      ],
    }),
    add('JobSchedule', 'AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: { Ref: 'Job' }, RoleArn: { 'Fn::GetAtt': ['JobStarter', 'Arn'] }, ...changes.schedule },
    }),
  )
/** The states as one branch of a state, beside another. */
const inBranches = (states: Json, other: Json = { Type: 'Succeed' }): Json => ({
  Run: {
    Type: 'Parallel',
    Branches: [
      { StartAt: 'Run', States: states },
      { StartAt: 'Other', States: { Other: other } },
    ],
    End: true,
  },
})
const inNetwork = (values: Json): Json => ({
  NetworkConfiguration: {
    AwsvpcConfiguration: {
      AssignPublicIp: 'DISABLED',
      Subnets: [inText('PrivateSubnet1')],
      SecurityGroups: [inText('JobGroup.GroupId')],
      ...values,
    },
  },
})
const named = (declaration: Json, changes: JobChanges = {}) =>
  all(parameter('P', declaration), job({ parameters: { Cluster: inText('P') }, ...changes }))

const jobs: Mutation[] = [
  { name: 'a job', change: job(), expect: proved },
  {
    name: 'a job whose definition is an object',
    change: job({
      definition: () => ({
        Definition: {
          StartAt: 'Run',
          States: {
            Run: {
              Type: 'Task',
              Resource: 'arn:aws:states:::ecs:runTask.sync',
              Parameters: {
                Cluster: { Ref: 'Cluster' },
                TaskDefinition: { Ref: 'JobTask' },
                NetworkConfiguration: {
                  AwsvpcConfiguration: { Subnets: [{ Ref: 'PrivateSubnet1' }], SecurityGroups: [jobGroup] },
                },
              },
              End: true,
            },
          },
        },
      }),
    }),
    expect: proved,
  },
  {
    name: 'a job that waits and chooses before it runs',
    change: job({ states: { Wait: { Type: 'Wait', Seconds: 5, Next: 'Run' }, Done: { Type: 'Succeed' } } }),
    expect: proved,
  },
  {
    name: 'a job whose tasks start in branches',
    change: job({ definition: (states) => asText(inBranches(states)) }),
    expect: proved,
  },
  {
    name: 'a job in a cluster whose name a parameter gives',
    change: named({ Type: 'String', AllowedPattern: '^[0-9A-Za-z_-]{1,255}$' }),
    expect: proved,
  },
  {
    name: 'a job in a cluster whose name a custom resource gives',
    change: all(
      add('Named', 'Custom::ClusterName', { ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:named' }),
      job({ parameters: { Cluster: inText('Named') } }),
    ),
    expect: undecided('no-side-door', /Job/),
  },
  {
    name: 'a job in a cluster whose name may be any text, also one that ends before it does',
    change: named({ Type: 'String' }),
    expect: undecided('no-side-door', /Job/),
  },
  {
    name: 'a job in a cluster whose name may hold quotes',
    change: named({ Type: 'String', AllowedPattern: '^[!-z]+$' }),
    expect: undecided('no-side-door', /Job/),
  },
  {
    name: 'a job in a cluster whose name only begins as a name',
    change: named({ Type: 'String', AllowedPattern: '^[a-z]+$|.*' }),
    expect: undecided('no-side-door', /Job/),
  },
  {
    name: 'a job that joins the load balancer',
    change: job({ parameters: inNetwork({ SecurityGroups: [inText(`${albGroup}.GroupId`)] }) }),
    expect: refuted('sole-entrance', /Job/),
  },
  {
    name: 'a job that joins the link',
    change: job({ parameters: inNetwork({ SecurityGroups: [inText(`${linkGroup}.GroupId`)] }) }),
    expect: refuted('sole-entrance', /Job/),
  },
  {
    name: 'a job whose groups its input gives',
    change: job({
      parameters: {
        NetworkConfiguration: {
          AwsvpcConfiguration: { Subnets: [inText('PrivateSubnet1')], 'SecurityGroups.$': '$.groups' },
        },
      },
    }),
    expect: undecided('no-side-door', /Job/),
  },
  {
    name: 'a job whose whole network its input gives',
    change: job({ parameters: { NetworkConfiguration: undefined, 'NetworkConfiguration.$': '$.network' } }),
    expect: undecided('no-side-door', /Job/),
  },
  {
    name: 'a job that may be reached',
    change: all(
      job(),
      add('Debug', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: jobGroup,
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 80,
        CidrIp: '10.0.0.0/8',
      }),
    ),
    expect: refuted('sole-entrance', /Job/),
  },
  {
    name: 'a job with a public address',
    change: job({ parameters: inNetwork({ AssignPublicIp: 'ENABLED' }) }),
    expect: refuted('no-public-address', /Job/),
  },
  {
    name: 'a job that may open connections to the internet',
    change: all(
      job(),
      gateway,
      add('JobOut', 'AWS::EC2::SecurityGroupEgress', { GroupId: jobGroup, IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
      add('Nat', 'AWS::EC2::NatGateway', { SubnetId: { Ref: 'PrivateSubnet2' }, AllocationId: 'eipalloc-0' }),
      routeOut({ NatGatewayId: { Ref: 'Nat' } }),
    ),
    expect: refuted('bounded-egress', /Job/),
  },
  {
    name: 'a job with a shell',
    change: job({ parameters: { EnableExecuteCommand: true } }),
    expect: refuted('no-side-door', /Job/),
  },
  {
    name: 'a job that takes another role for its tasks',
    change: job({ parameters: { Overrides: { 'TaskRoleArn.$': '$.role' } } }),
    expect: undecided('no-side-door', /Job/),
  },
  {
    name: 'a job whose task definition its input gives',
    change: job({ parameters: { TaskDefinition: undefined, 'TaskDefinition.$': '$.task' } }),
    expect: undecided('no-side-door', /Job/),
  },
  ...(
    [
      ['any task', { run: { Resource: '*' } }],
      ['any task of the account', { run: { Resource: 'arn:aws:ecs:eu-west-1:111111111111:task-definition/*' } }],
      ['all but one task', { run: { Resource: undefined, NotResource: { Ref: 'JobTask' } } }],
      ['a task and any other', { run: { Resource: [{ Ref: 'JobTask' }, '*'] } }],
      ['everything in ECS', { run: { Action: 'ecs:*' } }],
      ['any role', { pass: { Resource: '*' } }],
      ['a role from outside', { pass: { Resource: 'arn:aws:iam::111111111111:role/admin' } }],
      ['any role, by a pattern', { pass: { Action: 'iam:Pass*', Resource: '*' } }],
      ['any role, in a second statement', { more: [{ Effect: 'Allow', Action: ['iam:PassRole'], Resource: '*' }] }],
      ['targets of any rule', { hear: { Resource: 'arn:aws:events:eu-west-1:111111111111:rule/*' } }],
      [
        'targets of a rule that only begins so',
        { hear: { Resource: 'arn:aws:events:eu-west-1:111111111111:rule/StepFunctionsGetEventsForECSTaskRule*' } },
      ],
      ['groups of hosts', { more: [{ Effect: 'Allow', Action: 'ec2:AuthorizeSecurityGroupIngress', Resource: '*' }] }],
    ] as const
  ).map(
    ([what, changes]): Mutation => ({
      name: `a job whose state machine has rights over ${what}`,
      change: job(changes),
      expect: /groups of hosts/.test(what) ? refuted('no-side-door', /JobRole/) : undecided('no-side-door', /JobRole/),
    }),
  ),
  {
    name: 'a job whose role others may take',
    change: job({ trust: ['states.amazonaws.com', 'lambda.amazonaws.com'] }),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a job whose role has a name by which others may ask for it',
    change: job({ role: { RoleName: 'job' } }),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a job whose role another state machine has too',
    change: all(
      job(),
      add('Other', 'AWS::StepFunctions::StateMachine', {
        RoleArn: jobRole,
        DefinitionS3Location: { Bucket: 'bucket', Key: 'other.json' },
      }),
    ),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a job whose role runs a function too',
    change: all(
      job(),
      add('Other', 'AWS::Lambda::Function', { Code: { ZipFile: 'x' }, Role: jobRole, Runtime: 'nodejs24.x' }),
    ),
    expect: undecided('no-side-door', /JobRole/),
  },
  ...(
    [
      [
        'calls another API',
        {
          Other: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:ec2:authorizeSecurityGroupIngress',
            Parameters: {},
            End: true,
          },
        },
      ],
      [
        'calls another API in a branch',
        inBranches(
          { Other: { Type: 'Wait', Seconds: 1, End: true } },
          { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:ec2:authorizeSecurityGroupIngress', End: true },
        ),
      ],
      ['has branches that are no list', { Other: { Type: 'Parallel', Branches: 'x', End: true } }],
      ['runs states for each item', { Other: { Type: 'Map', Iterator: {}, End: true } }],
      ['has a state without a type', { Other: { End: true } }],
    ] as const
  ).map(
    ([what, states]): Mutation => ({
      name: `a job that also ${what}`,
      change: job({ states }),
      expect: undecided('no-side-door', /JobRole/),
    }),
  ),
  {
    name: 'a job that takes another role for its call',
    change: job({ state: { Credentials: { RoleArn: 'arn:aws:iam::111111111111:role/admin' } } }),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a job in another language',
    change: job({ state: { QueryLanguage: 'JSONata', Arguments: '{% $states.input %}' } }),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a job whose definition is completed later',
    change: job({ machine: { DefinitionSubstitutions: { Anything: 'x' } } }),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a job with two definitions',
    change: job({ machine: { Definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } } } }),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a job whose definition says a key twice',
    change: job({
      definition: (states) => ({
        DefinitionString: {
          'Fn::Sub': `{"StartAt":"Run","States":${JSON.stringify(states)},"States":${JSON.stringify(states)}}`,
        },
      }),
    }),
    expect: undecided('no-side-door', /JobRole/),
  },
  {
    name: 'a schedule that rewrites the job',
    change: job({
      schedule: {
        Arn: 'arn:aws:scheduler:::aws-sdk:sfn:updateStateMachine',
        Input: { 'Fn::Sub': `{"StateMachineArn":"${inText('Job')}","Definition":"{}"}` },
      },
    }),
    expect: undecided('no-side-door', /JobSchedule/),
  },
]

/** A service whose requests ECS shifts between two target groups; `statement` and `trust` are those of the role. */
const shifted =
  (
    statement: Json = {},
    trust: Json = { Service: 'ecs.amazonaws.com' },
    change: (template: Json) => void = () => undefined,
  ) =>
  (template: Json): void => {
    const { OrdersTargetGroup, OrdersService } = template.Resources
    const resources = {
      OtherTargetGroup: structuredClone(OrdersTargetGroup),
      ShiftedRule: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: { Ref: 'HttpsListener' },
          Priority: 7000,
          Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-service', Values: ['orders'] } }],
          Actions: [
            {
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: [
                  { TargetGroupArn: { Ref: 'OrdersTargetGroup' }, Weight: 1 },
                  { TargetGroupArn: { Ref: 'OtherTargetGroup' }, Weight: 0 },
                ],
              },
            },
          ],
        },
      },
      ShiftingRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: trust, Action: 'sts:AssumeRole' }] },
          Policies: [
            {
              PolicyName: 'shift',
              PolicyDocument: {
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: 'elasticloadbalancing:ModifyRule',
                    Resource: { Ref: 'ShiftedRule' },
                    ...statement,
                  },
                  {
                    Effect: 'Allow',
                    Action: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
                    Resource: [{ Ref: 'OrdersTargetGroup' }, { Ref: 'OtherTargetGroup' }],
                  },
                ],
              },
            },
          ],
        },
      },
    }
    Object.assign(template.Resources, resources)
    OrdersService.Properties.DeploymentConfiguration = { Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 }
    OrdersService.Properties.LoadBalancers[0].AdvancedConfiguration = {
      AlternateTargetGroupArn: { Ref: 'OtherTargetGroup' },
      ProductionListenerRule: { Ref: 'ShiftedRule' },
      RoleArn: { 'Fn::GetAtt': ['ShiftingRole', 'Arn'] },
    }
    change(template)
  }
const shiftsMore = undecided('no-side-door', /ShiftingRole/)

const deployments: readonly Mutation[] = [
  { name: 'a blue-green deployment with a role for its own rule', change: shifted(), expect: proved },
  ...(
    [
      [
        'that the account may assume too',
        {},
        { Service: 'ecs.amazonaws.com', AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
      ],
      ['that another service may assume too', {}, { Service: ['ecs.amazonaws.com', 'lambda.amazonaws.com'] }],
      ['that tasks assume instead', {}, { Service: 'ecs-tasks.amazonaws.com' }],
      ['that a host with a name like it assumes', {}, { Service: { 'Fn::Sub': 'ecs${DomainName}.amazonaws.com' } }],
      ['for every rule', { Resource: '*' }],
      [
        'for every rule of the load balancer',
        {
          Resource: { 'Fn::Sub': 'arn:aws:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:listener-rule/app/*' },
        },
      ],
      ['for another rule too', { Resource: [{ Ref: 'ShiftedRule' }, { Ref: 'CatalogListenerRuleExact1' }] }],
      ['for a rule that nobody names', { Resource: { Ref: 'DomainName' } }],
      ['for all but one rule', { Resource: undefined, NotResource: { Ref: 'CatalogListenerRuleExact1' } }],
      ['to edit the listener', { Action: ['elasticloadbalancing:ModifyRule', 'elasticloadbalancing:ModifyListener'] }],
      ['to do all with its rule', { Action: 'elasticloadbalancing:*' }],
      ['to order rules', { Action: 'elasticloadbalancing:SetRulePriorities' }],
    ] as readonly (readonly [string, Json, Json?])[]
  ).map(([what, statement, trust]) => ({
    name: `a blue-green deployment with a role ${what}`,
    change: shifted(statement, trust),
    expect: shiftsMore,
  })),
  {
    name: 'a blue-green deployment with the managed policy for all load balancers',
    change: shifted({}, undefined, (template) => {
      template.Resources.ShiftingRole.Properties.ManagedPolicyArns = [
        'arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers',
      ]
    }),
    expect: shiftsMore,
  },
  {
    name: 'a role for a rule whose service names another role',
    change: shifted({}, undefined, (template) => {
      template.Resources.OrdersService.Properties.LoadBalancers[0].AdvancedConfiguration.RoleArn = {
        'Fn::GetAtt': ['OrdersTaskRole', 'Arn'],
      }
    }),
    expect: shiftsMore,
  },
  {
    name: 'a role for a rule that leads to another service too',
    change: shifted({}, undefined, (template) => {
      template.Resources.ShiftedRule.Properties.Actions[0].ForwardConfig.TargetGroups[1].TargetGroupArn = {
        Ref: 'CatalogTargetGroup',
      }
    }),
    expect: shiftsMore,
  },
]

export const families: Readonly<Record<string, readonly Mutation[]>> = {
  'load balancers, services, way in': loadBalancers,
  'security groups and template semantics': groups,
  'routes and domains': routes,
  TLS: tls,
  'other doors': doors,
  'tasks that others start': runners,
  deployments,
  egress,
  jobs,
  benign,
}
