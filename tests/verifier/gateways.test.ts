// What a route leads to by its GatewayId: the internet, NAT, a VPN, or nobody knows.
import { describe, expect, test } from '@jest/globals'
import type { Declarations } from '../../verifier/index.ts'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit, free } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const range = '192.168.0.0/16'
const opened = (type: 'Ingress' | 'Egress', group: string): Json => ({
  Type: `AWS::EC2::SecurityGroup${type}`,
  Properties: { GroupId: { Ref: group }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: range },
})
const things: Json = {
  Internet: { Type: 'AWS::EC2::InternetGateway' },
  Vpn: { Type: 'AWS::EC2::VPNGateway', Properties: { Type: 'ipsec.1' } },
  Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'SubnetA' }, ConnectivityType: 'private' } },
  Finder: { Type: 'Custom::Finder', Properties: { ServiceToken: 'arn:aws:lambda:x' } },
}
/** Tasks may open the range, the load balancer admits it, and a route says where it lies. */
const route = (GatewayId: Json): Edit =>
  add({
    Out: opened('Egress', 'TaskGroup'),
    In: opened('Ingress', 'BalancerGroup'),
    Way: {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: { Ref: 'RouteTable' }, DestinationCidrBlock: range, GatewayId },
    },
    ...Object.fromEntries(
      Object.entries<Json>(things).filter(([name]) => JSON.stringify(GatewayId).includes(`"${name}"`)),
    ),
  })
const egress = (edit: Edit, flags: readonly string[] = []): string =>
  verdict('bounded-egress', edit, declarationsOf(flags))
const door = (edit: Edit, flags: readonly string[] = []): string => verdict('no-side-door', edit, declarationsOf(flags))
const verdict = (id: string, edit: Edit, declarations: Partial<Declarations> = {}): string => {
  const target = id === 'bounded-egress' ? 'Service' : id === 'sole-entrance' ? 'LoadBalancer' : undefined
  return claim(id, edit, declarations, target).verdict
}
const maps = (template: Json): void => {
  template.Mappings = {
    M: { 'us-east-1': { G: 'igw-0123456789abcdef0' }, 'eu-west-1': { G: 'vgw-0123456789abcdef0' } },
  }
}
const given = { Ref: 'Given' }

type Way = readonly [what: string, value: Json, egress: string, door: string, entrance: string, more?: Edit]
const ways: readonly Way[] = [
  ['an internet gateway', { Ref: 'Internet' }, 'proved', 'proved', 'proved'],
  ['its attribute', { 'Fn::GetAtt': ['Internet', 'InternetGatewayId'] }, 'proved', 'proved', 'proved'],
  ['the id of one', 'igw-0123456789abcdef0', 'proved', 'proved', 'proved'],
  ['the VPC itself', 'local', 'proved', 'proved', 'proved'],
  ['a VPN gateway', { Ref: 'Vpn' }, 'refuted', 'refuted', 'undecided'],
  ['its attribute', { 'Fn::GetAtt': ['Vpn', 'VPNGatewayId'] }, 'refuted', 'refuted', 'undecided'],
  ['the id of one', 'vgw-0123456789abcdef0', 'refuted', 'refuted', 'undecided'],
  ['a NAT gateway', { Ref: 'Nat' }, 'refuted', 'proved', 'proved'],
  ['the id of one', 'nat-0123456789abcdef0', 'refuted', 'proved', 'proved'],
  ['another kind of id', 'vpce-0123456789abcdef0', 'undecided', 'undecided', 'undecided'],
  ['a parameter', given, 'undecided', 'undecided', 'undecided', free()],
  ['a default', given, 'undecided', 'undecided', 'undecided', free({ Default: 'igw-0123456789abcdef0' })],
  ['a default of a VPN', given, 'refuted', 'refuted', 'undecided', free({ Default: 'vgw-0123456789abcdef0' })],
  ['allowed values', given, 'proved', 'proved', 'proved', free({ AllowedValues: ['igw-1', 'igw-2'] })],
  ['one of them of a VPN', given, 'refuted', 'refuted', 'undecided', free({ AllowedValues: ['igw-1', 'vgw-2'] })],
  ['an import', { 'Fn::ImportValue': 'gateway' }, 'undecided', 'undecided', 'undecided'],
  ['what is stored', '{{resolve:ssm:/gateway}}', 'undecided', 'undecided', 'undecided'],
  ['an attribute that nobody knows', { 'Fn::GetAtt': ['Finder', 'Id'] }, 'undecided', 'undecided', 'undecided'],
  [
    'a VPN gateway in one region',
    { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'G'] },
    'refuted',
    'refuted',
    'undecided',
    maps,
  ],
]

describe.each(ways)('%s', (_, value, out, sideDoor, entrance, more = () => {}) => {
  const edit = both(route(value), more)
  test('as a way out', () => expect(egress(edit)).toBe(out))
  test('as a door', () => expect(door(edit)).toBe(sideDoor))
  test('as a way in', () => expect(verdict('sole-entrance', edit)).toBe(entrance))
})

test.each([
  ['--parameter', 'Given=igw-0123456789abcdef0', 'proved', 'proved'],
  ['--parameter', 'Given=vgw-0123456789abcdef0', 'refuted', 'refuted'],
  ['--allow', 'vpn:Way', 'proved', 'proved'],
])('%s %s settles a parameter', (flag, value, out, sideDoor) => {
  const edit = both(route(given), free())
  expect(egress(edit, [flag, value])).toBe(out)
  expect(door(edit, [flag, value])).toBe(sideDoor)
})

test('a map refutes for the region in which it leads to a VPN', () => {
  const edit = both(route({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'G'] }), maps)
  for (const id of ['bounded-egress', 'no-side-door'])
    expect(claim(id, edit, {}, id === 'bounded-egress' ? 'Service' : undefined).when).toEqual({
      'AWS::Region': 'eu-west-1',
    })
})
