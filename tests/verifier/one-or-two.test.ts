// Two things from outside that are written differently: two, by an assumption that is printed, unless the template itself
// gives both the same value.
import { describe, expect, test } from '@jest/globals'
import { verify } from '../../verifier/index.ts'
import { declarationsOf } from '../support/flags.ts'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'

const ref = (Ref: string): Json => ({ Ref })
const all = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }

type Case = {
  /** What is declared of `One`, so that only `Other` can open it. */
  readonly flags: readonly string[]
  readonly claim: readonly [string, string]
  readonly literal: string
  readonly make: (resources: Json, other: Json) => void
}

const cases: Readonly<Record<string, Case>> = {
  "a rule of a group and the load balancer's group": {
    flags: ['--assume', 'One.ingress=none', '--assume', 'One.carriers=LoadBalancer', '--assume', 'One.egress=none'],
    claim: ['sole-entrance', 'LoadBalancer'],
    literal: 'sg-0123456789abcdef0',
    make: (resources, other) => {
      resources.LoadBalancer.Properties.SecurityGroups = [ref('One')]
      for (const id of ['BalancerFromLink', 'BalancerToTask']) resources[id].Properties.GroupId = ref('One')
      resources.LinkToBalancer.Properties.DestinationSecurityGroupId = ref('One')
      resources.TaskFromBalancer.Properties.SourceSecurityGroupId = ref('One')
      resources.Opener = { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: other, ...all } }
    },
  },
  'an interface in a group and the group that a rule admits': {
    flags: ['--assume', 'One.carriers=none'],
    claim: ['sole-entrance', 'LoadBalancer'],
    literal: 'sg-0123456789abcdef0',
    make: (resources, other) => {
      resources.Admits = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: ref('BalancerGroup'), IpProtocol: '-1', SourceSecurityGroupId: ref('One') },
      }
      resources.Opener = {
        Type: 'AWS::EC2::NetworkInterface',
        Properties: { SubnetId: ref('SubnetA'), GroupSet: [other] },
      }
    },
  },
  "a route of a table and the tasks' table": {
    flags: ['--assume', 'One.routes=none'],
    claim: ['bounded-egress', 'Service'],
    literal: 'rtb-0123456789abcdef0',
    make: (resources, other) => {
      resources.AssociationA.Properties.RouteTableId = ref('One')
      resources.Out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: ref('TaskGroup'), ...all } }
      resources.Opener = {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: other,
          DestinationCidrBlock: '0.0.0.0/0',
          NatGatewayId: 'nat-0123456789abcdef0',
        },
      }
    },
  },
  "an association of a subnet and the tasks' subnet": {
    flags: ['--assume', 'One.routes=none'],
    claim: ['bounded-egress', 'Service'],
    literal: 'subnet-0123456789abcdef0',
    make: (resources, other) => {
      resources.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = [ref('One')]
      resources.Out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: ref('TaskGroup'), ...all } }
      resources.Table = { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } }
      resources.Route = {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: ref('Table'),
          DestinationCidrBlock: '0.0.0.0/0',
          NatGatewayId: 'nat-0123456789abcdef0',
        },
      }
      resources.Opener = {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: other, RouteTableId: ref('Table') },
      }
    },
  },
}

const judged = (
  { flags, claim: [id, target], make }: Case,
  other: Json,
  parameters: Json,
  more: readonly string[] = [],
) => {
  const template: Json = structuredClone(isolated.template)
  template.Parameters = { One: { Type: 'String' }, Other: { Type: 'String' }, ...parameters }
  make(template.Resources, other)
  const { claims } = verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    declarations: declarationsOf([...flags, ...more]),
  })
  return claims.find((each) => each.id === id && each.target === target)
}

describe.each(Object.entries(cases))('%s', (_, each) => {
  const forms: readonly (readonly [string, Json, string])[] = [
    ['another parameter', ref('Other'), 'the parameter Other'],
    ['an import', { 'Fn::ImportValue': 'Shared' }, 'the import Shared'],
    ['a literal', each.literal, `the literal ${each.literal}`],
  ]
  test.each(forms)('are two when one is %s, and the proof says so', (_form, other, name) => {
    const found = judged(each, other, {})
    const names = ['the parameter One', name].sort().join(' and ')
    expect(found?.verdict).toBe('proved')
    expect(found?.assumed).toContain(`${names} name two different things`)
  })

  const sameDefault = {
    One: { Type: 'String', Default: each.literal },
    Other: { Type: 'String', Default: each.literal },
  }
  test('may be one when both have the same default', () => {
    expect(judged(each, ref('Other'), sameDefault)?.verdict).not.toBe('proved')
    expect(judged(each, each.literal, sameDefault)?.verdict).not.toBe('proved')
  })

  test('are two when the command line gives them two values', () => {
    const other = each.literal.replace('0', '1')
    const given = ['--parameter', `One=${each.literal}`, '--parameter', `Other=${other}`]
    const found = judged(each, ref('Other'), sameDefault, given)
    expect(found?.assumed?.filter((text) => text.includes('two different things'))).toEqual([])
  })

  test('and one when it gives them the same', () => {
    const given = ['--parameter', `One=${each.literal}`, '--parameter', `Other=${each.literal}`]
    expect(judged(each, ref('Other'), {}, given)?.verdict).toBe('refuted')
  })
})
