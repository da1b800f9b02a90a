// Doors count where there is something that they open: in its VPC, or in one that is joined to it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { type ClaimReport, type Declarations, verify } from '../../verifier/index.ts'
import { declarationsOf } from '../support/flags.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const base: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))
const ref = (id: string): Json => ({ Ref: id })

/** Beside the VPC of the load balancer, another one with a host of its own. */
const others: Json = {
  OtherVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } },
  OtherSubnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('OtherVpc'), CidrBlock: '10.9.0.0/24' } },
  OtherTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('OtherVpc') } },
  OtherGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', VpcId: ref('OtherVpc') } },
  ThirdVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.8.0.0/16' } },
}

function judge(resources: Json, flags: readonly string[] = []): readonly ClaimReport[] {
  const template = structuredClone(base)
  Object.assign(template.Resources, others, resources)
  template.Parameters = { AnyVpc: { Type: 'AWS::EC2::VPC::Id' } }
  return verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    declarations: declarationsOf(flags) as Partial<Declarations>,
  }).claims
}
const claimOf = (claims: readonly ClaimReport[], id: string, target?: string): ClaimReport => {
  const found = claims.find((each) => each.id === id && (target === undefined || each.target === target))
  if (!found) throw new Error(`${id} is not judged`)
  return found
}

/** Where a door is: the VPC, and things that stand in it. */
type Place = { readonly vpc: Json; readonly subnet: Json; readonly table: Json; readonly group: Json }
const own: Place = { vpc: ref('Vpc'), subnet: ref('SubnetA'), table: ref('RouteTable'), group: ref('TaskGroup') }
const other: Place = {
  vpc: ref('OtherVpc'),
  subnet: ref('OtherSubnet'),
  table: ref('OtherTable'),
  group: ref('OtherGroup'),
}

type Door = readonly [name: string, flag: string, of: (place: Place) => Json, needsMore?: Json]
const doors: readonly Door[] = [
  ['AWS::EC2::VPCPeeringConnection', 'peering', ({ vpc }) => ({ VpcId: vpc, PeerVpcId: ref('ThirdVpc') })],
  ['AWS::EC2::VPCPeeringConnection', 'peering', ({ vpc }) => ({ VpcId: ref('ThirdVpc'), PeerVpcId: vpc })],
  [
    'AWS::EC2::TransitGatewayAttachment',
    'transit-gateway',
    ({ vpc, subnet }) => ({ VpcId: vpc, SubnetIds: [subnet], TransitGatewayId: 'tgw-1' }),
  ],
  [
    'AWS::EC2::TransitGatewayVpcAttachment',
    'transit-gateway',
    ({ vpc, subnet }) => ({ VpcId: vpc, SubnetIds: [subnet], TransitGatewayId: 'tgw-1' }),
  ],
  ['AWS::EC2::VPCGatewayAttachment', 'vpn', ({ vpc }) => ({ VpcId: vpc, VpnGatewayId: 'vgw-1' })],
  ['AWS::EC2::VPNGatewayRoutePropagation', 'vpn', ({ table }) => ({ RouteTableIds: [table], VpnGatewayId: 'vgw-1' })],
  [
    'AWS::EC2::ClientVpnTargetNetworkAssociation',
    'vpn',
    ({ subnet }) => ({ ClientVpnEndpointId: 'cvpn-endpoint-1', SubnetId: subnet }),
  ],
  [
    'AWS::EC2::Route',
    'transit-gateway',
    ({ table }) => ({ RouteTableId: table, DestinationCidrBlock: '10.7.0.0/16', TransitGatewayId: 'tgw-1' }),
  ],
  [
    'AWS::EC2::Route',
    'vpn',
    ({ table }) => ({ RouteTableId: table, DestinationCidrBlock: '10.7.0.0/16', GatewayId: 'vgw-1' }),
  ],
  [
    'AWS::NetworkManager::VpcAttachment',
    'transit-gateway',
    ({ vpc }) => ({
      VpcArn: { 'Fn::Join': ['', ['arn:aws:ec2:eu-west-1:1:vpc/', vpc]] },
      CoreNetworkId: 'core-network-1',
      SubnetArns: [],
    }),
  ],
  ['AWS::EC2::InstanceConnectEndpoint', 'instance-connect', ({ subnet }) => ({ SubnetId: subnet })],
  [
    'AWS::VpcLattice::ServiceNetworkVpcAssociation',
    'lattice',
    ({ vpc }) => ({ VpcIdentifier: vpc, ServiceNetworkIdentifier: 'sn-1' }),
  ],
  [
    'AWS::VpcLattice::TargetGroup',
    'lattice',
    ({ vpc }) => ({ Type: 'IP', Config: { VpcIdentifier: vpc, Port: 80, Protocol: 'HTTP' } }),
  ],
  [
    'AWS::VpcLattice::ResourceGateway',
    'lattice',
    ({ vpc, subnet }) => ({ VpcIdentifier: vpc, SubnetIds: [subnet], Name: 'x' }),
  ],
]
const named = doors.map(([type, flag, of], index) => [`${type} ${index}`, type, flag, of] as const)
const opaque = (of: Json): Json => ({ 'Fn::GetAtt': ['Finder', of] })
const finder: Json = { Finder: { Type: 'Custom::Finder', Properties: { ServiceToken: 'arn:aws:lambda:x' } } }

describe.each(named)('%s', (_name, Type, flag, of) => {
  const sideDoor = (Properties: Json, more: Json = {}, flags: readonly string[] = []): ClaimReport =>
    claimOf(judge({ ...more, Door: { Type, Properties } }, flags), 'no-side-door')

  test('counts in the VPC of the load balancer', () => expect(sideDoor(of(own)).verdict).toBe('refuted'))

  test('does not count in another one that nothing joins to it', () =>
    expect(sideDoor(of(other)).verdict).toBe('proved'))

  test.each([
    [
      'a peering',
      {
        Joins: {
          Type: 'AWS::EC2::VPCPeeringConnection',
          Properties: { VpcId: ref('Vpc'), PeerVpcId: ref('OtherVpc') },
        },
      },
      ['--allow', 'peering:Joins'],
    ],
    [
      'one transit gateway',
      {
        Joins: {
          Type: 'AWS::EC2::TransitGatewayAttachment',
          Properties: { VpcId: ref('Vpc'), SubnetIds: [ref('SubnetA')], TransitGatewayId: 'tgw-9' },
        },
        JoinsOther: {
          Type: 'AWS::EC2::TransitGatewayAttachment',
          Properties: { VpcId: ref('OtherVpc'), SubnetIds: [ref('OtherSubnet')], TransitGatewayId: 'tgw-9' },
        },
      },
      ['--allow', 'transit-gateway:Joins', '--allow', 'transit-gateway:JoinsOther'],
    ],
  ])('counts in one that %s joins to it, though that is declared', (_by, more, flags) =>
    expect(sideDoor(of(other), more, flags).verdict).toBe('refuted'),
  )

  test('is left open where the VPC is perhaps joined, and the flag settles it', () => {
    const more = {
      Joins: {
        Type: 'AWS::EC2::TransitGatewayAttachment',
        Properties: { VpcId: ref('Vpc'), SubnetIds: [ref('SubnetA')], TransitGatewayId: 'tgw-7' },
      },
      JoinsOther: {
        Type: 'AWS::EC2::TransitGatewayAttachment',
        Properties: { VpcId: ref('OtherVpc'), SubnetIds: [ref('OtherSubnet')], TransitGatewayId: 'tgw-8' },
      },
    }
    const flags = ['--allow', 'transit-gateway:Joins', '--allow', 'transit-gateway:JoinsOther']
    const found = sideDoor(of(other), more, flags)
    expect(found.verdict).toBe('undecided')
    expect(found.unknowns).toEqual([{ name: 'Door', settle: `--allow ${flag}:Door` }])
    expect(sideDoor(of(other), more, [...flags, '--allow', `${flag}:Door`]).verdict).toBe('proved')
  })

  test('is left open where nobody knows the VPC', () => {
    const unknown = { vpc: opaque('Vpc'), subnet: opaque('Subnet'), table: opaque('Table'), group: opaque('Group') }
    expect(sideDoor(of(unknown), finder).verdict).toBe('undecided')
  })

  test('counts where one of two spellings is its VPC', () => {
    const split = (one: Json): Json => ({
      'Fn::Select': [0, { 'Fn::Split': [',', { 'Fn::Join': [',', [one, 'x']] }] }],
    })
    const spelled = { vpc: split(own.vpc), subnet: split(own.subnet), table: split(own.table), group: split(own.group) }
    expect(sideDoor(of(spelled)).verdict).not.toBe('proved')
  })
})

describe('an unknown VPC of the load balancer', () => {
  const door = { Type: 'AWS::EC2::VPCPeeringConnection', Properties: { VpcId: ref('AnyVpc'), PeerVpcId: 'vpc-9' } }
  test.each([
    ['its own', { VpcId: ref('AnyVpc') }, 'refuted'],
    ['perhaps another', { VpcId: { 'Fn::ImportValue': 'vpc' } }, 'undecided'],
  ])('%s', (_, VpcId, verdict) => {
    const template = structuredClone(base)
    for (const each of Object.values<Json>(template.Resources))
      if (each.Properties?.VpcId) Object.assign(each.Properties, VpcId)
    delete template.Resources.Vpc
    template.Parameters = { AnyVpc: { Type: 'AWS::EC2::VPC::Id' } }
    template.Resources.Door = door
    const { claims } = verify({
      templates: [{ path: 't.json', text: JSON.stringify(template) }],
      readFile: () => undefined,
    })
    expect(claimOf(claims, 'no-side-door').verdict).toBe(verdict)
  })
})

describe('what tasks reach', () => {
  const lets: Json = {
    Out: {
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: ref('TaskGroup'), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
    },
  }
  const ways: readonly (readonly [string, (place: Place) => Json])[] = [
    [
      'AWS::VpcLattice::ServiceNetworkVpcAssociation',
      ({ vpc }) => ({ VpcIdentifier: vpc, ServiceNetworkIdentifier: 'sn-1' }),
    ],
    [
      'AWS::EC2::VPCEndpoint',
      ({ vpc, subnet }) => ({
        VpcId: vpc,
        SubnetIds: [subnet],
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
      }),
    ],
  ]
  const egress = (Type: string, Properties: Json, more: Json = {}): ClaimReport =>
    claimOf(judge({ ...lets, ...more, Way: { Type, Properties } }), 'bounded-egress', 'Service')

  test.each(ways)('%s counts in their VPC only', (Type, of) => {
    expect(egress(Type, of(own)).verdict).toBe('refuted')
    expect(egress(Type, of(other)).verdict).toBe('proved')
    expect(egress(Type, of({ ...own, vpc: opaque('Vpc'), subnet: opaque('Subnet') }), finder).verdict).toBe('undecided')
  })
})

test('a route of another VPC brings nobody to the load balancer', () => {
  const admits: Json = {
    Admits: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        GroupId: ref('BalancerGroup'),
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: '192.168.0.0/16',
      },
    },
    Peering: {
      Type: 'AWS::EC2::VPCPeeringConnection',
      Properties: { VpcId: ref('OtherVpc'), PeerVpcId: ref('ThirdVpc') },
    },
  }
  const verdict = (table: string): string => {
    const Properties = {
      RouteTableId: ref(table),
      DestinationCidrBlock: '192.168.0.0/16',
      VpcPeeringConnectionId: ref('Peering'),
    }
    return claimOf(judge({ ...admits, Way: { Type: 'AWS::EC2::Route', Properties } }), 'sole-entrance', 'LoadBalancer')
      .verdict
  }
  expect(verdict('RouteTable')).toBe('refuted')
  expect(verdict('OtherTable')).toBe('proved')
})

describe('an accelerator leads only where an internet gateway is attached', () => {
  const admits: Json = {
    Admits: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: ref('BalancerGroup'), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
    },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
  }
  const gateways: readonly (readonly [string, Json])[] = [
    ['AWS::GlobalAccelerator::EndpointGroup', { EndpointConfigurations: [{ EndpointId: ref('LoadBalancer') }] }],
    ['AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { Arn: ref('LoadBalancer'), Name: 'x' } }],
  ]
  test.each(gateways)('%s', (Type, Properties) => {
    const verdict = (VpcId: Json): string =>
      claimOf(
        judge({
          ...admits,
          ...finder,
          Attached: {
            Type: 'AWS::EC2::VPCGatewayAttachment',
            Properties: { VpcId, InternetGatewayId: ref('Gateway') },
          },
          Door: { Type, Properties },
        }),
        'no-internet-path',
        'LoadBalancer',
      ).verdict
    expect(verdict(own.vpc)).toBe('refuted')
    expect(verdict(other.vpc)).toBe('proved')
    expect(verdict(opaque('Vpc'))).toBe('undecided')
  })
})
