// Load balancers that no listener of the templates shows: a network load balancer passes on the address of its client,
// so a range that no host of the VPC has may come in through one.
import { describe, expect, test } from '@jest/globals'
import { add, both, type Edit, judge } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const elb = 'AWS::ElasticLoadBalancingV2::'
const ref = (Ref: string): Json => ({ Ref })
const foreign = (kind: string): string =>
  `arn:aws:elasticloadbalancing:eu-central-1:111122223333:${kind}/x/0123456789abcdef`

type Target = { readonly id: string; readonly group: string; readonly port: number; readonly targets: Json }
const targets: Readonly<Record<string, Target>> = {
  'the load balancer': {
    id: 'LoadBalancer',
    group: 'BalancerGroup',
    port: 443,
    targets: { TargetType: 'alb', Targets: [{ Id: ref('LoadBalancer') }] },
  },
  'the tasks': { id: 'Service', group: 'TaskGroup', port: 8080, targets: { TargetType: 'ip' } },
}

const admits = ({ group, port }: Target, CidrIp: string): Edit =>
  add({
    Admits: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: ref(group), IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp },
    },
  })
const registered =
  (arn: Json): Edit =>
  ({ Resources }) => {
    Resources.Service.Properties.LoadBalancers.push({ ContainerName: 'app', ContainerPort: 8080, TargetGroupArn: arn })
  }
const group = ({ id, port, targets: more }: Target): Edit =>
  both(
    add({
      Group: { Type: `${elb}TargetGroup`, Properties: { Port: port, Protocol: 'TCP', VpcId: ref('Vpc'), ...more } },
    }),
    id === 'Service' ? registered(ref('Group')) : () => {},
  )
const network = (Scheme: string): Json => ({
  Type: `${elb}LoadBalancer`,
  Properties: { Type: 'network', Scheme, Subnets: [ref('SubnetA')], SecurityGroups: [ref('FrontGroup')] },
})
const listener = (LoadBalancerArn: Json): Json => ({
  Type: `${elb}Listener`,
  Properties: {
    LoadBalancerArn,
    Port: 80,
    Protocol: 'TCP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Group') }],
  },
})
const output =
  (Value: Json): Edit =>
  (template) => {
    template.Outputs = { Leaving: { Value, Export: { Name: 'leaving' } } }
  }
const frontGroup = add({
  FrontGroup: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'front', VpcId: ref('Vpc'), SecurityGroupIngress: [] },
  },
})
const stored = add({
  Stored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: '/group', Value: ref('Group') } },
})
const addresses = (scheme: string, ids: Json): Edit =>
  both(
    frontGroup,
    add({
      Group: {
        Type: `${elb}TargetGroup`,
        Properties: { TargetType: 'ip', Port: 443, Protocol: 'TCP', VpcId: ref('Vpc'), Targets: ids },
      },
      Front: network(scheme),
      FrontListener: listener(ref('Front')),
    }),
  )

const open: Readonly<Record<string, (target: Target) => Edit>> = {
  'a target group that an output hands on': (target) => both(group(target), output(ref('Group'))),
  'a target group that is stored': (target) => both(group(target), stored),
  'a listener of a load balancer from outside': (target) =>
    both(group(target), add({ FrontListener: listener(foreign('loadbalancer/net')) })),
  'a network load balancer that sends to an address': () => addresses('internet-facing', [{ Id: '10.0.0.7' }]),
  'a network load balancer that sends to an unknown address': () =>
    both(addresses('internet-facing', [{ Id: ref('Address') }]), (template) => {
      template.Parameters = { Address: { Type: 'String' } }
    }),
}
const closed: Readonly<Record<string, (target: Target) => Edit>> = {
  'a target group of nobody': (target) => group(target),
  'an internal one that sends to an address': () => addresses('internal', [{ Id: '10.0.0.7' }]),
}

const verdicts = (id: string, edit: Edit): readonly string[] =>
  judge(edit).flatMap(({ id: claim, target, verdict }) =>
    target === id && (claim === 'sole-entrance' || claim === 'no-internet-path') ? [verdict] : [],
  )

describe.each(Object.entries(targets))('%s', (_, target) => {
  test.each(Object.entries(open))('and %s', (_front, make) => {
    expect(verdicts(target.id, both(make(target), admits(target, '8.0.0.0/8')))).not.toContain('proved')
    const byGroup = verdicts(target.id, make(target))
    expect(byGroup).not.toContain('refuted')
    expect(byGroup).toHaveLength(2)
  })

  test.each(Object.entries(open))('and %s, for addresses of private networks', (_front, make) => {
    expect(verdicts(target.id, both(make(target), admits(target, '192.168.0.0/16')))[1]).toBe('proved')
  })

  test.each(Object.entries(closed))('and %s', (_front, make) => {
    expect(verdicts(target.id, both(make(target), admits(target, '8.0.0.0/8')))).toEqual(['proved', 'proved'])
  })
})

describe('a load balancer that others may make the endpoint of an accelerator', () => {
  const balancer = targets['the load balancer'] as Target
  const gateway = add({
    Igw: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
    Attached: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Igw') },
    },
  })
  const arn = ref('LoadBalancer')
  const name = { 'Fn::GetAtt': ['LoadBalancer', 'LoadBalancerFullName'] }
  const leaving: readonly (readonly [string, Edit])[] = [
    ['an output', output(arn)],
    ['an output of its name', output(name)],
    ['what is stored', add({ Stored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: arn } } })],
  ]
  const both8 = both(gateway, admits(balancer, '8.0.0.0/8'))
  test.each(leaving)('leaves by %s', (_, leaves) => {
    expect(verdicts('LoadBalancer', both(leaves, both8))).toEqual(['undecided', 'undecided'])
    expect(verdicts('LoadBalancer', both(leaves, admits(balancer, '8.0.0.0/8')))).toEqual(['proved', 'proved'])
    expect(verdicts('LoadBalancer', both(leaves, gateway))).toEqual(['proved', 'proved'])
    expect(verdicts('LoadBalancer', both(leaves, gateway, admits(balancer, '192.168.0.0/16')))).toEqual([
      'proved',
      'proved',
    ])
  })

  test('does not leave by its name in DNS', () => {
    const leaves = output({ 'Fn::GetAtt': ['LoadBalancer', 'DNSName'] })
    expect(verdicts('LoadBalancer', both(leaves, both8))).toEqual(['proved', 'proved'])
  })
})

test('tasks in a target group from outside', () => {
  const tasks = targets['the tasks'] as Target
  for (const arn of [foreign('targetgroup'), { 'Fn::ImportValue': 'group' }])
    expect(verdicts('Service', both(registered(arn), admits(tasks, '8.0.0.0/8')))).toEqual(['undecided', 'undecided'])
})
