// Two APIs in front of one load balancer: who reaches whose service, against a plain simulation of the listener.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type ClaimReport, type Declarations, verify } from '../../verifier/index.ts'
import { byEffort, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'

type Condition =
  | { readonly kind: 'header'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'path' }
type Shape = {
  /** For each API, the headers that its integration overwrites, and how. */
  readonly apis: readonly (readonly (readonly [key: string, value: string])[])[]
  readonly rules: readonly { readonly conditions: readonly Condition[]; readonly to: number }[]
  readonly byDefault: number | undefined
}

const templateOf = ({ apis, rules, byDefault }: Shape): Json => {
  const fixed = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }
  const forward = (to: number): Json => ({ Type: 'forward', TargetGroupArn: { Ref: `Targets${to}` } })
  const of = (index: number): Json => ({
    [`Api${index}`]: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: `api${index}`, ProtocolType: 'HTTP' } },
    [`Stage${index}`]: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: `Api${index}` }, StageName: '$default', AutoDeploy: true },
    },
    [`Integration${index}`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: `Api${index}` },
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: { Ref: 'Link' },
        IntegrationUri: { Ref: 'Listener' },
        RequestParameters: Object.fromEntries(apis[index] ?? []),
      },
    },
    [`Route${index}`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: `Api${index}` },
        RouteKey: '$default',
        Target: { 'Fn::Sub': `integrations/\${Integration${index}}` },
      },
    },
    [`Targets${index}`]: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { VpcId: { Ref: 'Vpc' }, TargetType: 'ip', Protocol: 'HTTP', Port: 8080 },
    },
    [`Service${index}`]: {
      Type: 'AWS::ECS::Service',
      Properties: {
        LaunchType: 'FARGATE',
        TaskDefinition: { Ref: 'Task' },
        LoadBalancers: [{ ContainerName: 'app', ContainerPort: 8080, TargetGroupArn: { Ref: `Targets${index}` } }],
        NetworkConfiguration: {
          AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet' }], SecurityGroups: [{ Ref: 'TaskGroup' }] },
        },
      },
    },
  })
  const group = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', VpcId: { Ref: 'Vpc' } } }
  return {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
      LbGroup: group,
      LinkGroup: group,
      TaskGroup: group,
      Link: {
        Type: 'AWS::ApiGatewayV2::VpcLink',
        Properties: { Name: 'l', SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: [{ Ref: 'LinkGroup' }] },
      },
      LoadBalancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Scheme: 'internal', Subnets: [{ Ref: 'Subnet' }], SecurityGroups: [{ Ref: 'LbGroup' }] },
      },
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'LoadBalancer' },
          Port: 443,
          Protocol: 'HTTP',
          DefaultActions: [byDefault === undefined ? fixed : forward(byDefault)],
        },
      },
      ...Object.fromEntries(
        rules.map(({ conditions, to }, index) => [
          `Rule${index}`,
          {
            Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
            Properties: {
              ListenerArn: { Ref: 'Listener' },
              Priority: index + 1,
              Conditions: conditions.map((condition) =>
                condition.kind === 'path'
                  ? { Field: 'path-pattern', Values: ['/a/*'] }
                  : {
                      Field: 'http-header',
                      HttpHeaderConfig: { HttpHeaderName: condition.name, Values: condition.values },
                    },
              ),
              Actions: [forward(to)],
            },
          },
        ]),
      ),
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          NetworkMode: 'awsvpc',
          RequiresCompatibilities: ['FARGATE'],
          ContainerDefinitions: [{ Name: 'app', Image: 'x', PortMappings: [{ ContainerPort: 8080 }] }],
        },
      },
      ...Object.assign({}, ...apis.map((_, index) => of(index))),
    },
  }
}

const judged = (templates: readonly Json[], declarations: Partial<Declarations> = {}): readonly ClaimReport[] =>
  verify({
    templates: templates.map((template, index) => ({ path: `${index}.json`, text: JSON.stringify(template) })),
    readFile: () => undefined,
    declarations,
  }).claims.filter(({ id }) => id === 'own-services-only')

/** What the load balancer compares, by hand. */
const matches = (pattern: string, value: string): boolean => {
  const [head, ...tail] = pattern
  if (head === undefined) return value === ''
  if (head === '*') return matches(tail.join(''), value) || (value !== '' && matches(pattern, value.slice(1)))
  return (
    value !== '' &&
    (head === '?' || head.toLowerCase() === value[0]?.toLowerCase()) &&
    matches(tail.join(''), value.slice(1))
  )
}

/** Whether some request of the API comes to the service. */
function simulated({ apis, rules, byDefault }: Shape, api: number, service: number): boolean {
  const mappings = (apis[api] ?? []).map(([key, value]) => ({
    name: key.split('.')[1]?.toLowerCase(),
    isOverwritten: key.startsWith('overwrite:'),
    isRemoved: key.startsWith('remove:'),
    value,
  }))
  const fixed = (name: string): string | undefined => {
    const all = mappings.filter((each) => each.name === name.toLowerCase())
    const [only] = all
    if (all.length === 1 && only?.isRemoved) return ''
    return all.length === 1 && only?.isOverwritten && !only.value.includes('$') ? only.value : undefined
  }
  for (const { conditions, to } of rules) {
    const answers = conditions.map((condition) => {
      const value = condition.kind === 'header' ? fixed(condition.name) : undefined
      if (value === undefined || condition.kind !== 'header') return 'sometimes'
      return condition.values.some((pattern) => matches(pattern, value)) ? 'always' : 'never'
    })
    if (answers.includes('never')) continue
    if (to === service) return true
    if (answers.every((answer) => answer === 'always')) return false
  }
  return byDefault === service
}

const value = fc.constantFrom('a', 'b', 'A', 'ab', '$request.header.x', 'b-1')
const header = fc.constantFrom('x-app', 'X-App', 'x-other')
const condition: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('header' as const),
      name: header,
      values: fc.uniqueArray(fc.constantFrom('a', 'b', 'a*', '?', 'B*', 'ab'), { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'path' as const }) },
)
const shape: fc.Arbitrary<Shape> = fc.integer({ min: 2, max: 3 }).chain((count) =>
  fc.record({
    apis: fc.array(
      fc.uniqueArray(
        fc.tuple(
          fc
            .tuple(fc.constantFrom('overwrite', 'overwrite', 'overwrite', 'overwrite', 'append', 'remove'), header)
            .map(([verb, name]) => `${verb}:header.${name}`),
          value,
        ),
        { maxLength: 2, selector: ([key]) => key },
      ),
      { minLength: count, maxLength: count },
    ),
    rules: fc.array(
      fc.record({
        conditions: fc.array(condition, { minLength: 1, maxLength: 2 }),
        to: fc.integer({ min: 0, max: count - 1 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    byDefault: fc.option(fc.integer({ min: 0, max: count - 1 }), { nil: undefined }),
  }),
)

test('a service is proved to be reached by one API exactly when no second one has a request that comes to it', () => {
  const seen = { proved: 0, refuted: 0 }
  fc.assert(
    fc.property(shape, (given) => {
      const claims = judged([templateOf(given)])
      const forwarded = new Set([
        ...given.rules.map(({ to }) => to),
        ...[given.byDefault].filter((to) => to !== undefined),
      ])
      expect(claims.map(({ target }) => target).toSorted()).toEqual(
        [...forwarded].map((index) => `Service${index}`).toSorted(),
      )
      for (const { target, verdict } of claims) {
        const service = Number(target.slice('Service'.length))
        const count = given.apis.filter((_, api) => simulated(given, api, service)).length
        expect({ target, verdict }).toEqual({ target, verdict: count > 1 ? 'refuted' : 'proved' })
        seen[verdict as 'proved' | 'refuted']++
      }
    }),
    { numRuns: byEffort({ quick: 80, full: 200 }), seed },
  )
  expect(Math.min(seen.proved, seen.refuted)).toBeGreaterThan(10)
})

const isolated: Shape = {
  apis: [[['overwrite:header.x-app', 'a']], [['overwrite:header.x-app', 'b']]],
  rules: [
    { conditions: [{ kind: 'header', name: 'x-app', values: ['a'] }], to: 0 },
    { conditions: [{ kind: 'header', name: 'x-app', values: ['b'] }], to: 1 },
  ],
  byDefault: undefined,
}

test('one API has nothing to be kept apart from', () => {
  expect(
    judged([templateOf({ ...isolated, apis: isolated.apis.slice(0, 1), rules: isolated.rules.slice(0, 1) })]),
  ).toEqual([])
})

test('a shared service may be declared', () => {
  const shared = { ...isolated, byDefault: 1, apis: [[], isolated.apis[1] ?? []] }
  const [first] = judged([templateOf(shared)]).filter(({ verdict }) => verdict === 'refuted')
  expect(first?.because).toBe('Api0 and Api1 both reach Service1')
  const allow = [{ door: 'shared-service', name: 'Service1' }] as const
  const [, second] = judged([templateOf(shared)], { allow })
  expect(second).toMatchObject({ target: 'Service1', verdict: 'proved', used: ['--allow shared-service:Service1'] })
})

const unknown: readonly (readonly [what: string, change: (template: Json) => void])[] = [
  ['a value of a rule', (t) => (t.Resources.Rule0.Properties.Conditions[0].HttpHeaderConfig.Values = [{ Ref: 'App' }])],
  ['a regular expression', (t) => (t.Resources.Rule0.Properties.Conditions[0].HttpHeaderConfig.RegexValues = ['^x$'])],
  ['the conditions', (t) => (t.Resources.Rule0.Properties.Conditions = { Ref: 'App' })],
  [
    'the name of the header',
    (t) => (t.Resources.Rule0.Properties.Conditions[0].HttpHeaderConfig.HttpHeaderName = { Ref: 'App' }),
  ],
  ['where another rule leads', (t) => (t.Resources.Rule1.Properties.Actions[0].TargetGroupArn = { Ref: 'App' })],
]
test.each(unknown)('%s that is not known leaves it undecided', (_, change) => {
  const template = templateOf(isolated)
  template.Parameters = { App: { Type: 'String' } }
  change(template)
  expect(judged([template]).map(({ verdict }) => verdict)).toContain('undecided')
})

test.each<[string, Json, string]>([
  ['a parameter', { Ref: 'App' }, 'undecided'],
  ['a text with a parameter', { 'Fn::Sub': '${App}-x' }, 'undecided'],
  ['a word of the request', '$request.header.x-app', 'refuted'],
])('a header that is overwritten by %s is not proved to keep anybody out', (_, written, verdict) => {
  const template = templateOf(isolated)
  template.Parameters = { App: { Type: 'String' } }
  template.Resources.Integration0.Properties.RequestParameters = { 'overwrite:header.x-app': written }
  expect(judged([template]).find(({ target }) => target === 'Service1')?.verdict).toBe(verdict)
})

/** Everything of the second application in a stack of its own. */
function split(template: Json): Json[] {
  const isSecond = (id: string): boolean => id.endsWith('1')
  const part = (ids: readonly string[]): Json => Object.fromEntries(ids.map((id) => [id, template.Resources[id]]))
  const ids = Object.keys(template.Resources)
  const first = ids.filter((id) => !isSecond(id))
  const imported = JSON.stringify(part(ids.filter(isSecond))).replace(/\{"Ref":"(\w+)"\}/g, (whole, id) =>
    first.includes(id) ? `{"Fn::ImportValue":"shared-${id}"}` : whole,
  )
  return [
    {
      Resources: part(first),
      Outputs: Object.fromEntries(first.map((id) => [id, { Value: { Ref: id }, Export: { Name: `shared-${id}` } }])),
    },
    { Resources: JSON.parse(imported) },
  ]
}

test('the name of its stack keeps an application apart from one of another stack', () => {
  const template = templateOf(isolated)
  for (const index of [0, 1]) {
    const own = { Ref: 'AWS::StackName' }
    template.Resources[`Integration${index}`].Properties.RequestParameters = { 'overwrite:header.x-app': own }
    template.Resources[`Rule${index}`].Properties.Conditions[0].HttpHeaderConfig.Values = [own]
  }
  const verdicts = (templates: readonly Json[]): readonly string[] => judged(templates).map(({ verdict }) => verdict)
  expect(verdicts(split(template))).toEqual(['proved', 'proved'])
  for (const { assumed } of judged(split(template))) expect(assumed?.join()).toContain('differ in more than case')
  for (const { assumed } of judged([templateOf(isolated)])) expect(assumed?.join()).not.toContain('case')
  expect(verdicts([template])).toEqual(['refuted', 'proved'])
})

test('the name of a stack may be any literal', () => {
  const own = { Ref: 'AWS::StackName' }
  const template = templateOf(isolated)
  template.Resources.Integration0.Properties.RequestParameters = { 'overwrite:header.x-app': own }
  template.Resources.Rule0.Properties.Conditions[0].HttpHeaderConfig.Values = [own]
  expect(judged([template]).map(({ verdict }) => verdict)).toContain('undecided')
})

describe('what an integration writes and a rule demands', () => {
  const name = { 'Fn::Sub': '${AWS::StackName}-a' }
  const sub = (written: string): Json => ({ 'Fn::Sub': written })
  const reachesSecond = (written: Json, demanded: Json): string | undefined => {
    const template = templateOf(isolated)
    template.Resources.Integration0.Properties.RequestParameters = { 'overwrite:header.x-app': written }
    template.Resources.Rule0.Properties.Conditions[0].HttpHeaderConfig.Values = [written]
    template.Resources.Rule1.Properties.Conditions[0].HttpHeaderConfig.Values = [demanded]
    template.Resources.Rule0.Properties.Priority = 3
    template.Resources.Integration1.Properties.RequestParameters = { 'overwrite:header.x-app': demanded }
    return judged([template]).find(({ target }) => target === 'Service1')?.verdict
  }
  test.each<readonly [string, string, Json, Json]>([
    ['proved', 'the same unknown before other letters', name, sub('${AWS::StackName}-b')],
    ['proved', 'the same unknown behind other letters', sub('a-${AWS::StackName}'), sub('b-${AWS::StackName}')],
    ['proved', 'the same unknown alone and with more', { Ref: 'AWS::StackName' }, name],
    ['proved', 'other letters at one end', name, 'orders-b'],
    ['proved', 'other letters at both ends of another unknown', sub('a${AWS::StackName}'), sub('b${AWS::Region}')],
    ['undecided', 'a text that the name may be', name, 'orders-a'],
    ['undecided', 'other unknowns with the same ends', name, sub('${AWS::Region}-a')],
    ['undecided', 'a pattern behind an unknown', name, sub('${AWS::StackName}-?')],
    ['refuted', 'the same but for its case', name, sub('${AWS::StackName}-A')],
  ])('%s: %s', (verdict, _, written, demanded) => {
    expect(reachesSecond(written, demanded)).toBe(verdict)
  })

  test.each([
    [' a', 'a'],
    ['a ', 'a'],
    ['\ta', 'a'],
    ['a', ' a'],
    [' ', '*a'],
  ])('spaces at the ends keep nobody out for certain: %j, %j', (written, demanded) => {
    const template = templateOf({ ...isolated, byDefault: 1 })
    template.Resources.Integration1.Properties.RequestParameters = { 'overwrite:header.x-app': written }
    template.Resources.Rule0.Properties.Conditions[0].HttpHeaderConfig.Values = [demanded]
    const first = judged([template]).find(({ target }) => target === 'Service0')
    expect(first?.verdict).toBe(demanded === '*a' ? 'proved' : 'undecided')
  })
})

test.each<readonly [string, (template: Json) => void]>([
  ['no stage', (t) => Reflect.deleteProperty(t.Resources, 'Stage0')],
  ['a stage that is not deployed', (t) => (t.Resources.Stage0.Properties.AutoDeploy = false)],
  ['no endpoint', (t) => (t.Resources.Api0.Properties.DisableExecuteApiEndpoint = true)],
  [
    'a policy that turns everybody away',
    (t) => {
      Reflect.deleteProperty(t.Resources, 'Integration0')
      Reflect.deleteProperty(t.Resources, 'Route0')
      Reflect.deleteProperty(t.Resources, 'Stage0')
      Object.assign(t.Resources, {
        Api0: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: {
            Name: 'x',
            Policy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] },
          },
        },
        Deployment: {
          Type: 'AWS::ApiGateway::Deployment',
          Properties: { RestApiId: { Ref: 'Api0' }, StageName: 'x' },
        },
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: {
            RestApiId: { Ref: 'Api0' },
            ResourceId: { 'Fn::GetAtt': ['Api0', 'RootResourceId'] },
            HttpMethod: 'GET',
            Integration: {
              Type: 'HTTP_PROXY',
              Uri: 'http://x',
              ConnectionType: 'VPC_LINK',
              ConnectionId: { Ref: 'Link' },
              IntegrationTarget: { Ref: 'LoadBalancer' },
            },
          },
        },
      })
    },
  ],
])('an API with %s refutes nothing', (_, change) => {
  const template = templateOf({ ...isolated, byDefault: 1, apis: [[], isolated.apis[1] ?? []] })
  const verdict = (): string | undefined => judged([template]).find(({ target }) => target === 'Service1')?.verdict
  expect(verdict()).toBe('refuted')
  change(template)
  expect(verdict()).toBe('undecided')
})

describe('a deployment may point the rules that its service names at it, whatever they write', () => {
  const ref = (id: string): Json => ({ Ref: id })
  /** Service0 shifts between two groups; `Rule2` demands the header of the API `second`. */
  const verdictOf = (second: string, shift: Json, more: (template: Json) => void = () => {}): string | undefined => {
    const template = templateOf({
      ...isolated,
      rules: [...isolated.rules, { conditions: [{ kind: 'header', name: 'x-app', values: [second] }], to: 1 }],
    })
    template.Parameters = { Given: { Type: 'String' } }
    template.Resources.Green = template.Resources.Targets0
    const [item] = template.Resources.Service0.Properties.LoadBalancers
    item.AdvancedConfiguration = { AlternateTargetGroupArn: ref('Green'), RoleArn: 'arn:aws:iam::1:role/x', ...shift }
    // The group of the second service stands behind a rule of its own.
    if (second === 'b') template.Resources.Rule1.Properties.Priority = 4
    more(template)
    return judged([template]).find(({ target }) => target === 'Service0')?.verdict
  }
  const writes = (Actions: Json) => (template: Json) => {
    template.Resources.Rule2.Properties.Actions = Actions
  }
  const answer = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]

  test.each<readonly [string, string, Json, ...((template: Json) => void)[]]>([
    ['b', 'refuted', { ProductionListenerRule: ref('Rule2') }],
    ['b', 'refuted', { ProductionListenerRule: ref('Rule0'), TestListenerRule: ref('Rule2') }],
    ['b', 'refuted', { TestListenerRule: { 'Fn::GetAtt': ['Rule2', 'RuleArn'] } }, writes(answer)],
    ['b', 'undecided', { TestListenerRule: { 'Fn::Join': ['', [ref('Rule2'), ref('Given')]] } }],
    ['b', 'proved', { ProductionListenerRule: ref('Rule0') }],
    ['b', 'proved', { TestListenerRule: ref('Given') }],
    ['a', 'proved', { ProductionListenerRule: ref('Rule0'), TestListenerRule: ref('Rule2') }],
    ['c', 'proved', { ProductionListenerRule: ref('Rule0'), TestListenerRule: ref('Rule2') }],
  ])('a rule for %s: %s, %j', (second, verdict, shift, ...more) => {
    expect(verdictOf(second, shift, ...more)).toBe(verdict)
  })

  test('a rule of a load balancer of the internet is a way to the service', () => {
    const template = templateOf(isolated)
    const { LoadBalancer, Listener, Rule0, Service0, LbGroup } = structuredClone(template.Resources)
    LoadBalancer.Properties.Scheme = 'internet-facing'
    LoadBalancer.Properties.SecurityGroups = [ref('OpenGroup')]
    LbGroup.Properties.SecurityGroupIngress = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]
    Listener.Properties.LoadBalancerArn = ref('Open')
    Object.assign(Rule0.Properties, { ListenerArn: ref('OpenListener'), Actions: answer })
    Service0.Properties.LoadBalancers[0].AdvancedConfiguration = {
      AlternateTargetGroupArn: ref('Targets0'),
      TestListenerRule: ref('OpenRule'),
    }
    const fromOpen = {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: ref('TaskGroup'), IpProtocol: '-1' },
    }
    Object.assign(template.Resources, {
      Open: LoadBalancer,
      OpenListener: Listener,
      OpenRule: Rule0,
      OpenGroup: LbGroup,
      Service0,
      FromOpen: { ...fromOpen, Properties: { ...fromOpen.Properties, SourceSecurityGroupId: ref('OpenGroup') } },
    })
    const { claims } = verify({ templates: [{ path: 't', text: JSON.stringify(template) }], readFile: () => undefined })
    expect(claims.find((each) => each.id === 'no-internet-path' && each.target === 'Service0')?.verdict).toBe('refuted')
  })
})
