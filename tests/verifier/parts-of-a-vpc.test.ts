// What belongs to a VPC and opens nothing by itself; what makes a way of it is judged.
import { expect, test } from '@jest/globals'
import { add, both, claim, type Edit, judge, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const vpc = { Ref: 'Vpc' }
const gateway: Json = { Gateway: { Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: { VpcId: vpc } } }
const verdicts = (edit: Edit) => new Set(judge(edit).map(({ verdict }) => verdict))

test.each<[string, Json]>([
  ['an egress-only internet gateway', gateway],
  [
    'an association with DHCP options',
    {
      Dhcp: {
        Type: 'AWS::EC2::VPCDHCPOptionsAssociation',
        Properties: { VpcId: vpc, DhcpOptionsId: 'dopt-0123456789abcdef0' },
      },
    },
  ],
])('%s opens nothing', (_, resources) => {
  expect(verdicts(add(resources))).toEqual(new Set(['proved']))
})

test('a route to the gateway is a way out for tasks with IPv6', () => {
  const edit = both(
    add(gateway),
    put('SubnetA.Properties.Ipv6CidrBlock', '2001:db8::/64'),
    add({
      Out: {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: { Ref: 'RouteTable' },
          DestinationIpv6CidrBlock: '::/0',
          EgressOnlyInternetGatewayId: { Ref: 'Gateway' },
        },
      },
      Any: {
        Type: 'AWS::EC2::SecurityGroupEgress',
        Properties: { GroupId: { Ref: 'TaskGroup' }, IpProtocol: '-1', CidrIpv6: '::/0' },
      },
    }),
  )
  expect(claim('bounded-egress', edit).verdict).toBe('refuted')
})
