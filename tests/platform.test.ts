// Applications on one platform: what is exported is what is imported, and none of them reaches the services of another.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf, judge, platformFiles, verdictLines } from '../generator/commands/verdict.ts'
import { generate } from '../generator/generate.ts'
import type { Model } from '../generator/model/model.ts'
import { parseConfig } from '../generator/read.ts'
import { type ClaimReport, verify } from '../verifier/index.ts'
import { seed } from './support/effort.ts'
import { assets } from './support/examples.ts'
import { type Json, readTemplate } from './support/read-template.ts'
import { runVerify } from './support/run-verify.ts'
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
    const alone = judge(platform, generate(platform, assets), own)
    for (const { report } of alone) expect(report.claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([])
    // What is left to the applications is said, and to them nothing is left.
    const left = alone.flatMap((each) => each.left)
    for (const { id, target } of left)
      expect(verdictLines(alone).join('\n')).toContain(`${id} ${target}  not judged here`)
    if (platform.api.routes.length === 0) expect(left.map(({ id }) => id)).toContain('way-in-exists')
    const judged = judge(model, generate(model, assets), own, platformFiles(model, assets))
    expect(judged).toHaveLength(2)
    expect(judged.flatMap((each) => each.left)).toEqual([])
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

type Three = Record<Name, Json>
/** Two of them: whose services are open to the API or the tasks of which other. */
type Between = { readonly owner: Name; readonly other: Name }
type Forgetting = {
  readonly claim: 'own-services-only' | 'sole-entrance'
  /** In one resource: which of them, chooses a number. */
  readonly forget: (all: Three, between: Between, index: number) => void
}

const some = (all: readonly Json[], index: number): Json => all[index % all.length]
const HEADER_OF_REQUEST = `overwrite:header.${HEADER}`

/** A value of the one, taken by the other. */
const imported = (template: Json, Value: Json): Json => {
  template.Outputs = { ...template.Outputs, Lent: { Value, Export: { Name: 'lent' } } }
  return { 'Fn::ImportValue': 'lent' }
}

const idOf = (template: Json, type: string): string =>
  Object.entries<Json>(template.Resources).find(([, { Type }]) => Type === type)?.[0] ?? ''

const groupOfTasks = ({ Resources }: Json, index: number): Json => ({
  'Fn::GetAtt': [
    some(
      Object.keys(Resources).filter((id) => id.endsWith('TaskIngressFromLoadBalancer')),
      index,
    ).replace(/IngressFromLoadBalancer$/, 'SecurityGroup'),
    'GroupId',
  ],
})

const opening = (GroupId: Json, source: Json): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId, IpProtocol: 'tcp', FromPort: 1, ToPort: 65_535, ...source },
})

/** Each way to forget what keeps two applications apart. */
const forgetting: Readonly<Record<string, Forgetting>> = {
  'the header in a rule': {
    claim: 'own-services-only',
    forget: (all, { owner }, index) => {
      const { Properties } = some(rulesIn(all[owner]), index)
      Properties.Conditions = Properties.Conditions.filter(
        ({ HttpHeaderConfig }: Json) => HttpHeaderConfig?.HttpHeaderName !== HEADER,
      )
    },
  },
  'whose name a rule demands': {
    claim: 'own-services-only',
    forget: (all, { owner }, index) => {
      for (const { HttpHeaderConfig } of some(rulesIn(all[owner]), index).Properties.Conditions)
        if (HttpHeaderConfig?.HttpHeaderName === HEADER) HttpHeaderConfig.Values = ['*']
    },
  },
  'to overwrite the header': {
    claim: 'own-services-only',
    forget: (all, { other }, index) => {
      delete some(integrationsIn(all[other]), index).Properties.RequestParameters[HEADER_OF_REQUEST]
    },
  },
  'that clients may choose it': {
    claim: 'own-services-only',
    forget: (all, { other }, index) => {
      some(integrationsIn(all[other]), index).Properties.RequestParameters[HEADER_OF_REQUEST] =
        '$request.header.x-application'
    },
  },
  'that its name is its own': {
    claim: 'own-services-only',
    forget: (all, { owner, other }, index) => {
      some(integrationsIn(all[other]), index).Properties.RequestParameters[HEADER_OF_REQUEST] = imported(all[owner], {
        Ref: 'AWS::StackName',
      })
    },
  },
  'the header in a second API': {
    claim: 'own-services-only',
    forget: (all, { other }, index) => {
      const { Resources } = all[other]
      const { [HEADER_OF_REQUEST]: _, ...RequestParameters } = some(integrationsIn(all[other]), index).Properties
        .RequestParameters
      const ApiId = { Ref: 'SecondApi' }
      Resources.SecondApi = structuredClone(Resources.HttpApi)
      Resources.SecondApi.Properties.DisableExecuteApiEndpoint = false
      Resources.SecondIntegration = structuredClone(some(integrationsIn(all[other]), index))
      Object.assign(Resources.SecondIntegration.Properties, { ApiId, RequestParameters })
      Resources.SecondStage = structuredClone(Resources.DefaultStage)
      Object.assign(Resources.SecondStage.Properties, { ApiId })
      Resources.SecondRoute = {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId,
          RouteKey: 'ANY /{proxy+}',
          AuthorizationType: 'AWS_IAM',
          Target: { 'Fn::Sub': 'integrations/${SecondIntegration}' },
        },
      }
    },
  },
  'whose target group a rule leads to': {
    claim: 'own-services-only',
    forget: (all, { owner, other }, index) => {
      const group = idOf(all[owner], 'AWS::ElasticLoadBalancingV2::TargetGroup')
      some(rulesIn(all[other]), index).Properties.Actions = [
        { Type: 'forward', TargetGroupArn: imported(all[owner], { Ref: group }) },
      ]
    },
  },
  'what the listener does with the rest': {
    claim: 'own-services-only',
    forget: (all, { owner }) => {
      const group = { Ref: idOf(all[owner], 'AWS::ElasticLoadBalancingV2::TargetGroup') }
      some(ofType(all.platform, 'AWS::ElasticLoadBalancingV2::Listener'), 0).Properties.DefaultActions = [
        { Type: 'forward', TargetGroupArn: owner === 'platform' ? group : imported(all[owner], group) },
      ]
    },
  },
  'which group reaches its tasks': {
    claim: 'sole-entrance',
    forget: (all, { owner, other }, index) => {
      const group = imported(all[owner], groupOfTasks(all[owner], index))
      all[other].Resources.Opening = opening(group, { SourceSecurityGroupId: groupOfTasks(all[other], index) })
    },
  },
  'which addresses reach its tasks': {
    claim: 'sole-entrance',
    forget: (all, { owner }, index) => {
      all[owner].Resources.Opening = opening(groupOfTasks(all[owner], index), { CidrIp: '10.20.0.0/16' })
    },
  },
  'that only the link reaches the load balancer': {
    claim: 'sole-entrance',
    forget: (all, { other }, index) => {
      const balancer = { 'Fn::GetAtt': ['LoadBalancerSecurityGroup', 'GroupId'] }
      all[other].Resources.Opening = opening(other === 'platform' ? balancer : imported(all.platform, balancer), {
        SourceSecurityGroupId: groupOfTasks(all[other], index),
      })
    },
  },
}

test('whatever is forgotten between two applications is refuted with a path', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(forgetting)),
      fc.constantFrom<Between>(
        { owner: 'orders', other: 'billing' },
        { owner: 'billing', other: 'orders' },
        { owner: 'platform', other: 'orders' },
        { owner: 'billing', other: 'platform' },
      ),
      fc.nat(5),
      (what, between, index) => {
        const changed = structuredClone(templates) as Three
        forgetting[what]?.forget(changed, between, index)
        const { claim } = forgetting[what] as Forgetting
        const refuted = together(changed).filter(({ id, verdict }) => id === claim && verdict === 'refuted')
        expect({ what, between, index, isRefuted: refuted.length > 0 }).toEqual({
          what,
          between,
          index,
          isRefuted: true,
        })
        for (const { path = [] } of refuted) expect(path.map(({ node }) => node)).not.toEqual([])
      },
    ),
    { numRuns: 24, seed },
  )
})

describe('of the examples, the command refutes what forgets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-platform-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const examples = (): Three =>
    Object.fromEntries(
      (['platform', 'orders', 'billing'] as const).map((name) => {
        const example = name === 'platform' ? name : `platform-${name}`
        return [name, readTemplate(readFileSync(`examples/${example}/templates/standalone.yaml`, 'utf8'))]
      }),
    ) as Three
  const verified = (all: Three) => {
    for (const [name, template] of Object.entries(all))
      writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(template))
    // As docs/platform.md says.
    const given = ['ShareName=platform', 'PlatformName=platform'].flatMap((each) => ['--parameter', each])
    return runVerify(
      ['platform.yaml', 'orders.yaml', 'billing.yaml', ...given, '--allow', 'egress:S3PrefixListId:443'],
      folder,
    )
  }

  test('nothing: all is proved', () => {
    expect(verified(examples())).toMatchObject({ status: 0 })
  })

  // The other way round, some of it opens nothing: the rule of `orders` for all paths comes first.
  test.each(Object.entries(forgetting))('%s', (_, { claim, forget }) => {
    const all = examples()
    forget(all, { owner: 'orders', other: 'billing' }, 0)
    const { status, stdout } = verified(all)
    expect({ status, stdout }).toMatchObject({ status: 1 })
    const [, path = ''] = stdout.split(new RegExp(`^REFUTED +${claim}`, 'm'))
    expect(path).toMatch(/^ +-> (?:LoadBalancer|OrdersService)\b/m)
  })
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
