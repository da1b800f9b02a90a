// Routes to prefix lists of the templates lead to the ranges in them, and to no others.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { overlaps, parseRange, type Range } from '../../verifier/resolve/cidr.ts'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit, free } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const list = (cidrs: readonly Json[], AddressFamily = 'IPv4'): Json => ({
  Type: 'AWS::EC2::PrefixList',
  Properties: {
    PrefixListName: 'x',
    AddressFamily,
    MaxEntries: cidrs.length,
    Entries: cidrs.map((Cidr) => ({ Cidr })),
  },
})
const route = (DestinationPrefixListId: Json, more: Json = { NatGatewayId: 'nat-1' }): Json => ({
  Type: 'AWS::EC2::Route',
  Properties: { RouteTableId: { Ref: 'RouteTable' }, DestinationPrefixListId, ...more },
})
const out = (CidrIp: Json): Json => ({
  Type: 'AWS::EC2::SecurityGroupEgress',
  Properties: { GroupId: { Ref: 'TaskGroup' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp },
})
const listed = (cidrs: readonly Json[], rule: Json): Edit =>
  add({ List: list(cidrs), ToList: route({ Ref: 'List' }), Out: out(rule) })
const egress = (edit: Edit, flags: readonly string[] = []) => claim('bounded-egress', edit, declarationsOf(flags))

const outside = fc.constantFrom(
  '172.16.0.0/12',
  '172.20.0.0/16',
  '192.168.0.0/16',
  '192.168.7.0/24',
  '8.8.8.0/24',
  '9.0.0.0/8',
)

describe('egress', () => {
  test('is refuted where a range of the list and the rule overlap, and proved where none does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(outside, { minLength: 1, maxLength: 3 }), outside, (cidrs, rule) => {
        const range = (text: string): Range => parseRange(text) as Range
        const isMet = cidrs.some((each) => overlaps(range(each), range(rule)))
        expect(egress(listed(cidrs, rule)).verdict).toBe(isMet ? 'refuted' : 'proved')
      }),
      { numRuns: 40 },
    )
  })
  test('an entry by parameter is asked for, and decides', () => {
    const edit = both(listed([{ Ref: 'Given' }], '192.168.0.0/16'), free())
    expect(egress(edit).unknowns?.map(({ settle }) => settle)).toEqual(['--parameter Given=VALUE'])
    expect(egress(edit, ['--parameter', 'Given=192.168.1.0/24']).verdict).toBe('refuted')
    expect(egress(edit, ['--parameter', 'Given=172.16.0.0/12']).verdict).toBe('proved')
  })
  test('a list from outside may hold anything, and the printed flag settles it', () => {
    const edit = add({ ToList: route('pl-1234'), Out: out('192.168.0.0/16') })
    const found = egress(edit)
    expect([found.verdict, found.unknowns?.[0]?.settle]).toEqual(['undecided', '--allow egress:192.168.0.0/16:443'])
    expect(egress(edit, ['--allow', 'egress:192.168.0.0/16:443']).verdict).toBe('proved')
  })
  test('a list that IPAM fills may hold anything', () => {
    const filled = add({
      Fills: {
        Type: 'AWS::EC2::IPAMPrefixListResolverTarget',
        Properties: { PrefixListId: { Ref: 'List' }, IpamPrefixListResolverId: 'r-1', PrefixListRegion: 'eu-west-1' },
      },
    })
    expect(egress(both(listed(['172.16.0.0/12'], '192.168.0.0/16'), filled)).verdict).toBe('undecided')
  })
  test('IPv6 only leads nowhere for tasks without an address of it', () => {
    const edit = add({ List: list(['2001:db8::/32'], 'IPv6'), ToList: route({ Ref: 'List' }), Out: out('0.0.0.0/0') })
    expect(egress(edit).verdict).toBe('proved')
  })
})

describe('a list that something else may fill holds anything', () => {
  const admitted = (entries: readonly Json[], properties: Json = {}): Edit =>
    add({
      List: { ...list(entries), Properties: { ...list(entries).Properties, ...properties } },
      In: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { Ref: 'BalancerGroup' }, IpProtocol: '-1', SourcePrefixListId: { Ref: 'List' } },
      },
    })
  const entrance = (edit: Edit, flags: readonly string[] = []): string =>
    claim('sole-entrance', edit, declarationsOf(flags), 'LoadBalancer').verdict
  const fillers: readonly (readonly [string, Json])[] = [
    ['a program', { Type: 'Custom::Filler', Properties: { ServiceToken: 'x', List: { Ref: 'List' } } }],
    [
      'a program that is given its ARN',
      { Type: 'Custom::Filler', Properties: { ServiceToken: 'x', List: { 'Fn::GetAtt': ['List', 'Arn'] } } },
    ],
    [
      'a stack',
      {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'https://x/y', Parameters: { L: { Ref: 'List' } } },
      },
    ],
    ['a type of tomorrow', { Type: 'AWS::EC2::PrefixListOfTomorrow', Properties: { PrefixListId: { Ref: 'List' } } }],
  ]
  test('alone, an empty list admits nothing', () => expect(entrance(admitted([]))).toBe('proved'))
  test.each(fillers)('%s', (_, Filler) => {
    const filled = both(admitted([]), add({ Filler }))
    expect(entrance(filled)).toBe('undecided')
    expect(entrance(filled, ['--assume', 'List.ingress=none', '--assume', 'Filler.opens=none'])).toBe('proved')
    expect(egress(both(listed(['172.16.0.0/12'], '192.168.0.0/16'), add({ Filler }))).verdict).toBe('undecided')
  })
  test('by a property that nobody knows', () => expect(entrance(admitted([], { Of2030: 'all' }))).toBe('undecided'))
  test('what only shows it fills nothing', () => {
    const Shown = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'List' } } }
    expect(entrance(both(admitted([]), add({ Shown })))).toBe('proved')
  })
})

test('a route to a list says that its ranges lie there, and no others', () => {
  const peering = {
    Peer: { Type: 'AWS::EC2::VPCPeeringConnection', Properties: { VpcId: { Ref: 'Vpc' }, PeerVpcId: 'vpc-1' } },
    ToList: route({ Ref: 'List' }, { VpcPeeringConnectionId: { Ref: 'Peer' } }),
  }
  const admitted = (CidrIp: string): Edit =>
    add({
      ...peering,
      List: list(['192.168.0.0/16']),
      In: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { Ref: 'BalancerGroup' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp },
      },
    })
  const judged = (cidr: string): string => claim('sole-entrance', admitted(cidr), {}, 'LoadBalancer').verdict
  expect([judged('192.168.1.0/24'), judged('172.16.0.0/12')]).toEqual(['refuted', 'undecided'])
})
