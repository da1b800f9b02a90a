// Two things from outside that are written differently: two, by an assumption that is printed, unless the template itself
// gives both the same value. What may be anything may be either, and so may a resource of another template.
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
  /** What is said when both are one. */
  readonly asOne?: 'undecided'
  /** What another template creates, as `Thing`, and what it does with it; no `Opener` is left in the first one then. */
  readonly elsewhere?: Json
}

const listenerArn =
  'arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/x/0123456789abcdef/0123456789abcdef'
const shop = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-stack', Values: [ref('AWS::StackName')] } }

/** The load balancer is elsewhere: its listener is `One`, its group `Group`. */
function onOutsideListener(resources: Json): void {
  for (const id of ['LoadBalancer', 'Listener', 'BalancerGroup']) delete resources[id]
  delete resources.Service.DependsOn
  resources.LinkToBalancer.Properties.DestinationSecurityGroupId = ref('Group')
  for (const id of ['BalancerFromLink', 'BalancerToTask']) resources[id].Properties.GroupId = ref('Group')
  resources.TaskFromBalancer.Properties.SourceSecurityGroupId = ref('Group')
  Object.assign(resources.Integration.Properties, {
    IntegrationUri: ref('One'),
    RequestParameters: { 'overwrite:header.x-stack': ref('AWS::StackName') },
  })
  resources.Rule = {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: ref('One'),
      Priority: 10,
      Conditions: [shop],
      Actions: [{ Type: 'forward', TargetGroupArn: ref('TargetGroup') }],
    },
  }
}

/** A copy of everything that makes the API, with a way of its own. */
function secondApi(resources: Json, IntegrationUri: Json): void {
  for (const id of ['Api', 'Stage', 'Authorizer', 'Integration', 'Route'])
    resources[`${id}2`] = JSON.parse(
      JSON.stringify(resources[id])
        .replaceAll('{"Ref":"Api"}', '{"Ref":"Api2"}')
        .replace('{"Ref":"Authorizer"}', '{"Ref":"Authorizer2"}')
        .replace('${Integration}', '${Integration2}'),
    )
  delete resources.Api2.Properties.DisableExecuteApiEndpoint
  resources.Integration2.Properties.IntegrationUri = IntegrationUri
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
    elsewhere: {
      Thing: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', SecurityGroupIngress: [all] } },
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
    elsewhere: {
      Thing: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } },
      Opener: {
        Type: 'AWS::EC2::NetworkInterface',
        Properties: { SubnetId: 'subnet-0123456789abcdef0', GroupSet: [ref('Thing')] },
      },
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
    elsewhere: {
      Thing: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'vpc-0123456789abcdef0' } },
      Opener: {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: ref('Thing'),
          DestinationCidrBlock: '0.0.0.0/0',
          NatGatewayId: 'nat-0123456789abcdef0',
        },
      },
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
    elsewhere: {
      Thing: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-0123456789abcdef0', CidrBlock: '10.0.9.0/24' } },
      OtherTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'vpc-0123456789abcdef0' } },
      Opener: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: ref('Thing'), RouteTableId: ref('OtherTable') },
      },
    },
  },
  'the listener of another API and that of a rule': {
    flags: [],
    claim: ['own-services-only', 'Service'],
    literal: listenerArn,
    make: (resources, other) => {
      onOutsideListener(resources)
      secondApi(resources, other)
    },
  },
  'the listener of a rule that answers everything and that of the API': {
    flags: ['--assume', 'Group.carriers=One'],
    claim: ['way-in-exists', 'Service'],
    literal: listenerArn,
    make: (resources, other) => {
      onOutsideListener(resources)
      resources.Opener = {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: {
          ListenerArn: other,
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['*'] } }],
          Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
        },
      }
    },
    asOne: 'undecided',
  },
}

const judged = (
  { flags, claim: [id, target], make }: Case,
  other: Json,
  parameters: Json,
  more: readonly string[] = [],
  change: (resources: Json) => Json | undefined = () => undefined,
) => {
  const template: Json = structuredClone(isolated.template)
  const string = { Type: 'String' }
  template.Parameters = { One: string, Other: string, Group: string, ...parameters }
  make(template.Resources, other)
  const second = change(template.Resources)
  const templates = second ? [template, { Resources: second }] : [template]
  const { claims } = verify({
    templates: templates.map((each, index) => ({ path: `${index}.json`, text: JSON.stringify(each) })),
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
    expect(judged(each, ref('Other'), {}, given)?.verdict).toBe(each.asOne ?? 'refuted')
  })

  const opaque: Json = {
    Custom: {
      Type: 'Custom::Any',
      Properties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:x' },
    },
    Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3.amazonaws.com/b/t.yaml' } },
  }
  test.each<[string, Json, string]>([
    ['an attribute of a custom resource', { 'Fn::GetAtt': ['Custom', 'Id'] }, 'Custom'],
    ['what a custom resource is called', ref('Custom'), 'Custom'],
    ['an output of a stack that is not read', { 'Fn::GetAtt': ['Nested', 'Outputs.Id'] }, 'Nested'],
    ['the result of a macro', { 'Fn::Transform': { Name: 'Macro', Parameters: {} } }, ''],
  ])('may be one when one is %s', (_form, other, id) => {
    const found = judged(each, other, {}, [], (resources) => {
      if (id) resources[id] = opaque[id]
      return undefined
    })
    expect(found?.verdict).toBe('undecided')
  })

  const { elsewhere } = each
  if (elsewhere)
    test('may be one when another template creates one of them', () => {
      const found = judged(each, ref('Other'), {}, [], (resources) => {
        delete resources.Opener
        return elsewhere
      })
      expect(found?.verdict).toBe('undecided')
      const alone = judged(each, ref('Other'), {}, [], (resources) => {
        delete resources.Opener
        return undefined
      })
      expect(alone?.verdict).toBe('proved')
    })
})

test('a subnet is never taken for a group, so nothing is assumed of the two', () => {
  const each = cases['an interface in a group and the group that a rule admits'] as Case
  const found = judged(
    {
      ...each,
      make: (resources, other) => {
        each.make(resources, 'sg-0fedcba9876543210')
        resources.Opener.Properties.SubnetId = other
      },
    },
    ref('Other'),
    {},
  )
  expect(found?.verdict).toBe('proved')
  expect(found?.assumed?.filter((text) => /Other.* different things/.test(text))).toEqual([])
})
