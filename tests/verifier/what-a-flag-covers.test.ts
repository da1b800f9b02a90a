// A flag speaks of one thing: what is made of it, chosen with it, or written in the templates stays open.
import { describe, expect, test } from '@jest/globals'
import { declarationsOfFlags } from '../../generator/commands/flags.ts'
import { add, both, claim, type Edit, free, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

type Flags = Parameters<typeof declarationsOfFlags>[0]

function report(id: string, edit: Edit, flags: Flags = {}) {
  const declarations = declarationsOfFlags(flags)
  if ('wrong' in declarations) throw new Error(declarations.wrong)
  const { verdict, unknowns = [] } = claim(id, edit, declarations)
  return { verdict, settle: unknowns.map(({ settle }) => settle) }
}
const verdict = (id: string, edit: Edit, flags: Flags = {}): string => report(id, edit, flags).verdict

const given = { Ref: 'Given' }
const maps =
  (Mappings: Json): Edit =>
  (template) => {
    template.Mappings = Mappings
  }
const byRegion = (map: string): Json => ({ 'Fn::FindInMap': [map, { Ref: 'AWS::Region' }, 'Id'] })
const byGiven = (map: string): Json => ({ 'Fn::FindInMap': [map, given, 'Id'] })
const two = (first: string, second: string): Json => ({ 'us-east-1': { Id: first }, 'eu-west-1': { Id: second } })

/** The internet is one route away. */
const nat = add({
  PublicSubnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.9.0/24' } },
  Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'PublicSubnet' }, AllocationId: 'eipalloc-1' } },
  Out: {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { Ref: 'RouteTable' },
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: { Ref: 'Nat' },
    },
  },
})
const egress = (name: string, port: number, peer: Json): Edit =>
  add({
    [name]: {
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: { Ref: 'TaskGroup' }, IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer },
    },
  })
const ingress = (peer: Json): Edit =>
  add({
    Extra: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: { Ref: 'BalancerGroup' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...peer },
    },
  })

describe('what is chosen with a parameter is not what the parameter is', () => {
  const lists = maps({ P: two('pl-63a5400a', 'pl-6da54004'), Q: two('pl-11111111', 'pl-22222222') })
  const keys: readonly (readonly [string, (map: string) => Json, string])[] = [
    ['the Region', byRegion, 'AWS::Region'],
    ['a parameter', byGiven, 'Given'],
    ['an import', (map) => ({ 'Fn::FindInMap': [map, { 'Fn::ImportValue': 'Key' }, 'Id'] }), 'Key'],
  ]
  test.each(keys)('lists by %s', (_, list, name) => {
    const edit = both(
      free(),
      lists,
      nat,
      egress('A', 443, { DestinationPrefixListId: list('P') }),
      egress('B', 25, { DestinationPrefixListId: list('Q') }),
    )
    const { verdict: open, settle } = report('bounded-egress', edit)
    expect(open).toBe('undecided')
    expect(settle.join('\n')).not.toContain(`${name}.egress`)
    expect(verdict('bounded-egress', edit, { assume: [`${name}.egress=none`] })).toBe('undecided')
  })

  test('each list is named, and all of them settle it', () => {
    const edit = both(lists, nat, egress('A', 443, { DestinationPrefixListId: byRegion('P') }))
    expect(report('bounded-egress', edit).settle).toEqual([
      '--assume pl-63a5400a.egress=none',
      '--assume pl-6da54004.egress=none',
    ])
    const flags = ['pl-63a5400a.egress=none', 'pl-6da54004.egress=none']
    expect(verdict('bounded-egress', edit, { assume: flags.slice(1) })).toBe('undecided')
    expect(verdict('bounded-egress', edit, { assume: flags })).toBe('proved')
  })

  test.each<[string, string, string]>([
    ['everybody in one of the Regions', '0.0.0.0/0', 'refuted'],
    ['addresses of the VPC', '10.0.1.0/24', 'proved'],
  ])('a range by a map: %s', (_, range, expected) => {
    const edit = both(
      free({ AllowedValues: ['us-east-1', 'eu-west-1'] }),
      maps({ P: two('10.0.0.0/16', range) }),
      nat,
      egress('A', 25, { CidrIp: byGiven('P') }),
    )
    expect(verdict('bounded-egress', edit)).toBe(expected)
  })

  test('a certificate by a map', () => {
    const edit = both(
      maps({
        P: two('arn:aws:acm:us-east-1:111122223333:certificate/a', 'arn:aws:acm:eu-west-1:111122223333:certificate/b'),
      }),
      put('Listener.Properties.Certificates', [{ CertificateArn: byRegion('P') }]),
    )
    const covers = (name: string) => `${name}.covers=api.example.com`
    expect(verdict('verified-tls', edit, { assume: [covers('AWS::Region')] })).toBe('undecided')
    const each = ['us-east-1:111122223333:certificate/a', 'eu-west-1:111122223333:certificate/b']
    expect(verdict('verified-tls', edit, { assume: each.map((arn) => covers(`arn:aws:acm:${arn}`)) })).toBe('proved')
  })

  test('a group by a map, which the templates carry in one Region', () => {
    const edit = both(
      maps({ P: two('sg-11111111', 'sg-22222222') }),
      ingress({ SourceSecurityGroupId: byRegion('P') }),
      add({
        Host: {
          Type: 'AWS::EC2::NetworkInterface',
          Properties: { SubnetId: { Ref: 'SubnetA' }, GroupSet: ['sg-22222222'] },
        },
      }),
    )
    expect(verdict('sole-entrance', edit, { assume: ['AWS::Region.carriers=Link'] })).toBe('refuted')
    const alone = both(
      maps({ P: two('sg-11111111', 'sg-22222222') }),
      ingress({ SourceSecurityGroupId: byRegion('P') }),
    )
    expect(verdict('sole-entrance', alone, { assume: ['AWS::Region.carriers=Link'] })).toBe('undecided')
    const each = ['sg-11111111.carriers=Link', 'sg-22222222.carriers=Link']
    expect(verdict('sole-entrance', alone, { assume: each })).toBe('proved')
  })
})

describe('egress that is allowed to what a parameter gives', () => {
  const allow = ['egress:Given:443']
  test.each<[string, Json, string]>([
    ['the parameter itself', given, 'proved'],
    ['a text with it', { 'Fn::Sub': '${Given}/0' }, 'undecided'],
    ['a part of it', { 'Fn::Select': [0, { 'Fn::Split': [',', given] }] }, 'undecided'],
    ['what a map has for it', byGiven('P'), 'refuted'],
  ])('%s', (_, CidrIp, expected) => {
    const edit = both(
      free({ AllowedValues: ['us-east-1', 'eu-west-1'] }),
      maps({ P: two('203.0.113.0/24', '0.0.0.0/0') }),
      nat,
      egress('A', 443, { CidrIp }),
    )
    expect(verdict('bounded-egress', edit, { allow })).toBe(expected)
  })
})

describe('a range that something may bring in is settled by what brings it in', () => {
  const attachment = (id: string): Json => ({
    [id]: {
      Type: 'AWS::EC2::TransitGatewayAttachment',
      Properties: { TransitGatewayId: 'tgw-0123456789abcdef0', VpcId: { Ref: 'Vpc' }, SubnetIds: [{ Ref: 'SubnetA' }] },
    },
  })
  const endpoint: Json = {
    Vpn: {
      Type: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
      Properties: { ClientVpnEndpointId: 'cvpn-endpoint-1', SubnetId: { Ref: 'SubnetA' } },
    },
  }
  test.each<[string, Json, string]>([
    ['a transit gateway', attachment('Far'), 'Far'],
    ['a VPN', endpoint, 'Vpn'],
  ])('%s', (_, resources, name) => {
    const edit = both(add(resources), ingress({ CidrIp: '192.168.5.0/24' }))
    expect(report('sole-entrance', edit)).toEqual({
      verdict: 'undecided',
      settle: [`--assume ${name}.egress=none`],
    })
    expect(verdict('sole-entrance', edit, { assume: [`${name}.egress=none`] })).toBe('proved')
  })

  test('one says nothing of the other', () => {
    const edit = both(add({ ...attachment('Far'), ...endpoint }), ingress({ CidrIp: '192.168.5.0/24' }))
    expect(verdict('sole-entrance', edit, { assume: ['Far.egress=none'] })).toBe('undecided')
  })

  test('a group of the template admits what its rules admit', () => {
    const edit = both(add(attachment('Far')), ingress({ CidrIp: '192.168.5.0/24' }))
    expect(() => verdict('sole-entrance', edit, { assume: ['BalancerGroup.ingress=none'] })).toThrow(
      'the templates determine this',
    )
  })
})

describe('a group that is called by its name', () => {
  const group = (GroupName: Json, carried: boolean): Edit =>
    both(
      add({ Named: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupName, GroupDescription: 'x' } } }),
      carried
        ? add({
            Host: {
              Type: 'AWS::EC2::NetworkInterface',
              Properties: { SubnetId: { Ref: 'SubnetA' }, GroupSet: [{ Ref: 'Named' }] },
            },
          })
        : () => {},
    )
  test.each<[string, Json, Json, boolean, string]>([
    ['its own name', 'og', 'og', true, 'refuted'],
    ['a reference to it', 'og', { Ref: 'Named' }, true, 'refuted'],
    ['the parameter that names it', given, given, true, 'refuted'],
    ['a name that may be its own', { 'Fn::Sub': 'o${Given}' }, 'og', true, 'undecided'],
    ['its own name, carried by nothing', 'og', 'og', false, 'undecided'],
    ['another name', 'og', 'other', true, 'proved'],
  ])('%s', (_, GroupName, SourceSecurityGroupName, carried, expected) => {
    const edit = both(free(), group(GroupName, carried), ingress({ SourceSecurityGroupName }))
    const name = typeof SourceSecurityGroupName === 'string' ? SourceSecurityGroupName : 'Given'
    expect(verdict('sole-entrance', edit, { assume: [`${name}.carriers=Link`] })).toBe(expected)
  })
})

test('where a value is missing, no flag names it', () => {
  const edit = put('LinkGroup.Properties', { GroupDescription: 'x' })
  expect(report('sole-entrance', edit).settle.join('\n')).not.toMatch(/--assume '?-\./)
})

describe('a role as a parameter of a document', () => {
  const document = (declared: Json): Edit =>
    add({
      Document: {
        Type: 'AWS::SSM::Document',
        Properties: {
          DocumentType: 'Automation',
          Content: {
            schemaVersion: '0.3',
            assumeRole: '{{ AutomationAssumeRole }}',
            parameters: { AutomationAssumeRole: declared },
            mainSteps: [{ name: 'x', action: 'aws:executeAwsApi', inputs: { Service: 'ec2', Api: 'DescribeVpcs' } }],
          },
        },
      },
    })
  const role = 'arn:aws:iam::111122223333:role/x'
  test.each<[string, Json, string]>([
    ['is no role by its type', { type: 'String', description: 'who acts' }, 'proved'],
    ['is one by its default', { type: 'String', default: role }, 'undecided'],
  ])('%s', (_, declared, expected) => {
    const { verdict: found, settle } = report('no-side-door', document(declared))
    expect(found).toBe(expected)
    expect(settle).toEqual(expected === 'proved' ? [] : [`--assume ${role}.rights=none`])
  })
})
