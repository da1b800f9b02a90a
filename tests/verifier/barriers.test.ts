// What stops requests though routes, rules and groups would let them through.
import { describe, expect, test } from '@jest/globals'
import { add, both, claim, type Edit, free, judge, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const wayIn = (edit: Edit): string => claim('way-in-exists', edit).verdict
/** A listener that answers by itself what no rule takes, and one rule. */
const onlyByRule = (Conditions: readonly Json[], Actions: readonly Json[]): Edit =>
  both(
    put('Listener.Properties.DefaultActions', [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]),
    add({
      Rule: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
        Properties: { ListenerArn: { Ref: 'Listener' }, Priority: 1, Conditions, Actions },
      },
    }),
  )

test('nothing stands in between where nothing is added', () => expect(wayIn(() => {})).toBe('proved'))

describe('a domain looks at mappings or at rules, as it says', () => {
  const arn = { 'Fn::GetAtt': ['Domain', 'DomainNameArn'] }
  const invoke = [{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } } }]
  const rule = add({
    Rule: {
      Type: 'AWS::ApiGatewayV2::RoutingRule',
      Properties: { DomainNameArn: arn, Priority: 1, Conditions: [], Actions: invoke },
    },
  })
  const mode = (value: Json) => put('Domain.Properties.RoutingMode', value)
  const noMapping = (template: Json): void => void delete template.Resources.Mapping
  test.each([
    ['mappings only', mode('API_MAPPING_ONLY'), 'proved'],
    ['both', mode('ROUTING_RULE_THEN_API_MAPPING'), 'proved'],
    ['rules only', mode('ROUTING_RULE_ONLY'), 'refuted'],
    ['rules only, with a rule', both(mode('ROUTING_RULE_ONLY'), rule), 'proved'],
    ['a rule, and nothing said', both(rule, noMapping), 'refuted'],
    ['a rule before mappings', both(rule, noMapping, mode('ROUTING_RULE_THEN_API_MAPPING')), 'proved'],
    ['a choice', both(mode({ Ref: 'Given' }), free()), 'undecided'],
    [
      'an endpoint beside it',
      both(mode('ROUTING_RULE_ONLY'), put('Api.Properties.DisableExecuteApiEndpoint', false)),
      'proved',
    ],
  ])('%s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))
})

describe('a listener and the API have to trust each other', () => {
  const mutual = (Mode: Json) => put('Listener.Properties.MutualAuthentication', { Mode })
  const authority = 'arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/a'
  const ofPrivate = put('Certificate.Properties.CertificateAuthorityArn', authority)
  test.each([
    ['off', mutual('off'), 'proved'],
    ['handed on', mutual('passthrough'), 'proved'],
    ['demanded', mutual('verify'), 'refuted'],
    ['a choice', both(mutual({ Ref: 'Given' }), free()), 'undecided'],
    ['a default', both(mutual({ Ref: 'Given' }), free({ Default: 'verify' })), 'refuted'],
    ['of a private authority', ofPrivate, 'refuted'],
  ])('a certificate is %s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))

  test('a name on a certificate of a private authority is not verified', () => {
    expect(claim('verified-tls', ofPrivate)).toMatchObject({ verdict: 'refuted' })
    const Public = { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'api.example.com' } }
    const More = {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
      Properties: { ListenerArn: { Ref: 'Listener' }, Certificates: [{ CertificateArn: { Ref: 'Public' } }] },
    }
    const edit = both(ofPrivate, add({ Public, More }))
    expect(claim('verified-tls', edit).verdict).toBe('proved')
    expect(wayIn(edit)).toBe('proved')
  })
})

/** In the place of properties, or of one of them: what is there is in another file. */
const included: Json = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } }
const listed = { 'Fn::FindInMap': ['Words', { Ref: 'AWS::Region' }, 'it'] }
/** The first of two words in one Region, and the second in the other. */
const looked =
  (first: string, second: string): Edit =>
  (template) => {
    template.Mappings = { Words: { 'eu-west-1': { it: first }, 'us-east-1': { it: second } } }
  }

describe('a certificate that cannot be read', () => {
  const unread = put('Certificate.Properties', { DomainName: 'api.example.com', ...included })
  const Public = { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'api.example.com' } }
  const More = {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
    Properties: { ListenerArn: { Ref: 'Listener' }, Certificates: [{ CertificateArn: { Ref: 'Public' } }] },
  }
  test.each([
    ['may be of a private authority', unread, 'undecided'],
    ['does no harm beside another one', both(unread, add({ Public, More })), 'proved'],
    [
      'does not help beside a private one',
      both(
        unread,
        add({
          Public: {
            ...Public,
            Properties: {
              ...Public.Properties,
              CertificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/a',
            },
          },
          More,
        }),
      ),
      'undecided',
    ],
  ])('%s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))
})

describe('a target group gets requests by its weight', () => {
  const weighed = (...weights: Json[]) =>
    put('Listener.Properties.DefaultActions', [
      {
        Type: 'forward',
        ForwardConfig: { TargetGroups: weights.map((Weight) => ({ TargetGroupArn: { Ref: 'TargetGroup' }, Weight })) },
      },
    ])
  test.each([
    ['none', weighed(0), 'refuted'],
    ['none as text', weighed('0'), 'refuted'],
    ['some', weighed(1), 'proved'],
    ['one of two', weighed(0, 1), 'proved'],
  ])('%s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))

  test('a weight may be shifted, so that the group is still one that is forwarded to', () => {
    const open = both(
      put('LoadBalancer.Properties.Scheme', 'internet-facing'),
      put('BalancerFromLink.Properties', {
        GroupId: { Ref: 'BalancerGroup' },
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: '0.0.0.0/0',
      }),
    )
    expect(
      judge(both(open, weighed(0))).find(({ id, target }) => id === 'no-internet-path' && target === 'Service')
        ?.verdict,
    ).toBe('refuted')
  })
})

describe('an action before the one that forwards', () => {
  const forward = { Type: 'forward', Order: 2, TargetGroupArn: { Ref: 'TargetGroup' } }
  const signIn = (name: string, OnUnauthenticatedRequest?: Json): Json => ({
    Type: `authenticate-${name.toLowerCase()}`,
    Order: 1,
    [`Authenticate${name}Config`]: {
      Scope: 'openid',
      ...(OnUnauthenticatedRequest ? { OnUnauthenticatedRequest } : {}),
    },
  })
  const actions: readonly (readonly [string, readonly Json[], string])[] = [
    ['none', [forward], 'proved'],
    ['a token that clients send along', [{ Type: 'jwt-validation', Order: 1 }, forward], 'proved'],
    ...['Cognito', 'Oidc'].flatMap((name): (readonly [string, readonly Json[], string])[] => [
      [`signing in with ${name}`, [signIn(name), forward], 'undecided'],
      [`signing in with ${name}, or going away`, [signIn(name, 'deny'), forward], 'undecided'],
      [`signing in with ${name}, or not`, [signIn(name, 'allow'), forward], 'proved'],
      [`signing in with ${name}, as somebody chooses`, [signIn(name, { Ref: 'Given' }), forward], 'undecided'],
    ]),
    ['a word that nobody knows', [{ Type: 'captcha', Order: 1 }, forward], 'undecided'],
    ['an answer that names the group', [{ ...forward, Type: 'fixed-response' }], 'undecided'],
    ['a redirect that names the group', [{ ...forward, Type: 'redirect' }], 'undecided'],
    ['a kind that somebody chooses', [{ ...forward, Type: { Ref: 'Given' } }], 'undecided'],
  ]
  const inRule = (all: readonly Json[]) => onlyByRule([{ Field: 'path-pattern', Values: ['/a'] }], all)
  test.each(actions)('%s', (_, all, verdict) => {
    expect(wayIn(both(free(), put('Listener.Properties.DefaultActions', all)))).toBe(verdict)
    expect(wayIn(both(free(), inRule(all)))).toBe(verdict)
  })

  test('hides no way: what an action may stop, it may also let through', () => {
    const open = both(
      put('LoadBalancer.Properties.Scheme', 'internet-facing'),
      put('BalancerFromLink.Properties', {
        GroupId: { Ref: 'BalancerGroup' },
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: '0.0.0.0/0',
      }),
    )
    for (const name of ['Cognito', 'Oidc'])
      expect(
        judge(both(open, put('Listener.Properties.DefaultActions', [signIn(name), forward]))).find(
          ({ id, target }) => id === 'no-internet-path' && target === 'Service',
        )?.verdict,
      ).toBe('refuted')
  })
})

describe('a rule takes requests by their method', () => {
  const rule = (...Values: Json[]) =>
    onlyByRule(
      [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values } }],
      [{ Type: 'forward', TargetGroupArn: { Ref: 'TargetGroup' } }],
    )
  const key = (RouteKey: string) => put('Route.Properties.RouteKey', RouteKey)
  const sent = (method: string) => put('Integration.Properties.IntegrationMethod', method)
  test.each([
    ['that of the only route', both(rule('GET'), key('GET /a')), 'proved'],
    ['another one', both(rule('TRACE'), key('GET /a')), 'refuted'],
    ['any', both(rule('TRACE'), key('ANY /a')), 'proved'],
    ['any by default', rule('TRACE'), 'proved'],
    ['what the integration makes of it', both(rule('GET'), key('GET /a'), sent('POST')), 'refuted'],
    ['a choice', both(rule({ Ref: 'Given' }), key('GET /a'), free()), 'proved'],
  ])('%s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))
})

describe('tasks have to run', () => {
  const count = (value: Json) => put('Service.Properties.DesiredCount', value)
  const Scaled = {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { ServiceNamespace: 'ecs', MinCapacity: 1, MaxCapacity: 2 },
  }
  test.each([
    ['none', count(0), 'undecided'],
    ['none by a default', both(count({ Ref: 'Given' }), free({ Default: '0' })), 'undecided'],
    ['a number that somebody gives', both(count({ Ref: 'Given' }), free()), 'proved'],
    ['one by a default', both(count({ Ref: 'Given' }), free({ Default: '1' })), 'proved'],
    ['none, but scaled', both(count(0), add({ Scaled })), 'proved'],
    ['not said', (template: Json) => void delete template.Resources.Service.Properties.DesiredCount, 'proved'],
    ['in a file that is not here', count(included), 'undecided'],
    ['none in one Region', both(looked('1', '0'), count(listed)), 'undecided'],
    ['some in every Region', both(looked('1', '2'), count(listed)), 'proved'],
    ['in a file that is not here, but scaled', both(count(included), add({ Scaled })), 'proved'],
  ])('%s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))
})

describe('a deployment holds what was there before it', () => {
  const stage = put('Stage.Properties', {
    ApiId: { Ref: 'Api' },
    StageName: '$default',
    DeploymentId: { Ref: 'Deployed' },
  })
  const deployed = (more: Json) =>
    add({ Deployed: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId: { Ref: 'Api' } }, ...more } })
  const after = { Type: 'AWS::SNS::Topic', DependsOn: ['Route'] }
  test.each([
    ['of nothing', deployed({}), 'undecided'],
    ['of another thing', deployed({ DependsOn: 'Service' }), 'undecided'],
    ['of the route', deployed({ DependsOn: 'Route' }), 'proved'],
    ['of the route in a list', deployed({ DependsOn: ['Service', 'Route'] }), 'proved'],
    ['of what comes after the route', both(deployed({ DependsOn: 'After' }), add({ After: after })), 'proved'],
  ])('after %s', (_, edit, verdict) => expect(wayIn(both(stage, edit))).toBe(verdict))
})

describe('access lists stand before the load balancer', () => {
  const rule = (action: Json): Json => ({ Name: 'a', Priority: 1, Action: action, Statement: {} })
  const acl = (DefaultAction: Json, Rules?: Json) =>
    add({
      Acl: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: { Scope: 'REGIONAL', DefaultAction, ...(Rules ? { Rules } : {}) },
      },
      Joined: {
        Type: 'AWS::WAFv2::WebACLAssociation',
        Properties: { ResourceArn: { Ref: 'LoadBalancer' }, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
      },
    })
  test.each([
    ['allows', acl({ Allow: {} }), 'proved'],
    ['blocks', acl({ Block: {} }), 'refuted'],
    ['blocks and counts', acl({ Block: {} }, [rule({ Count: {} })]), 'refuted'],
    ['blocks all but some', acl({ Block: {} }, [rule({ Allow: {} })]), 'proved'],
    ['blocks all but what a group allows', acl({ Block: {} }, [{ Name: 'a', OverrideAction: { None: {} } }]), 'proved'],
    ['does what another file says', acl(included), 'undecided'],
    ['blocks all but what another file says', acl({ Block: {} }, included), 'undecided'],
    ['blocks, and does with some what another file says', acl({ Block: {} }, [rule(included)]), 'undecided'],
    [
      'blocks all but some, and what another file says',
      acl({ Block: {} }, [rule(included), rule({ Allow: {} })]),
      'proved',
    ],
    ['allows, and what another file says', acl({ Allow: {} }, included), 'proved'],
    ['is in another file', both(acl({ Block: {} }), put('Acl.Properties', included)), 'undecided'],
    [
      'blocks, where another file says',
      both(acl({ Block: {} }), put('Joined.Properties.ResourceArn', included)),
      'undecided',
    ],
  ])('a web ACL that %s', (_, edit, verdict) => expect(wayIn(edit)).toBe(verdict))

  const entry = (Egress: boolean, RuleAction: Json = 'allow'): Json => ({
    Type: 'AWS::EC2::NetworkAclEntry',
    Properties: {
      NetworkAclId: { Ref: 'Acl' },
      RuleNumber: 1,
      Protocol: -1,
      RuleAction,
      Egress,
      CidrBlock: '10.0.0.0/8',
    },
  })
  const network = (more: Json) =>
    add({
      Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: { Ref: 'Vpc' } } },
      Joined: {
        Type: 'AWS::EC2::SubnetNetworkAclAssociation',
        Properties: { SubnetId: { Ref: 'SubnetA' }, NetworkAclId: { Ref: 'Acl' } },
      },
      ...more,
    })
  test.each([
    ['without rules', network({}), 'undecided'],
    ['that lets in only', network({ In: entry(false) }), 'undecided'],
    ['that denies', network({ In: entry(false, 'deny'), Out: entry(true) }), 'undecided'],
    ['that lets both ways', network({ In: entry(false), Out: entry(true) }), 'proved'],
    [
      'that denies in one Region',
      both(looked('allow', 'deny'), network({ In: entry(false, listed), Out: entry(true) })),
      'undecided',
    ],
    [
      'that denies in no Region',
      both(looked('allow', 'allow'), network({ In: entry(false, listed), Out: entry(true) })),
      'proved',
    ],
    ['that does what another file says', network({ In: entry(false, included), Out: entry(true) }), 'undecided'],
    [
      'with more than another file says',
      network({ In: entry(false, included), More: entry(false), Out: entry(true) }),
      'proved',
    ],
  ])('a network ACL %s', (_, edit, verdict) => {
    expect(wayIn(edit)).toBe(verdict)
    // It can only narrow what groups and routes let through.
    for (const id of ['no-side-door', 'bounded-egress', 'no-internet-path', 'sole-entrance'])
      expect([id, claim(id, edit).verdict]).toEqual([id, 'proved'])
  })
})
