// Applications on one platform: what is exported is what is imported, and none of them reaches the services of another.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf, judge, platformFiles } from '../generator/commands/verdict.ts'
import { generate } from '../generator/generate.ts'
import type { Model } from '../generator/model/model.ts'
import { parseConfig } from '../generator/read.ts'
import { type ClaimReport, verify } from '../verifier/index.ts'
import { byEffort, seed } from './support/effort.ts'
import { assets } from './support/examples.ts'
import { type Json, readTemplate } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

const own = codeOf(assets)
const image = (name: string): string => `111111111111.dkr.ecr.{region}.amazonaws.com/${name}:1`
const auth = 'auth: { users: { jwt: { issuer: "https://idp.example.com/", audience: [x] } } }'

type Shape = {
  readonly zones: number
  readonly network: 'endpoints' | 'nat' | 'existing' | 'existing endpoints'
  /** Whether the platform has a service of its own. */
  readonly serves: boolean
  /** Whether its VPC link is there already. */
  readonly links?: boolean
}
const platformText = ({ zones, network, serves, links = false }: Shape): string => `
name: platform
share: true
domain: { name: internal.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
network: ${
  network.startsWith('existing')
    ? `{ availabilityZones: ${zones}, ${network === 'existing' ? 'existing: {}' : 'existing: { endpoints: sg-0cccccccccccccccc }, endpoints: [secretsmanager]'} }`
    : `{ availabilityZones: ${zones}, egress: ${network}${network === 'endpoints' ? ', endpoints: [secretsmanager]' : ''} }`
}
loadBalancer: { priorities: 1-999 }
${serves ? `services: { home: { image: "${image('home')}", port: 80, paths: [/home] } }` : ''}
${serves || links ? `api: { ${[...(serves ? [auth] : []), ...(links ? ['vpcLink: { id: abc123, securityGroup: sg-0ddddddddddddddd0 }'] : [])].join(', ')} }` : ''}`

const application = (name: string, from: number, more = ''): string => `
name: ${name}
uses: platform.yaml
domain: { name: ${name}.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
loadBalancer: { priorities: ${from}-${from + 999} }
services:
  web: { image: "${image(name)}", port: 8080, paths: ["/web", "/web/*"], secrets: { KEY: ${name}/key }, scale: { requestsPerTarget: 100 } }
  ${name}: { image: "${image(name)}", port: 8081, paths: ["/${name}/*"], deployment: { strategy: linear } }
  mails: { image: "${image(name)}", reaches: [{ service: web }, { securityGroup: sg-0123456789abcdef0, port: 5432 }] }
api: { ${auth} }
${more}`

const read = (text: string, shape: Shape): Model =>
  parseConfig(text, 'application.yaml', undefined, [], (path) =>
    path === 'platform.yaml' ? { text: platformText(shape), file: path } : undefined,
  ).model

const exportsOf = ({ Outputs }: Json): string[] =>
  Object.values<Json>(Outputs ?? {}).flatMap(({ Export }) => (Export ? [Export.Name['Fn::Sub']] : []))
const importsOf = (template: Json): string[] =>
  [...JSON.stringify(template).matchAll(/"Fn::ImportValue":\{"Fn::Sub":"([^"]+)"\}/g)].map(([, name = '']) => name)

const shapes: readonly Shape[] = [
  { zones: 2, network: 'endpoints', serves: false },
  { zones: 3, network: 'nat', serves: true },
  { zones: 2, network: 'existing', serves: true },
  { zones: 2, network: 'existing endpoints', serves: false, links: true },
]

describe.each(shapes)('a platform with $zones zones, network: $network, services: $serves', (shape) => {
  const platform = parseConfig(platformText(shape), 'platform.yaml').model
  const model = read(application('orders', 1000), shape)

  test('exports from the root stack, in both forms the same, and from no layer', () => {
    const exported = exportsOf(templateOf(platform))
    expect(exported).toContain('${ShareName}-HttpsListenerArn')
    expect(exportsOf(templateOf(platform, 'template'))).toEqual(exported)
    for (const { path, text } of generate(platform, assets))
      if (/^templates\/(?!template|standalone)[\w-]+\.yaml$/.test(path)) expect(text).not.toContain('Export:')
  })

  test('exports all that an application imports, and gives it no parameter for that', () => {
    const exported = new Set(
      exportsOf(templateOf(platform)).map((name) => name.replace('${ShareName}', '${PlatformName}')),
    )
    for (const form of ['standalone', 'template']) {
      const template = templateOf(model, form)
      const imported = importsOf(template)
      expect(imported).toContain('${PlatformName}-VpcLinkId')
      expect(imported.filter((name) => !exported.has(name))).toEqual([])
      const names = imported.map((name) => name.replace('${PlatformName}-', ''))
      expect(Object.keys(template.Parameters).filter((name) => names.includes(name))).toEqual([])
      expect(template.Parameters.PlatformName.Default).toBe('platform')
    }
  })

  test('asks for what is imported where a layer is deployed alone', () => {
    for (const { path, text } of generate(model, assets)) {
      if (!/^templates\/(?!template|standalone)[\w-]+\.yaml$/.test(path)) continue
      const { Parameters = {} } = readTemplate(text)
      for (const name of Object.keys(model.imports)) expect(Parameters[name]?.Default).toBeUndefined()
    }
  })

  test('asks for lists of addresses only where tasks run', () => {
    const lists = Object.keys(platform.parameters).filter((name) => name.endsWith('PrefixListId'))
    expect(lists).toEqual(shape.serves && shape.network.endsWith('endpoints') ? ['S3PrefixListId'] : [])
  })

  test('makes what is shared once: no load balancer, link or network of the application', () => {
    const types = Object.values<Json>(templateOf(model).Resources).map(({ Type }) => Type)
    expect(
      types.filter((type) => /VpcLink|LoadBalancer$|::Listener$|EC2::(?!SecurityGroup)|ECS::Cluster/.test(type)),
    ).toEqual([])
  })

  test('is proved without an application, and with one in both of its forms', () => {
    for (const { report } of judge(platform, generate(platform, assets), own))
      expect(report.claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([])
    const judged = judge(model, generate(model, assets), own, platformFiles(model, assets))
    expect(judged).toHaveLength(2)
    for (const { report } of judged) {
      expect(report.claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([])
      expect(report.claims.some(({ id, target }) => id === 'way-in-exists' && target === 'LoadBalancer')).toBe(true)
    }
  })
})

const [shape] = shapes as [Shape]
const models = {
  platform: parseConfig(platformText({ ...shape, serves: true }), 'platform.yaml').model,
  orders: read(application('orders', 1000), { ...shape, serves: true }),
  billing: read(application('billing', 2000), { ...shape, serves: true }),
}
type Name = keyof typeof models
type Templates = Readonly<Record<Name, Json>>
const templates: Templates = {
  platform: templateOf(models.platform),
  orders: templateOf(models.orders),
  billing: templateOf(models.billing),
}

/** All three together, with what their configs declare. */
const together = (all: Templates): readonly ClaimReport[] => {
  const declared = Object.values(models).map((each) => declarationsOf(each))
  return verify({
    templates: Object.entries(all).map(([name, template]) => ({
      path: `${name}.json`,
      text: JSON.stringify(template),
    })),
    readFile: () => undefined,
    declarations: {
      parameters: new Map([
        ['ShareName', 'platform'],
        ['PlatformName', 'platform'],
        // Any other id might be that of a group of the platform.
        ['MailsReaches5432Group', 'sg-0123456789abcdef0'],
      ]),
      openRoutes: declared.flatMap(({ openRoutes }) => openRoutes),
      allow: declared.flatMap(({ allow }) => allow),
      assume: declared.flatMap(({ assume }) => assume),
    },
    ownFunctions: own,
  }).claims
}

test('a platform and two applications with the same paths are proved together', () => {
  const claims = together(templates)
  expect(claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([])
  const separate = claims.filter(({ id }) => id === 'own-services-only')
  // Each has two services but the platform, which has one.
  expect(separate).toHaveLength(5)
})

const HEADER = 'x-portcullis-application'
const ofType = (template: Json, type: string): Json[] =>
  Object.values<Json>(template.Resources).filter(({ Type }) => Type === type)
/** Those that paths lead to: the others demand the name of a service too, which no integration of another one sends. */
const rulesIn = (template: Json): Json[] =>
  ofType(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').filter(({ Properties }) =>
    Properties.Conditions.some(({ Field }: Json) => Field === 'path-pattern'),
  )
const integrationsIn = (template: Json): Json[] => ofType(template, 'AWS::ApiGatewayV2::Integration')

/** Each way to forget what keeps two applications apart, in one resource: which of them, chooses a number. */
const forgetting: Readonly<Record<string, (template: Json, other: Json, index: number) => void>> = {
  'the header in a rule': (template, _, index) => {
    const rules = rulesIn(template)
    const { Properties } = rules[index % rules.length]
    Properties.Conditions = Properties.Conditions.filter(
      ({ HttpHeaderConfig }: Json) => HttpHeaderConfig?.HttpHeaderName !== HEADER,
    )
  },
  'whose name a rule demands': (template, _, index) => {
    const rules = rulesIn(template)
    const { Properties } = rules[index % rules.length]
    for (const { HttpHeaderConfig } of Properties.Conditions)
      if (HttpHeaderConfig?.HttpHeaderName === HEADER) HttpHeaderConfig.Values = ['*']
  },
  'to overwrite the header': (_, other, index) => {
    const integrations = integrationsIn(other)
    delete integrations[index % integrations.length].Properties.RequestParameters[`overwrite:header.${HEADER}`]
  },
  'that clients may choose it': (_, other, index) => {
    const integrations = integrationsIn(other)
    integrations[index % integrations.length].Properties.RequestParameters[`overwrite:header.${HEADER}`] =
      '$request.header.x-application'
  },
}

test('whatever is forgotten between two applications is refuted with a path', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(forgetting)),
      fc.constantFrom<readonly [Name, Name]>(['orders', 'billing'], ['billing', 'orders'], ['platform', 'orders']),
      fc.nat(5),
      (what, [owner, other], index) => {
        const changed = structuredClone(templates) as Record<Name, Json>
        forgetting[what]?.(changed[owner], changed[other], index)
        const found = together(changed).filter(({ id, verdict }) => id === 'own-services-only' && verdict !== 'proved')
        expect([what, owner, index, found.map(({ verdict }) => verdict).includes('refuted')]).toEqual([
          what,
          owner,
          index,
          true,
        ])
        for (const { path = [] } of found.filter(({ verdict }) => verdict === 'refuted'))
          expect(path.map(({ node }) => node)).toContain('LoadBalancer')
      },
    ),
    { numRuns: byEffort({ quick: 5, full: 12 }), seed },
  )
})

test('an environment of the application uses the one of the platform with its name', () => {
  const environments = 'environments: { prod: { region: eu-west-1, account: "111111111111" } }'
  const platform = `${platformText(shape)}\n${environments}`
  const { model } = parseConfig(
    application('orders', 1000, environments),
    'application.yaml',
    undefined,
    [],
    (file) => ({ text: platform, file }),
  )
  const samconfig = (each: Model): string =>
    generate(each, assets).find(({ path }) => path === 'samconfig.toml')?.text ?? ''
  expect(samconfig(parseConfig(platform, 'platform.yaml').model)).toContain('ShareName=\\"platform-prod\\"')
  expect(samconfig(model)).toContain('PlatformName=\\"platform-prod\\"')
})
