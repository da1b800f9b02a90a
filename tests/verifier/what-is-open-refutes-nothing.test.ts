// What a parameter, a map or an import decides is no yes before it is known: each value is looked at by itself, and what
// stays open leaves the claim undecided.
import { describe, expect, test } from '@jest/globals'
import { add, both, claim, type Edit, free, judge, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

type Said = readonly [verdict: string, when?: Json]
const said = (id: string, edit: Edit): Said => {
  const { verdict, when } = claim(id, edit)
  return when === undefined ? [verdict] : [verdict, when]
}

const given = { Ref: 'Given' }
const imported: Json = { 'Fn::ImportValue': 'Elsewhere' }
const choice = (...AllowedValues: Json[]): Edit => free({ AllowedValues })
const byRegion = (...values: Json[]): Edit => {
  const regions = ['us-east-1', 'eu-west-1']
  return (template) => {
    template.Mappings = { M: Object.fromEntries(values.map((V, index) => [regions[index], { V }])) }
  }
}
const looked: Json = { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'V'] }
const inEurope = { 'AWS::Region': 'eu-west-1' }

/** A value in three forms: harmless whatever is chosen, harmful with one choice, and from outside. */
function forms(harmless: readonly [Json, Json], harmful: Json, place: (value: Json) => Edit): [string, Edit, Said][] {
  return [
    ['a parameter that is harmless', both(choice(...harmless), place(given)), ['proved']],
    ['a parameter', both(choice(harmless[0], harmful), place(given)), ['refuted', { Given: String(harmful) }]],
    ['a map that is harmless', both(byRegion(...harmless), place(looked)), ['proved']],
    ['a map', both(byRegion(harmless[0], harmful), place(looked)), ['refuted', inEurope]],
    ['an import', place(imported), ['undecided']],
  ]
}

const ingress = (peer: Json, port = 443): Json => ({
  Extra: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: { Ref: 'BalancerGroup' }, IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer },
  },
})

describe('the port of a second listener', () => {
  const place = (Port: Json): Edit =>
    both(
      add(ingress({ CidrIp: '0.0.0.0/0' }, 9443)),
      add({
        Second: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: {
            LoadBalancerArn: { Ref: 'LoadBalancer' },
            Port,
            Protocol: 'HTTPS',
            Certificates: [{ CertificateArn: { Ref: 'Certificate' } }],
            DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
          },
        },
      }),
    )
  test.each(forms([8443, 9444], 9443, place))('%s', (_, edit, expected) => {
    expect(said('sole-entrance', edit)).toEqual(expected)
  })

  test('a rule for nobody but the link needs no port', () => {
    const ports = (Port: Json): Edit =>
      both(
        free({ Type: 'Number' }),
        put('Listener.Properties.Port', Port),
        put('BalancerFromLink.Properties.FromPort', Port),
        put('BalancerFromLink.Properties.ToPort', Port),
      )
    expect(said('sole-entrance', ports(given))).toEqual(['proved'])
    expect(said('sole-entrance', ports(imported))).toEqual(['proved'])
  })

  test('all ports are open whatever it is', () => {
    const all = put('Extra.Properties', {
      GroupId: { Ref: 'BalancerGroup' },
      IpProtocol: 'tcp',
      FromPort: 0,
      ToPort: 65535,
      CidrIp: '0.0.0.0/0',
    })
    expect(said('sole-entrance', both(place(imported), all))[0]).toBe('refuted')
  })
})

describe('whether there is an address of IPv6', () => {
  const place = (type: Json): Edit =>
    both(add(ingress({ CidrIpv6: '::/0' })), put('LoadBalancer.Properties.IpAddressType', type))
  test.each(forms(['ipv4', 'ipv4'], 'dualstack', place))('of a load balancer, by %s', (_, edit, expected) => {
    expect(said('sole-entrance', edit)).toEqual(expected)
  })

  test('of tasks in subnets from outside', () => {
    const open = add({
      Extra: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { Ref: 'TaskGroup' }, IpProtocol: '-1', CidrIpv6: '::/0' },
      },
    })
    const network = 'Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets'
    const ofTasks = (edit: Edit) => judge(edit).find(({ id, target }) => id === 'sole-entrance' && target === 'Service')
    expect(ofTasks(both(free(), open, put(network, [given])))?.verdict).toBe('undecided')
    expect(ofTasks(open)?.verdict).toBe('proved')
    const dual = put('SubnetA.Properties.Ipv6CidrBlock', '2001:db8::/64')
    expect(ofTasks(both(open, dual))?.verdict).toBe('refuted')
  })
})

/** A second service and API on the load balancer, kept apart by a header. */
const two: Edit = (template) => {
  const { Resources: all } = template
  const copy = (name: string, change: (resource: Json) => void): Json => {
    const resource = structuredClone(all[name])
    change(resource.Properties)
    return resource
  }
  const rule = (Priority: number, value: string, group: string): Json => ({
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: { Ref: 'Listener' },
      Priority,
      Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-app', Values: [value] } }],
      Actions: [{ Type: 'forward', TargetGroupArn: { Ref: group } }],
    },
  })
  const ofSecond =
    (change: (properties: Json) => void = () => {}) =>
    (properties: Json): void => {
      properties.ApiId = { Ref: 'ApiB' }
      change(properties)
    }
  Object.assign(all, {
    RuleA: rule(10, 'a', 'TargetGroup'),
    RuleB: rule(20, 'b', 'TargetGroupB'),
    TargetGroupB: copy('TargetGroup', () => {}),
    ServiceB: copy('Service', (service) => {
      service.LoadBalancers[0].TargetGroupArn = { Ref: 'TargetGroupB' }
    }),
    ApiB: copy('Api', () => {}),
    IntegrationB: copy(
      'Integration',
      ofSecond((it) => (it.RequestParameters = { 'overwrite:header.x-app': 'b' })),
    ),
    AuthorizerB: copy('Authorizer', ofSecond()),
    RouteB: copy(
      'Route',
      ofSecond((it) =>
        Object.assign(it, {
          Target: { 'Fn::Sub': 'integrations/${IntegrationB}' },
          AuthorizerId: { Ref: 'AuthorizerB' },
        }),
      ),
    ),
    StageB: copy('Stage', ofSecond()),
    DomainB: copy('Domain', (it) => (it.DomainName = 'b.example.com')),
    MappingB: copy(
      'Mapping',
      ofSecond((it) => Object.assign(it, { DomainName: { Ref: 'DomainB' }, Stage: { Ref: 'StageB' } })),
    ),
  })
  all.Listener.Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]
  all.Integration.Properties.RequestParameters = { 'overwrite:header.x-app': 'a' }
}
const apart = (target: string, edit: Edit): Said => {
  const found = judge(both(two, edit)).find((each) => each.id === 'own-services-only' && each.target === target)
  if (!found) throw new Error(`own-services-only of ${target} is not judged`)
  return found.when === undefined ? [found.verdict] : [found.verdict, found.when]
}

describe('services behind one load balancer', () => {
  test('are kept apart', () => {
    expect(apart('Service', () => {})).toEqual(['proved'])
    expect(apart('ServiceB', () => {})).toEqual(['proved'])
  })

  // RuleB takes the requests of both, and is not met by those of Api while RuleA comes first.
  const both_ = put('RuleB.Properties.Conditions', [
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-app', Values: ['a', 'b'] } },
  ])
  test.each(forms([20, 30], 5, (value) => both(both_, put('RuleB.Properties.Priority', value))))(
    'by the order of rules, %s',
    (_, edit, expected) => {
      expect(apart('ServiceB', edit)).toEqual(expected)
    },
  )

  test.each(
    forms(['b', 'c'], 'a', (value) =>
      put('IntegrationB.Properties.RequestParameters', { 'overwrite:header.x-app': value }),
    ),
  )('by a header, %s', (_, edit, expected) => {
    expect(apart('Service', edit)).toEqual(expected)
  })

  test.each(
    forms(['c', 'd'], 'b', (value) =>
      put('RuleA.Properties.Conditions', [
        { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-app', Values: ['a', value] } },
      ]),
    ),
  )('by what a rule demands, %s', (_, edit, expected) => {
    expect(apart('Service', edit)).toEqual(expected)
  })

  test('a header that is the same parameter on both sides leads in', () => {
    const header = (value: Json): Json => ({ HttpHeaderName: 'x-app', Values: [value] })
    const demanded = (value: Json): Edit =>
      both(
        free(),
        two,
        (template) => {
          for (const name of Object.keys(template.Resources))
            if (/^(?:Api|Rule|Route|Integration|Authorizer|Stage|Domain|Mapping|Service|TargetGroup)B$/.test(name))
              delete template.Resources[name]
        },
        put('RuleA.Properties.Conditions', [{ Field: 'http-header', HttpHeaderConfig: header(value) }]),
        put('Integration.Properties.RequestParameters', { 'overwrite:header.x-app': given }),
      )
    expect(said('way-in-exists', demanded(given))).toEqual(['proved'])
    expect(said('way-in-exists', demanded('a'))).toEqual(['undecided'])
  })

  test.each<[string, Json, string]>([
    ['what the client sends', '$request.header.x-app', 'refuted'],
    ['a text with what the client sends', 'a${request.querystring.x}', 'refuted'],
  ])('by a header that is %s', (_, value, expected) => {
    const edit = put('IntegrationB.Properties.RequestParameters', { 'overwrite:header.x-app': value })
    expect(apart('Service', edit)[0]).toBe(expected)
  })
})

describe('a REST API', () => {
  const rest =
    (Effect: Json): Edit =>
    (template) => {
      const { Resources: all } = template
      for (const [name, { Type }] of Object.entries<Json>(all))
        if (Type.startsWith('AWS::ApiGatewayV2::') && name !== 'Link') delete all[name]
      Object.assign(all, {
        Rest: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: {
            Name: 'rest',
            Policy: { Statement: [{ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] },
          },
        },
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: {
            RestApiId: { Ref: 'Rest' },
            ResourceId: { 'Fn::GetAtt': ['Rest', 'RootResourceId'] },
            HttpMethod: 'ANY',
            AuthorizationType: 'NONE',
            Integration: {
              Type: 'HTTP_PROXY',
              IntegrationHttpMethod: 'ANY',
              ConnectionType: 'VPC_LINK',
              ConnectionId: { Ref: 'Link' },
              IntegrationTarget: { Ref: 'LoadBalancer' },
              Uri: 'https://api.example.com/',
            },
          },
        },
      })
    }
  test.each<[string, string, string]>([
    ['its name', 'https://api.example.com/', 'proved'],
    ['another name', 'https://other.example.com/', 'refuted'],
    ['a variable of the stage', 'https://${stageVariables.host}/', 'undecided'],
    ['a part from the stage', 'https://${stageVariables.name}.example.com/', 'undecided'],
    ['a path from the stage', 'https://api.example.com/${stageVariables.path}', 'proved'],
  ])('verifies %s', (_, uri, expected) => {
    const edit = both(rest('Deny'), put('Method.Properties.Integration.Uri', uri))
    expect(said('verified-tls', edit)).toEqual([expected])
  })

  test.each(forms(['Deny', 'Deny'], 'Allow', rest))('has a policy whose effect is given by %s', (_, edit, expected) => {
    expect(said('authorized-routes', edit)).toEqual(expected)
  })
})

describe('a right that is taken away again', () => {
  const opening = ['ec2:AuthorizeSecurityGroupIngress']
  const policy = (...Statement: Json[]): Json => ({ PolicyName: 'p', PolicyDocument: { Statement } })
  const allow = { Effect: 'Allow', Action: opening, Resource: '*' }
  const deny = (Action: Json): Json => ({ Effect: 'Deny', Action, Resource: '*' })
  const role = (more: Json): Json => ({
    Worker: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ...more,
      },
    },
  })
  const beside = (type: string, properties: Json, ...Statement: Json[]): Json => ({
    Beside: { Type: type, Properties: { PolicyName: 'b', PolicyDocument: { Statement }, ...properties } },
  })
  test.each<[string, Json, string]>([
    ['nothing', role({ Policies: [policy(allow)] }), 'refuted'],
    ['a denial of another action', role({ Policies: [policy(allow, deny('s3:*'))] }), 'refuted'],
    ['a denial of some of it', role({ Policies: [policy({ ...allow, Action: '*' }, deny('s3:*'))] }), 'refuted'],
    ['a denial in the same policy', role({ Policies: [policy(allow, deny(opening))] }), 'undecided'],
    ['a denial of more', role({ Policies: [policy(allow), policy(deny('ec2:*'))] }), 'undecided'],
    [
      'a denial of all but',
      role({ Policies: [policy(allow, { Effect: 'Deny', NotAction: 's3:*', Resource: '*' })] }),
      'undecided',
    ],
    [
      'a denial beside the role',
      {
        ...role({ Policies: [policy(allow)] }),
        ...beside('AWS::IAM::Policy', { Roles: [{ Ref: 'Worker' }] }, deny('*')),
      },
      'undecided',
    ],
    [
      'a denial in a policy of another role',
      { ...role({ Policies: [policy(allow)] }), ...beside('AWS::IAM::Policy', { Roles: ['other'] }, deny('*')) },
      'refuted',
    ],
    [
      'a boundary',
      role({ Policies: [policy(allow)], PermissionsBoundary: 'arn:aws:iam::111122223333:policy/limit' }),
      'undecided',
    ],
    [
      'a boundary of the role that a policy names',
      {
        ...role({ PermissionsBoundary: 'arn:aws:iam::111122223333:policy/limit' }),
        ...beside('AWS::IAM::Policy', { Roles: [{ Ref: 'Worker' }] }, allow),
      },
      'undecided',
    ],
  ])('%s', (_, resources, expected) => {
    expect(said('no-side-door', add(resources))[0]).toBe(expected)
  })
})
