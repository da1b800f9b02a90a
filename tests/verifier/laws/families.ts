/** Kinds of faults and what they must not touch, each as a change to a safe template. */
import type { Json } from '../../support/read-template.ts'
import { isolated } from './bases.ts'

export type Member = {
  readonly kind: string
  readonly name: string
  readonly claim: string
  readonly target?: string
  /** Whether the claim must stay proved, or must not be. */
  readonly staysProved: boolean
  readonly template: Json
}

const { template: base, roles } = isolated
const ref = (id: string): Json => ({ Ref: id })
const sub = (text: string): Json => ({ 'Fn::Sub': text })

type Change = (resources: Json, template: Json) => void

const member =
  (kind: string, claim: string, target: string | undefined, staysProved: boolean) =>
  (name: string, change: Change): Member => {
    const template = structuredClone(base)
    template.Parameters = { Foreign: { Type: 'String' } }
    change(template.Resources, template)
    return { kind, name, claim, ...(target ? { target } : {}), staysProved, template }
  }

const adding =
  (Type: string, Properties: Json): Change =>
  (resources) => {
    resources.Extra = { Type, Properties }
  }
const all =
  (...changes: Change[]): Change =>
  (resources, template) => {
    for (const change of changes) change(resources, template)
  }
const setting =
  (id: string, properties: Json): Change =>
  (resources) => {
    resources[id].Properties = { ...resources[id].Properties, ...properties }
  }
const without =
  (...ids: string[]): Change =>
  (resources) => {
    for (const id of ids) delete resources[id]
  }
const transformed: Change = (_, template) => {
  template.Transform = 'AWS::Serverless-2016-10-31'
}

const group = ref(roles.linkGroup)
const subnet = ref(roles.subnet)
const vpc = ref(roles.vpc)
const image = 'ami-0123456789abcdef0'
const roleArn = 'arn:aws:iam::111122223333:role/some'

/** What carries a group, by the paths of the properties. */
const carriers: Readonly<Record<string, Json>> = {
  'AWS::AppRunner::VpcConnector': { Subnets: [subnet], SecurityGroups: [group] },
  'AWS::AutoScaling::LaunchConfiguration': { ImageId: image, InstanceType: 't3.micro', SecurityGroups: [group] },
  'AWS::Batch::ComputeEnvironment': {
    Type: 'MANAGED',
    ComputeResources: { Type: 'FARGATE', MaxvCpus: 4, Subnets: [subnet], SecurityGroupIds: [group] },
  },
  'AWS::CodeBuild::Project': {
    Artifacts: { Type: 'NO_ARTIFACTS' },
    Environment: { ComputeType: 'BUILD_GENERAL1_SMALL', Image: 'aws/codebuild/standard:7.0', Type: 'LINUX_CONTAINER' },
    ServiceRole: roleArn,
    Source: { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' },
    VpcConfig: { VpcId: vpc, Subnets: [subnet], SecurityGroupIds: [group] },
  },
  'AWS::DMS::ReplicationInstance': { ReplicationInstanceClass: 'dms.t3.micro', VpcSecurityGroupIds: [group] },
  'AWS::DocDB::DBCluster': { VpcSecurityGroupIds: [group] },
  'AWS::EC2::ClientVpnEndpoint': {
    ClientCidrBlock: '10.99.0.0/22',
    ServerCertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/0',
    AuthenticationOptions: [],
    ConnectionLogOptions: { Enabled: false },
    VpcId: vpc,
    SecurityGroupIds: [group],
  },
  'AWS::EC2::Instance': { ImageId: image, SubnetId: subnet, SecurityGroupIds: [group] },
  'AWS::EC2::LaunchTemplate': { LaunchTemplateData: { ImageId: image, SecurityGroupIds: [group] } },
  'AWS::EC2::NetworkInterface': { SubnetId: subnet, GroupSet: [group] },
  'AWS::EC2::SpotFleet': {
    SpotFleetRequestConfigData: {
      IamFleetRole: roleArn,
      TargetCapacity: 1,
      LaunchSpecifications: [{ ImageId: image, SubnetId: subnet, SecurityGroups: [{ GroupId: group }] }],
    },
  },
  'AWS::EC2::VPCEndpoint': {
    VpcEndpointType: 'Interface',
    ServiceName: 'com.amazonaws.eu-central-1.execute-api',
    VpcId: vpc,
    SubnetIds: [subnet],
    SecurityGroupIds: [group],
  },
  'AWS::EKS::Cluster': { RoleArn: roleArn, ResourcesVpcConfig: { SubnetIds: [subnet], SecurityGroupIds: [group] } },
  'AWS::ElastiCache::ReplicationGroup': { ReplicationGroupDescription: 'cache', SecurityGroupIds: [group] },
  'AWS::EMR::Cluster': {
    Name: 'cluster',
    JobFlowRole: 'role',
    ServiceRole: 'role',
    Instances: { Ec2SubnetId: subnet, AdditionalMasterSecurityGroups: [group] },
  },
  'AWS::FSx::FileSystem': { FileSystemType: 'LUSTRE', SubnetIds: [subnet], SecurityGroupIds: [group] },
  'AWS::Glue::Connection': {
    CatalogId: '111122223333',
    ConnectionInput: {
      ConnectionType: 'NETWORK',
      PhysicalConnectionRequirements: { SubnetId: subnet, SecurityGroupIdList: [group] },
    },
  },
  'AWS::Lambda::CapacityProvider': { VpcConfig: { SubnetIds: [subnet], SecurityGroupIds: [group] } },
  'AWS::Lambda::Function': {
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: roleArn,
    Code: { ZipFile: '' },
    VpcConfig: { SubnetIds: [subnet], SecurityGroupIds: [group] },
  },
  'AWS::MSK::Cluster': {
    ClusterName: 'c',
    KafkaVersion: '3.6.0',
    NumberOfBrokerNodes: 2,
    BrokerNodeGroupInfo: { InstanceType: 'kafka.t3.small', ClientSubnets: [subnet], SecurityGroups: [group] },
  },
  'AWS::RDS::DBProxy': {
    DBProxyName: 'p',
    EngineFamily: 'MYSQL',
    RoleArn: roleArn,
    VpcSubnetIds: [subnet],
    VpcSecurityGroupIds: [group],
  },
  'AWS::SageMaker::NotebookInstance': {
    InstanceType: 'ml.t3.medium',
    RoleArn: roleArn,
    SubnetId: subnet,
    SecurityGroupIds: [group],
  },
  'AWS::Transfer::Server': {
    EndpointType: 'VPC',
    EndpointDetails: { VpcId: vpc, SubnetIds: [subnet], SecurityGroupIds: [group] },
  },
  'AWS::ECS::TaskSet': {
    Cluster: ref('Cluster'),
    Service: ref(roles.service),
    TaskDefinition: ref('Definition'),
    NetworkConfiguration: { AwsVpcConfiguration: { Subnets: [subnet], SecurityGroups: [group] } },
  },
  'AWS::Scheduler::Schedule': {
    FlexibleTimeWindow: { Mode: 'OFF' },
    ScheduleExpression: 'rate(1 day)',
    Target: {
      Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      RoleArn: roleArn,
      EcsParameters: {
        TaskDefinitionArn: ref('Definition'),
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet], SecurityGroups: [group] } },
      },
    },
  },
  'AWS::Pipes::Pipe': {
    RoleArn: roleArn,
    Source: 'arn:aws:sqs:eu-central-1:111122223333:queue',
    Target: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
    TargetParameters: {
      EcsTaskParameters: {
        TaskDefinitionArn: ref('Definition'),
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet], SecurityGroups: [group] } },
      },
    },
  },
}

const task = { TaskDefinitionArn: ref('Definition'), LaunchType: 'FARGATE', EnableExecuteCommand: true }
const route = (properties: Json): Change =>
  adding('AWS::EC2::Route', { RouteTableId: ref(roles.table), DestinationCidrBlock: '172.16.0.0/12', ...properties })

const doors: Readonly<Record<string, Change>> = {
  'exec on the service': setting(roles.service, { EnableExecuteCommand: true }),
  'exec on a schedule': adding('AWS::Scheduler::Schedule', {
    FlexibleTimeWindow: { Mode: 'OFF' },
    ScheduleExpression: 'rate(1 day)',
    Target: { Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, RoleArn: roleArn, EcsParameters: task },
  }),
  'exec on a rule': adding('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 day)',
    Targets: [{ Id: 'x', Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, RoleArn: roleArn, EcsParameters: task }],
  }),
  'exec on a pipe': adding('AWS::Pipes::Pipe', {
    RoleArn: roleArn,
    Source: 'arn:aws:sqs:eu-central-1:111122223333:queue',
    Target: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
    TargetParameters: { EcsTaskParameters: task },
  }),
  'a peering': adding('AWS::EC2::VPCPeeringConnection', { VpcId: vpc, PeerVpcId: ref('Foreign') }),
  'a peering from the other side': adding('AWS::EC2::VPCPeeringConnection', { VpcId: ref('Foreign'), PeerVpcId: vpc }),
  'a transit gateway': adding('AWS::EC2::TransitGatewayVpcAttachment', {
    VpcId: vpc,
    SubnetIds: [subnet],
    TransitGatewayId: ref('Foreign'),
  }),
  'a core network': adding('AWS::NetworkManager::VpcAttachment', {
    CoreNetworkId: ref('Foreign'),
    VpcArn: sub(`arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:vpc/\${${roles.vpc}}`),
    SubnetArns: [sub(`arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:subnet/\${${roles.subnet}}`)],
  }),
  'a VPN gateway': adding('AWS::EC2::VPCGatewayAttachment', { VpcId: vpc, VpnGatewayId: ref('Foreign') }),
  'routes of a VPN gateway': adding('AWS::EC2::VPNGatewayRoutePropagation', {
    RouteTableIds: [ref(roles.table)],
    VpnGatewayId: ref('Foreign'),
  }),
  'a client VPN': adding('AWS::EC2::ClientVpnTargetNetworkAssociation', {
    ClientVpnEndpointId: ref('Foreign'),
    SubnetId: subnet,
  }),
  'a local gateway': adding('AWS::EC2::LocalGatewayRouteTableVPCAssociation', {
    LocalGatewayRouteTableId: ref('Foreign'),
    VpcId: vpc,
  }),
  'instance connect': adding('AWS::EC2::InstanceConnectEndpoint', { SubnetId: subnet }),
  'verified access': adding('AWS::EC2::VerifiedAccessEndpoint', {
    VerifiedAccessGroupId: ref('Foreign'),
    EndpointType: 'load-balancer',
    AttachmentType: 'vpc',
    LoadBalancerOptions: {
      LoadBalancerArn: ref(roles.loadBalancer),
      Port: 443,
      Protocol: 'https',
      SubnetIds: [subnet],
    },
  }),
  'a resource gateway of Lattice': adding('AWS::VpcLattice::ResourceGateway', {
    Name: 'gateway',
    VpcIdentifier: vpc,
    SubnetIds: [subnet],
  }),
  'a target group of Lattice': adding('AWS::VpcLattice::TargetGroup', {
    Type: 'ALB',
    Config: { VpcIdentifier: vpc, Port: 443, Protocol: 'HTTPS' },
    Targets: [{ Id: ref(roles.loadBalancer), Port: 443 }],
  }),
  'an endpoint group': adding('AWS::GlobalAccelerator::EndpointGroup', {
    ListenerArn: ref('Foreign'),
    EndpointGroupRegion: 'eu-central-1',
    EndpointConfigurations: [{ EndpointId: ref(roles.loadBalancer) }],
  }),
  'an attachment for another account': adding('AWS::GlobalAccelerator::CrossAccountAttachment', {
    Name: 'x',
    Principals: ['444455556666'],
    Resources: [{ EndpointId: ref(roles.loadBalancer), Region: 'eu-central-1' }],
  }),
  'a VPC origin': adding('AWS::CloudFront::VpcOrigin', {
    VpcOriginEndpointConfig: { Name: 'x', Arn: ref(roles.loadBalancer), OriginProtocolPolicy: 'https-only' },
  }),
  'a subnet for another account': adding('AWS::RAM::ResourceShare', {
    Name: 'x',
    Principals: ['444455556666'],
    ResourceArns: [sub(`arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:subnet/\${${roles.subnet}}`)],
  }),
  'a route to a transit gateway': route({ TransitGatewayId: ref('Foreign') }),
  'a route to a peering': route({ VpcPeeringConnectionId: 'pcx-0123456789abcdef0' }),
  'a route to a core network': route({ CoreNetworkArn: 'arn:aws:networkmanager::111122223333:core-network/x' }),
  'a route to a VPN gateway': route({ GatewayId: 'vgw-0123456789abcdef0' }),
  'a route to a local gateway': route({ LocalGatewayId: 'lgw-0123456789abcdef0' }),
}

const role = (rights: Json): Change =>
  adding('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    },
    ...rights,
  })
const may = (statement: Json): Change =>
  role({
    Policies: [
      {
        PolicyName: 'more',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] },
      },
    ],
  })

const openingActions = [
  'ec2:AuthorizeSecurityGroupIngress',
  'EC2:authorizesecuritygroupingress',
  'ec2:Authorize?ecurityGroupIngress',
  'ec2:*',
  '*',
  'e*:A*',
  'ec2:ModifySecurityGroupRules',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:ModifyInstanceAttribute',
  'ec2:CreateRoute',
  'ec2:ReplaceRoute',
  'ec2:ReplaceRouteTableAssociation',
  'ec2:CreateVpcPeeringConnection',
  'ec2:ModifyManagedPrefixList',
  'elasticloadbalancing:CreateListener',
  'elasticloadbalancing:ModifyListener',
  'elasticloadbalancing:SetSecurityGroups',
  'apigateway:POST',
  'apigateway:PATCH',
  'apigateway:*',
  'ecs:UpdateService',
  'ecs:ExecuteCommand',
  'ecs:CreateTaskSet',
  'ecs:RunTask',
  'iam:PutRolePolicy',
  'iam:AttachRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:Update*',
  'iam:UpdateAssumeRolePolicy',
  'iam:AddUserToGroup',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteRolePermissionsBoundary',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
  'cloudformation:UpdateStack',
  'cloudformation:ExecuteChangeSet',
]
const harmlessActions = [
  'logs:PutLogEvents',
  's3:GetObject',
  'sqs:SendMessage',
  'ec2:DescribeInstances',
  'ec2:Describe*',
  'ecr:GetDownloadUrlForLayer',
  'secretsmanager:GetSecretValue',
]

const unknownRights: Readonly<Record<string, Change>> = {
  'a user in an existing group': adding('AWS::IAM::User', { Groups: ['admins'] }),
  'an existing user in a group with rights': adding('AWS::IAM::UserToGroupAddition', {
    GroupName: 'admins',
    Users: ['somebody'],
  }),
  'a policy by parameter': role({ ManagedPolicyArns: [ref('Foreign')] }),
  'a policy of the account': role({ ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/Network'] }),
  'a policy that imitates one of AWS': role({
    ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/aws/AmazonECSTaskExecutionRolePolicy'],
  }),
  'a permission set with a customer policy': adding('AWS::SSO::PermissionSet', {
    InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
    Name: 'set',
    CustomerManagedPolicyReferences: [{ Name: 'Network' }],
  }),
  'an assignment of an existing permission set': adding('AWS::SSO::Assignment', {
    InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
    PermissionSetArn: ref('Foreign'),
    PrincipalId: 'x',
    PrincipalType: 'USER',
    TargetId: '111122223333',
    TargetType: 'AWS_ACCOUNT',
  }),
  'a role for the tasks by parameter': setting('Definition', { TaskRoleArn: ref('Foreign') }),
  'a role for the tasks by id': setting('Definition', { TaskRoleArn: roleArn }),
  'a policy for an existing role': adding('AWS::IAM::RolePolicy', {
    RoleName: ref('Foreign'),
    PolicyName: 'more',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }],
    },
  }),
  'everything but': may({ Action: undefined, NotAction: ['s3:*'] }),
}

const admitting = (source: Json): Change =>
  adding('AWS::EC2::SecurityGroupIngress', {
    GroupId: ref(roles.balancerGroup),
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    ...source,
  })
const more =
  (id: string, Type: string, Properties: Json): Change =>
  (resources) => {
    resources[id] = { Type, Properties }
  }
const far = '192.168.0.0/16'

const network: Readonly<Record<string, Change>> = {
  'a range that holds the VPC': admitting({ CidrIp: '10.0.0.0/15' }),
  'a part of the VPC': admitting({ CidrIp: '10.0.1.0/28' }),
  'everybody in two halves': all(
    admitting({ CidrIp: '0.0.0.0/1' }),
    more('Other', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: ref(roles.balancerGroup),
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '128.0.0.0/1',
    }),
  ),
  'a second block of the VPC': all(
    admitting({ CidrIp: far }),
    more('Second', 'AWS::EC2::VPCCidrBlock', { VpcId: vpc, CidrBlock: far }),
  ),
  'a second block out of a pool': all(
    admitting({ CidrIp: far }),
    more('Second', 'AWS::EC2::VPCCidrBlock', { VpcId: vpc, Ipv4IpamPoolId: ref('Foreign'), Ipv4NetmaskLength: 20 }),
  ),
  'a range behind a transit gateway': all(
    admitting({ CidrIp: far }),
    more('Back', 'AWS::EC2::Route', {
      RouteTableId: ref(roles.table),
      DestinationCidrBlock: far,
      TransitGatewayId: ref('Foreign'),
    }),
  ),
  'a prefix list of everybody': all(
    admitting({ SourcePrefixListId: ref('List') }),
    more('List', 'AWS::EC2::PrefixList', {
      PrefixListName: 'l',
      AddressFamily: 'IPv4',
      MaxEntries: 1,
      Entries: [{ Cidr: '0.0.0.0/0' }],
    }),
  ),
  'an existing prefix list': admitting({ SourcePrefixListId: 'pl-0123456789abcdef0' }),
  'a rule for all protocols': adding('AWS::EC2::SecurityGroupIngress', {
    GroupId: ref(roles.balancerGroup),
    IpProtocol: '-1',
    CidrIp: '0.0.0.0/0',
  }),
  'a range of ports': adding('AWS::EC2::SecurityGroupIngress', {
    GroupId: ref(roles.balancerGroup),
    IpProtocol: '6',
    FromPort: 0,
    ToPort: 65535,
    CidrIp: '10.0.0.0/8',
  }),
  'no group, the default group open': all(
    setting(roles.loadBalancer, { SecurityGroups: ref('AWS::NoValue') }),
    adding('AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [roles.vpc, 'DefaultSecurityGroup'] },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
    }),
  ),
  'an empty list of groups': setting(roles.loadBalancer, { SecurityGroups: [] }),
  'no groups by one branch': all(
    setting(roles.loadBalancer, {
      SecurityGroups: { 'Fn::If': ['IsSome', [ref(roles.balancerGroup)], ref('AWS::NoValue')] },
    }),
    (_, template) => {
      template.Conditions = { IsSome: { 'Fn::Equals': [ref('Foreign'), 'yes'] } }
    },
  ),
}

const out = more('Out', 'AWS::EC2::SecurityGroupEgress', {
  GroupId: ref(roles.taskGroup),
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  CidrIp: '0.0.0.0/0',
})
const egress: Readonly<Record<string, Change>> = {
  'a NAT gateway': all(out, route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('Foreign') })),
  'half of the internet': all(out, route({ DestinationCidrBlock: '0.0.0.0/1', NatGatewayId: ref('Foreign') })),
  'a destination by parameter': all(out, route({ DestinationCidrBlock: ref('Foreign'), NatGatewayId: 'nat-1' })),
  'a prefix list as destination': all(
    out,
    route({ DestinationCidrBlock: undefined, DestinationPrefixListId: 'pl-0123456789abcdef0', NatGatewayId: 'nat-1' }),
  ),
  'an instance as router': all(out, route({ DestinationCidrBlock: '0.0.0.0/0', InstanceId: ref('Foreign') })),
  'an interface as router': all(out, route({ DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: ref('Foreign') })),
  // The main table comes to a template from outside only, so any table from outside may be it.
  'a route in what may be the main table': all(
    out,
    without('AssociationA'),
    route({ RouteTableId: ref('Foreign'), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }),
  ),
  'services of Lattice': all(
    more('Out', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: ref(roles.taskGroup),
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '169.254.171.0/24',
    }),
    more('Network', 'AWS::VpcLattice::ServiceNetworkVpcAssociation', {
      VpcIdentifier: vpc,
      ServiceNetworkIdentifier: ref('Foreign'),
    }),
  ),
  "an endpoint for another's service": all(
    more('Out', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: ref(roles.taskGroup),
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '10.0.0.0/16',
    }),
    more('Endpoint', 'AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0',
      VpcId: vpc,
      SubnetIds: [subnet],
    }),
  ),
}

const open = (properties: Json): Change =>
  adding('AWS::ApiGatewayV2::Route', {
    ApiId: ref(roles.api),
    RouteKey: 'GET /more',
    Target: sub('integrations/${Integration}'),
    ...properties,
  })
const routes: Readonly<Record<string, Change>> = {
  'no authorization': open({}),
  NONE: open({ AuthorizationType: 'NONE' }),
  'an API key only': open({ AuthorizationType: 'NONE', ApiKeyRequired: true }),
  'JWT without an authorizer': open({ AuthorizationType: 'JWT' }),
  'CUSTOM without an authorizer': open({ AuthorizationType: 'CUSTOM' }),
  'an authorizer without a type': open({ AuthorizerId: ref(roles.authorizer) }),
  'a type by parameter': open({ AuthorizationType: ref('Foreign') }),
  'a quick target of the API': setting(roles.api, { Target: 'https://example.com' }),
  'overrides that take it away': adding('AWS::ApiGatewayV2::ApiGatewayManagedOverrides', {
    ApiId: ref(roles.api),
    Route: { AuthorizationType: 'NONE' },
  }),
}

const blocks: Readonly<Record<string, Change>> = {
  'another port of the tasks': setting('TaskFromBalancer', { FromPort: 9999, ToPort: 9999 }),
  'no way out of the load balancer': without('BalancerToTask'),
  'no way into the load balancer': without('BalancerFromLink'),
  'no way out of the link': without('LinkToBalancer'),
  'another protocol': setting('BalancerFromLink', { IpProtocol: 'udp' }),
  'a fixed answer': setting(roles.listener, {
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  }),
  'targets in another VPC': setting(roles.targetGroup, { VpcId: 'vpc-0123456789abcdef0' }),
  'no listener for the integration': setting('Integration', {
    ConnectionType: 'INTERNET',
    IntegrationUri: 'https://example.com',
  }),
  'a service without a load balancer': setting(roles.service, { LoadBalancers: [] }),
  'no stage': without('Stage', 'Domain', 'Mapping'),
  'no mapping and no endpoint': without('Mapping', 'Domain'),
  'a stage that does not deploy': setting('Stage', { AutoDeploy: false }),
  'a rule before that answers': adding('AWS::ElasticLoadBalancingV2::ListenerRule', {
    ListenerArn: ref(roles.listener),
    Priority: 1,
    Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['*'] } }],
    Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  }),
}

const serverless = (properties: Json, attributes: Json = {}): Change =>
  all(transformed, (resources) => {
    resources.Extra = {
      Type: 'AWS::Serverless::Function',
      ...attributes,
      Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', InlineCode: '//', ...properties },
    }
  })
const inGlobals: Change = (_, template) => {
  template.Globals = { Function: { VpcConfig: { SubnetIds: [subnet], SecurityGroupIds: [group] } } }
}

const members = (
  kind: string,
  claim: string,
  target: string | undefined,
  staysProved: boolean,
  changes: Readonly<Record<string, Change>>,
): Member[] => Object.entries(changes).map(([name, change]) => member(kind, claim, target, staysProved)(name, change))
const each = (names: readonly string[], change: (name: string) => Change): Readonly<Record<string, Change>> =>
  Object.fromEntries(names.map((name) => [name, change(name)]))

const text = (Type: string, Properties: Json): Change => adding(Type, Properties)
/** Texts that are shown or stored. */
const shown: Readonly<Record<string, Change>> = {
  'a dashboard': text('AWS::CloudWatch::Dashboard', { DashboardBody: sub(`{"x":"\${${roles.linkGroup}}"}`) }),
  'an alarm': text('AWS::CloudWatch::Alarm', {
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    AlarmDescription: sub(`\${${roles.linkGroup}} \${${roles.balancerGroup}}`),
    Dimensions: [{ Name: 'Group', Value: group }],
  }),
  'a tag': setting('Cluster', { Tags: [{ Key: 'group', Value: group }] }),
  'the name of a log group': text('AWS::Logs::LogGroup', { LogGroupName: sub(`/groups/\${${roles.linkGroup}}`) }),
  'a stored parameter': text('AWS::SSM::Parameter', { Type: 'String', Value: group }),
  'a query': text('AWS::Logs::QueryDefinition', { Name: 'q', QueryString: sub(`filter x = "\${${roles.linkGroup}}"`) }),
  'an environment variable': (resources) => {
    resources.Definition.Properties.ContainerDefinitions[0].Environment = [{ Name: 'GROUP', Value: group }]
  },
}

export const families: readonly Member[] = [
  ...members(
    'carriers',
    'sole-entrance',
    roles.loadBalancer,
    false,
    each(Object.keys(carriers), (type) => adding(type, carriers[type])),
  ),
  ...members('SAM', 'sole-entrance', roles.loadBalancer, false, {
    'a function with the group': serverless({ VpcConfig: { SubnetIds: [subnet], SecurityGroupIds: [group] } }),
    'a group by Globals': all(serverless({}), inGlobals),
    'an unknown property': serverless({ PropertyOfTomorrow: group }),
  }),
  ...members('SAM', 'sole-entrance', roles.loadBalancer, true, {
    'Globals that are ignored': all(serverless({}, { IgnoreGlobals: '*' }), inGlobals),
    'Globals of which the property is ignored': all(serverless({}, { IgnoreGlobals: ['VpcConfig'] }), inGlobals),
  }),
  ...members('SAM', 'no-side-door', undefined, false, {
    'a function with all rights': serverless({ Policies: ['AdministratorAccess'] }),
    'a state machine with all rights': all(
      transformed,
      adding('AWS::Serverless::StateMachine', { Definition: {}, Policies: ['AdministratorAccess'] }),
    ),
  }),
  ...members('doors', 'no-side-door', undefined, false, doors),
  ...members(
    'rights',
    'no-side-door',
    undefined,
    false,
    each(openingActions, (Action) => may({ Action })),
  ),
  ...members(
    'rights',
    'no-side-door',
    undefined,
    true,
    each(harmlessActions, (Action) => may({ Action })),
  ),
  ...members('unknown rights', 'no-side-door', undefined, false, unknownRights),
  ...members('network', 'sole-entrance', roles.loadBalancer, false, network),
  ...members('network', 'sole-entrance', roles.loadBalancer, true, {
    'a range that nothing leads to': admitting({ CidrIp: far }),
    'a host that is nobody': admitting({ CidrIp: '255.255.255.255/32' }),
    'a rule for another port': adding('AWS::EC2::SecurityGroupIngress', {
      GroupId: ref(roles.balancerGroup),
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 442,
      CidrIp: '0.0.0.0/0',
    }),
    'a rule for UDP': adding('AWS::EC2::SecurityGroupIngress', {
      GroupId: ref(roles.balancerGroup),
      IpProtocol: 'udp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
    }),
    'a peer of a foreign group': adding('AWS::EC2::SecurityGroupIngress', {
      GroupId: ref('Foreign'),
      IpProtocol: '-1',
      SourceSecurityGroupId: group,
    }),
  }),
  ...members('egress', 'bounded-egress', roles.service, false, egress),
  ...members('egress', 'bounded-egress', roles.service, true, {
    'no route': out,
    'a subnet with the main table': all(out, without('AssociationA')),
    'a route that the rules do not use': route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('Foreign') }),
  }),
  ...members('routes', 'authorized-routes', roles.api, false, routes),
  ...members('routes', 'authorized-routes', roles.api, true, {
    IAM: open({ AuthorizationType: 'AWS_IAM' }),
    'the authorizer': open({ AuthorizationType: 'JWT', AuthorizerId: ref(roles.authorizer) }),
  }),
  ...members('way in', 'way-in-exists', roles.loadBalancer, false, blocks),
  ...members('shown', 'sole-entrance', roles.loadBalancer, true, shown),
]
