// A load balancer that others made and use: what our rules and integrations say, and what has to be said for the proof.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { parseConfig } from '../generator/read.ts'
import { type Declarations, verify } from '../verifier/index.ts'
import { seed } from './support/effort.ts'
import { assets } from './support/examples.ts'
import type { Json } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

const existing = `existing: { listener: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shared/0123456789abcdef/fedcba9876543210", securityGroup: sg-0dddddddddddddddd, serverName: internal.example.com }, priorities: 2000-2999`
const read = (services: string, loadBalancer = existing, domain = 'zone: { id: Z0123456789ABCDEFGHIJ }') =>
  parseConfig(
    `
name: shop
domain: { name: shop.example.com, ${domain} }
network: { existing: {} }
loadBalancer: { ${loadBalancer} }
services: { ${services} }
api: { auth: { users: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } }, probe: true }`,
    'portcullis.yaml',
  )
const modelWith = (...given: Parameters<typeof read>) => read(...given).model

const judge = (template: Json, declarations: Declarations) =>
  verify({
    templates: [{ path: 'standalone.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    declarations,
    ownFunctions: codeOf(assets),
  })

const web = 'web: { image: nginx, port: 80, paths: ["/web", "/web/*"] }'
const shifted = 'shop: { image: nginx, port: 80, paths: ["/shop/*"], deployment: { strategy: canary } }'
const pods = 'pods: { external: { securityGroup: sg-0eeeeeeeeeeeeeeee }, port: 8443, paths: [/pods] }'

const HEADER = 'x-portcullis-application'
const forms = {
  'services found by their paths': modelWith(web),
  'a service that ECS shifts': modelWith(`${web}, ${shifted}`),
  'what somebody else runs': modelWith(pods),
  'all of them': modelWith(`${web}, ${shifted}, ${pods}`),
  'without a name of its own': modelWith(web, existing, 'publish: false'),
}

describe.each(Object.entries(forms))('%s', (_, model) => {
  const template = templateOf(model)
  const resources = Object.values<Json>(template.Resources)

  test('nothing of a load balancer is made', () => {
    expect(
      resources.filter(({ Type }) => /^AWS::ElasticLoadBalancingV2::(?:LoadBalancer|Listener)$/.test(Type)),
    ).toEqual([])
    expect(template.Parameters.LoadBalancerSecurityGroupId.Type).toBe('AWS::EC2::SecurityGroup::Id')
  })

  test('each rule demands the name of the application, and each integration sets it', () => {
    const rules = resources.filter(({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
    for (const { Properties } of rules) {
      expect(Properties.ListenerArn).toEqual({ Ref: 'HttpsListenerArn' })
      expect(Properties.Conditions).toContainEqual({
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: HEADER, Values: [{ Ref: 'AWS::StackName' }] },
      })
      expect(Properties.Priority).toBeGreaterThanOrEqual(2000)
      expect(Properties.Priority).toBeLessThanOrEqual(2999)
    }
    const integrations = resources.filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Integration')
    for (const { Properties } of integrations) {
      expect(Properties.RequestParameters[`overwrite:header.${HEADER}`]).toEqual({ Ref: 'AWS::StackName' })
      expect(Properties.TlsConfig).toEqual({ ServerNameToVerify: { Ref: 'ServerName' } })
    }
    expect(rules.length * integrations.length).toBeGreaterThan(0)
  })

  test('nested templates get the name of the root stack', () => {
    const { Resources } = templateOf(model, 'template')
    for (const id of Object.keys(Resources).filter((id) => /^(?:Api|\w+Service)Stack$/.test(id)))
      expect(Resources[id].Properties.Parameters.ApplicationName).toEqual({ Ref: 'AWS::StackName' })
    expect(templateOf(model, 'api').Parameters.ApplicationName.Type).toBe('String')
  })

  test('it is proved with what the config declares, and each declaration is needed', () => {
    const declared = declarationsOf(model)
    const report = judge(template, declared)
    expect(report.claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([])
    expect(report.assumptions.join('\n')).toMatch(/rules of others on HttpsListenerArn/)
    const carriers = declared.assume.filter(({ facet }) => facet !== 'carriers')
    const covers = declared.assume.filter(({ facet }) => facet !== 'covers')
    const openWith = (assume: typeof carriers): string[] => {
      const { claims } = judge(template, { ...declared, assume })
      return [...new Set(claims.filter(({ verdict }) => verdict === 'undecided').map(({ id }) => id))]
    }
    expect(openWith(covers)).toEqual(['verified-tls'])
    expect(openWith(carriers)).toContain('way-in-exists')
  })
})

type Edit = readonly [what: string, claim: string, edit: (template: Json) => void]
const rule = (template: Json): Json => template.Resources.WebListenerRuleExact1.Properties
const forgotten: readonly Edit[] = [
  ['a rule that takes requests of every API', 'own-services-only', (t) => rule(t).Conditions.pop()],
  [
    'a rule that demands a word of everybody',
    'own-services-only',
    (t) => {
      for (const { Type, Properties } of Object.values<Json>(t.Resources)) {
        if (Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
          Properties.Conditions[1].HttpHeaderConfig.Values = ['shop']
        if (Type === 'AWS::ApiGatewayV2::Integration')
          Properties.RequestParameters[`overwrite:header.${HEADER}`] = 'shop'
      }
    },
  ],
  [
    'an integration that does not say whose it is',
    'way-in-exists',
    (t) => {
      for (const { Type, Properties } of Object.values<Json>(t.Resources))
        if (Type === 'AWS::ApiGatewayV2::Integration')
          Properties.RequestParameters[`overwrite:header.${HEADER}`] = 'another'
    },
  ],
  [
    'a load balancer that everybody may reach',
    'sole-entrance',
    (t) => {
      t.Resources.Open = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: { Ref: 'LoadBalancerSecurityGroupId' },
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          CidrIp: '0.0.0.0/0',
        },
      }
    },
  ],
  [
    'tasks that carry the group of the load balancer',
    'no-internet-path sole-entrance',
    (t) =>
      t.Resources.WebService.Properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.push({
        Ref: 'LoadBalancerSecurityGroupId',
      }),
  ],
  ['no rule that admits the link', 'way-in-exists', (t) => delete t.Resources.LoadBalancerIngressFromVpcLink],
  ['no way to the load balancer', 'way-in-exists', (t) => delete t.Resources.VpcLinkEgressToLoadBalancer],
  ['no way to the tasks', 'way-in-exists', (t) => delete t.Resources.LoadBalancerEgressToWeb],
  [
    'another listener of the same value',
    'way-in-exists verified-tls',
    (t) => {
      t.Parameters.Other = { ...t.Parameters.HttpsListenerArn }
      t.Resources.AlbIntegration.Properties.IntegrationUri = { Ref: 'Other' }
    },
  ],
]

/** Claims that are not proved after an edit of the template, whose order of resources does not matter here. */
const unprovedAfter = (edit: (template: Json) => void): readonly string[] => {
  const model = forms['services found by their paths']
  const template = templateOf(model)
  for (const resource of Object.values<Json>(template.Resources)) delete resource.DependsOn
  edit(template)
  const { claims } = judge(template, {
    ...declarationsOf(model),
    assume: declarationsOf(model).assume.filter(({ name }) => JSON.stringify(template).includes(`"${name}"`)),
  })
  return [...new Set(claims.filter(({ verdict }) => verdict !== 'proved').map(({ id }) => id))]
}

test('what is forgotten leaves its claims unproved, and nothing that is not', () => {
  expect(unprovedAfter(() => {})).toEqual([])
  for (const [what, id, edit] of forgotten) expect([what, ...unprovedAfter(edit)]).toEqual([what, ...id.split(' ')])
})

test('metrics know the load balancer by the ARN of its listener', () => {
  const { Resources } = templateOf(
    modelWith(web.replace('port: 80', 'port: 80, scale: { requestsPerTarget: 100 }, deployment: { alarms: true }')),
  )
  const name = {
    'Fn::Join': [
      '/',
      [1, 2, 3].map((at) => ({ 'Fn::Select': [at, { 'Fn::Split': ['/', { Ref: 'HttpsListenerArn' }] }] })),
    ],
  }
  expect(JSON.stringify(Resources.WebRequestScaling)).toContain(JSON.stringify(name))
  expect(JSON.stringify(Resources.WebErrorAlarm)).toContain(JSON.stringify(name))
})

test('header and paths together are at most five values', () => {
  const paths = Array.from({ length: 9 }, (_, index) => `/p${index}`)
  const model = modelWith(`web: { image: nginx, port: 80, paths: [${paths.join(', ')}] }`)
  expect(model.services[0]?.listenerRules.map((each) => each.paths.length)).toEqual([4, 4, 1])
})

test('in every range, the most specific rule comes first, and none leaves the range', () => {
  const range = fc
    .integer({ min: 1, max: 49_000 })
    .chain((from) => fc.integer({ min: 48, max: 50_000 - from + 1 }).map((width) => ({ from, to: from + width - 1 })))
  fc.assert(
    fc.property(range, ({ from, to }) => {
      const loadBalancer = existing.replace('2000-2999', `${from}-${to}`)
      const { services } = modelWith(
        'a: { image: nginx, port: 80, paths: ["/*", "/a/*", "/a/b/c/*", "/a"] }, b: { image: nginx, port: 80, paths: ["/b/*", "/b/c/*", "/b"] }',
        loadBalancer,
      )
      const rules = services.flatMap(({ listenerRules }) => listenerRules)
      const byPriority = rules.toSorted((one, other) => one.priority - other.priority)
      expect(byPriority.map(({ suffix }) => suffix.replace(/Part1$|1$/, ''))).toEqual([
        'Exact',
        'Exact',
        'Depth3',
        'Depth2',
        'Depth1',
        'Depth1',
        'Depth0',
      ])
      expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length)
      for (const { priority } of rules) expect(priority >= from && priority <= to).toBe(true)
    }),
    { numRuns: 50, seed },
  )
})
