/**
 * Ways to open a safe template, each by one reference or text that names what is opened. The law about them: however
 * the template hands that reference on, the claim is not proved.
 */
import type { Json } from '../../support/read-template.ts'
import type { Base, Roles } from './bases.ts'

export type Opening = {
  readonly name: string
  readonly claim: string
  /** The claim's target, none for a claim about the template as a whole. */
  readonly target?: (roles: Roles) => string
  /** The resource that is named; a text where it is none. */
  readonly owner: (roles: Roles) => Json
  /** What is safe by itself and that the opening builds on. */
  readonly prepare?: (roles: Roles) => Json
  /** The resources that open it, given the owner's spelling. Logical IDs begin with D. */
  readonly resources?: (value: Json, roles: Roles) => Json
  /** The property that opens it, where no resource does. */
  readonly set?: (resources: Json, value: Json, roles: Roles) => void
  /** An id that nothing of the template has, where it is the owner that decides. */
  readonly stranger?: string
}

const ref = (id: string): Json => ({ Ref: id })
const everybody = { CidrIp: '0.0.0.0/0' }
const on = (port: number): Json => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port })
const rule = (GroupId: Json, port: number, source: Json = everybody): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId, ...on(port), ...source },
})
const worker = (group: Json, subnet: string): Json => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::111122223333:role/worker',
    Code: { ZipFile: 'exports.handler = async () => {}' },
    VpcConfig: { SubnetIds: [ref(subnet)], SecurityGroupIds: [group] },
  },
})
const role = (rights: Json): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    },
    ...rights,
  },
})
const strangeGroup = 'sg-0123456789abcdef0'

const integration = (api: Json, link: string, listener: string, more: Json = {}): Json => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: api,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: ref(link),
    IntegrationUri: ref(listener),
    PayloadFormatVersion: '1.0',
    ...more,
  },
})

export const openings: readonly Opening[] = [
  {
    name: "a rule opens the load balancer's group",
    claim: 'sole-entrance',
    target: ({ loadBalancer }) => loadBalancer,
    owner: ({ balancerGroup }) => ref(balancerGroup),
    resources: (value) => ({ DRule: rule(value, 443) }),
    stranger: strangeGroup,
  },
  {
    name: "a rule opens the tasks' group",
    claim: 'sole-entrance',
    target: ({ service }) => service,
    owner: ({ taskGroup }) => ref(taskGroup),
    resources: (value) => ({ DRule: rule(value, 8080) }),
    stranger: strangeGroup,
  },
  {
    name: "a function carries the link's group",
    claim: 'sole-entrance',
    target: ({ loadBalancer }) => loadBalancer,
    owner: ({ linkGroup }) => ref(linkGroup),
    resources: (value, { subnet }) => ({ DWorker: worker(value, subnet) }),
    stranger: strangeGroup,
  },
  {
    name: "an interface carries the load balancer's group",
    claim: 'sole-entrance',
    target: ({ service }) => service,
    owner: ({ balancerGroup }) => ref(balancerGroup),
    resources: (value, { subnet }) => ({
      DInterface: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: ref(subnet), GroupSet: [value] } },
    }),
    stranger: strangeGroup,
  },
  {
    name: "a rule admits the group of a host to the load balancer's group",
    claim: 'sole-entrance',
    target: ({ loadBalancer }) => loadBalancer,
    owner: () => ref('HostGroup'),
    prepare: ({ vpc, subnet }) => ({
      HostGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'host', VpcId: ref(vpc) } },
      Host: worker(ref('HostGroup'), subnet),
    }),
    resources: (value, { balancerGroup }) => ({
      DRule: rule(ref(balancerGroup), 443, { SourceSecurityGroupId: value }),
    }),
  },
  {
    name: 'a range that holds the VPC',
    claim: 'sole-entrance',
    target: ({ loadBalancer }) => loadBalancer,
    owner: () => '0.0.0.0/0',
    resources: (value, { balancerGroup }) => ({ DRule: rule(ref(balancerGroup), 443, { CidrIp: value }) }),
  },
  {
    name: "a route leads out of the tasks' table",
    claim: 'bounded-egress',
    target: ({ service }) => service,
    owner: ({ table }) => ref(table),
    prepare: ({ taskGroup, subnet }) => ({
      TaskOut: {
        Type: 'AWS::EC2::SecurityGroupEgress',
        Properties: { GroupId: ref(taskGroup), ...on(443), ...everybody },
      },
      Nat: {
        Type: 'AWS::EC2::NatGateway',
        Properties: { SubnetId: ref(subnet), AllocationId: 'eipalloc-0123456789abcdef0' },
      },
    }),
    resources: (value) => ({
      DRoute: {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: value, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('Nat') },
      },
    }),
    stranger: 'rtb-0123456789abcdef0',
  },
  {
    name: 'an open route on the API',
    claim: 'authorized-routes',
    target: ({ api }) => api,
    owner: ({ api }) => ref(api),
    resources: (value, { link, listener }) => ({
      DIntegration: integration(value, link, listener, { TlsConfig: { ServerNameToVerify: 'api.example.com' } }),
      DRoute: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: value, RouteKey: 'GET /open', Target: { 'Fn::Sub': 'integrations/${DIntegration}' } },
      },
    }),
  },
  {
    name: 'an integration without TLS on the API',
    claim: 'verified-tls',
    target: ({ api }) => api,
    owner: ({ api }) => ref(api),
    resources: (value, { link, listener }) => ({
      DIntegration: integration(value, link, listener),
      DRoute: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: value,
          RouteKey: 'GET /plain',
          AuthorizationType: 'AWS_IAM',
          Target: { 'Fn::Sub': 'integrations/${DIntegration}' },
        },
      },
    }),
  },
  {
    name: 'a second mapping to the API',
    claim: 'no-bypass',
    target: ({ api }) => api,
    owner: ({ api }) => ref(api),
    resources: (value) => ({
      DDomain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: {
          DomainName: 'other.example.com',
          DomainNameConfigurations: [
            {
              CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/0',
              EndpointType: 'REGIONAL',
              SecurityPolicy: 'TLS_1_2',
            },
          ],
        },
      },
      DMapping: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: { ApiId: value, DomainName: ref('DDomain'), Stage: '$default' },
      },
    }),
    stranger: 'a1b2c3d4e5',
  },
  {
    name: 'a listener on another open port of the load balancer',
    claim: 'sole-entrance',
    target: ({ loadBalancer }) => loadBalancer,
    owner: ({ loadBalancer }) => ref(loadBalancer),
    prepare: ({ balancerGroup }) => ({ Plain: rule(ref(balancerGroup), 80) }),
    resources: (value, { targetGroup }) => ({
      DListener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: value,
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: ref(targetGroup) }],
        },
      },
    }),
  },
  {
    name: 'a listener rule answers everything before the tasks',
    claim: 'way-in-exists',
    target: ({ loadBalancer }) => loadBalancer,
    owner: ({ listener }) => ref(listener),
    resources: (value) => ({
      DAnswer: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: value,
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['*'] } }],
          Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
        },
      },
    }),
    stranger:
      'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/other/0123456789abcdef/0123456789abcdef',
  },
  {
    name: 'an accelerator in front of the load balancer',
    claim: 'no-side-door',
    owner: ({ loadBalancer }) => ref(loadBalancer),
    resources: (value) => ({
      DAccelerator: { Type: 'AWS::GlobalAccelerator::Accelerator', Properties: { Name: 'fast' } },
      DAcceleratorListener: {
        Type: 'AWS::GlobalAccelerator::Listener',
        Properties: {
          AcceleratorArn: ref('DAccelerator'),
          Protocol: 'TCP',
          PortRanges: [{ FromPort: 443, ToPort: 443 }],
        },
      },
      DEndpoints: {
        Type: 'AWS::GlobalAccelerator::EndpointGroup',
        Properties: {
          ListenerArn: ref('DAcceleratorListener'),
          EndpointGroupRegion: 'eu-central-1',
          EndpointConfigurations: [{ EndpointId: value }],
        },
      },
    }),
  },
  {
    name: 'a VPC origin for the load balancer',
    claim: 'no-side-door',
    owner: ({ loadBalancer }) => ref(loadBalancer),
    resources: (value) => ({
      DOrigin: {
        Type: 'AWS::CloudFront::VpcOrigin',
        Properties: {
          VpcOriginEndpointConfig: { Name: 'origin', Arn: value, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
        },
      },
    }),
  },
  {
    name: 'the VPC is peered',
    claim: 'no-side-door',
    owner: ({ vpc }) => ref(vpc),
    resources: (value) => ({
      DPeering: {
        Type: 'AWS::EC2::VPCPeeringConnection',
        Properties: { VpcId: value, PeerVpcId: 'vpc-0123456789abcdef0' },
      },
    }),
  },
  {
    name: 'the VPC is joined to a transit gateway',
    claim: 'no-side-door',
    owner: ({ vpc }) => ref(vpc),
    resources: (value, { subnet }) => ({
      DAttachment: {
        Type: 'AWS::EC2::TransitGatewayAttachment',
        Properties: { VpcId: value, SubnetIds: [ref(subnet)], TransitGatewayId: 'tgw-0123456789abcdef0' },
      },
    }),
  },
  {
    name: 'a role gets a policy of administrators',
    claim: 'no-side-door',
    owner: () => 'arn:aws:iam::aws:policy/AdministratorAccess',
    resources: (value) => ({ DOperator: role({ ManagedPolicyArns: [value] }) }),
  },
  {
    name: 'a role may edit groups',
    claim: 'no-side-door',
    owner: () => 'ec2:AuthorizeSecurityGroupIngress',
    resources: (value) => ({
      DOperator: role({
        Policies: [
          {
            PolicyName: 'more',
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: value, Resource: '*' }] },
          },
        ],
      }),
    }),
  },
  {
    name: 'the load balancer faces the internet',
    claim: 'no-public-address',
    target: ({ loadBalancer }) => loadBalancer,
    owner: () => 'internet-facing',
    set: (resources, value, { loadBalancer }) => {
      resources[loadBalancer].Properties.Scheme = value
    },
  },
  {
    name: 'the tasks have public addresses',
    claim: 'no-public-address',
    target: ({ service }) => service,
    owner: () => 'ENABLED',
    set: (resources, value, { service }) => {
      resources[service].Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = value
    },
  },
]

/** The safe template that the opening builds on. */
export function prepared({ template, roles }: Base, { prepare }: Opening): Json {
  const copy = structuredClone(template)
  copy.Parameters ??= {}
  copy.Conditions ??= {}
  Object.assign(copy.Resources, prepare?.(roles))
  return copy
}

/** The opened template, where what is opened is spelled `value`. */
export function opened(base: Base, opening: Opening, value: Json): Json {
  const template = prepared(base, opening)
  Object.assign(template.Resources, opening.resources?.(value, base.roles))
  opening.set?.(template.Resources, value, base.roles)
  return template
}
