// What somebody else runs: a target group, the way to it, and what has to be said so that the proof holds.
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { generate } from '../generator/generate.ts'
import { parseConfig } from '../generator/read.ts'
import { type Declarations, verify, WrongDeclaration } from '../verifier/index.ts'
import { assets } from './support/examples.ts'
import type { Json } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

const pods = 'pods: { external: { securityGroup: sg-0eeeeeeeeeeeeeeee }, port: 8443, protocol: https, paths: [/pods] }'
const web = 'web: { image: nginx, port: 80, paths: [/web] }'
const modelWith = (services: readonly string[], more = '') =>
  parseConfig(
    `
name: shop
domain: { name: shop.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
network: { existing: {} }
services: { ${services.join(', ')} }
api: { auth: { users: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } } ${more} }`,
    'portcullis.yaml',
  ).model

type Model = ReturnType<typeof modelWith>

const standalone = (model: Model): string =>
  generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? ''
const judge = (text: string, declarations: Declarations) =>
  verify({
    templates: [{ path: 'standalone.yaml', text }],
    readFile: () => undefined,
    declarations,
    ownFunctions: codeOf(assets),
  })
const wayIn = (text: string, declarations: Declarations) =>
  judge(text, declarations).claims.find(({ id }) => id === 'way-in-exists')

describe('alone behind the load balancer', () => {
  const model = modelWith([pods])
  const template: Json = templateOf(model)

  test('it has a target group and the way to it, and nothing that runs', () => {
    const types = Object.values<Json>(template.Resources).map(({ Type }) => Type)
    expect(types.filter((type) => /^AWS::(?:ECS|ApplicationAutoScaling|Logs)/.test(type))).toEqual([
      'AWS::Logs::LogGroup',
      'AWS::Logs::LogGroup',
    ])
    expect(template.Resources.PodsTargetGroup.Properties).toMatchObject({
      TargetType: 'ip',
      Protocol: 'HTTPS',
      Port: 8443,
      VpcId: { Ref: 'VpcId' },
    })
    const group = { 'Fn::GetAtt': ['LoadBalancerSecurityGroup', 'GroupId'] }
    expect(template.Resources.PodsTaskIngressFromLoadBalancer.Properties).toMatchObject({
      GroupId: { Ref: 'PodsTaskSecurityGroupId' },
      SourceSecurityGroupId: group,
      FromPort: 8443,
      ToPort: 8443,
    })
    expect(template.Resources.LoadBalancerEgressToPods.Properties).toMatchObject({
      GroupId: group,
      DestinationSecurityGroupId: { Ref: 'PodsTaskSecurityGroupId' },
    })
    expect(template.Outputs.PodsTargetGroupArn.Value).toEqual({ Ref: 'PodsTargetGroup' })
  })

  test('it is proved with what the config declares, and undecided without', () => {
    const declared = declarationsOf(model)
    expect(declared.assume).toEqual([{ name: 'PodsTargetGroup', facet: 'targets', value: 'elsewhere' }])
    const judged = judge(standalone(model), declared)
    expect(judged.verdict).toBe('proved')
    expect(wayIn(standalone(model), declared)?.assumed).toContain(
      'PodsTargetGroup has targets that are registered from elsewhere, as declared',
    )
    const undeclared = wayIn(standalone(model), { ...declared, assume: [] })
    expect(undeclared?.verdict).toBe('undecided')
    expect(undeclared?.unknown?.settle).toMatch(
      /verify the template of the services .*--assume PodsTargetGroup\.targets=elsewhere$/,
    )
  })

  test('where the listener forwards to nothing, no word about targets helps', () => {
    const text = standalone(model).replace(
      'TargetGroupArn: !Ref PodsTargetGroup',
      'TargetGroupArn: !Ref PodsTaskSecurityGroupId',
    )
    expect(text).not.toBe(standalone(model))
    expect(wayIn(text, declarationsOf(model))?.verdict).not.toBe('proved')
  })
})

describe('beside a service of ours', () => {
  const model = modelWith([pods, web])

  test('both are proved', () => {
    expect(judge(standalone(model), declarationsOf(model)).verdict).toBe('proved')
  })

  test('targets of a group that has a service are no matter of declarations', () => {
    const { assume, ...declared } = declarationsOf(model)
    const wrong = { ...declared, assume: [{ name: 'WebTargetGroup', facet: 'targets' as const, value: 'elsewhere' }] }
    expect(() => judge(standalone(model), wrong)).toThrow(WrongDeclaration)
    expect(assume).toHaveLength(1)
  })

  test('the probe waits for the rules of both', () => {
    const probed = modelWith(
      [pods.replace('paths: [/pods]', 'paths: [/pods, /health], health: { path: /health }'), web],
      ', probe: true, routes: [{ route: "GET /health", auth: none }, { route: "ANY /web" }]',
    )
    const { DependsOn } = templateOf(probed).Resources.IsolationProbe
    expect(DependsOn).toContain('PodsListenerRuleExact1')
    expect(DependsOn).toContain('WebService')
    expect(DependsOn).not.toContain('PodsService')
  })
})
