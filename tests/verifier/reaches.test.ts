// What a config says that a service reaches is what is declared; every rule that it did not ask for stays open.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { declarationsOf } from '../../generator/commands/verdict.ts'
import { type ClaimReport, type Declarations, verify } from '../../verifier/index.ts'
import { assets, exampleModel } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { without } from '../support/without.ts'

const folder = 'examples/services'
const declared = declarationsOf(exampleModel(folder))
const emitted: Json = readTemplate(readFileSync(`${folder}/templates/standalone.yaml`, 'utf8'))
const own = codeOf(assets)

type Change = (resources: Json) => void

/** Claims that are not proved of the emitted template, changed. */
function open(change: Change, declarations: Declarations = declared): readonly ClaimReport[] {
  const template = structuredClone(emitted)
  change(template.Resources)
  const { claims } = verify({
    templates: [{ path: 'standalone.yaml', text: JSON.stringify(template) }],
    readFile: () => undefined,
    declarations,
    ownFunctions: own,
  })
  return claims.filter(({ verdict }) => verdict !== 'proved')
}

const names = (claims: readonly ClaimReport[]): string[] =>
  claims.map(({ id, target, verdict }) => `${verdict} ${id} ${target}`)
const undeclared = (left: Declarations['allow'][number]): Declarations => ({
  ...declared,
  allow: declared.allow.filter((each) => each !== left),
})
const withRule =
  (id: string, changed: Json): Change =>
  (resources) => {
    const { Type, Properties } = resources[id]
    resources.Stray = { Type, Properties: { ...Properties, ...changed } }
  }

/** A route to the internet that the templates do not have, so that groups alone decide what leaves. */
const routed: Change = (resources) => {
  for (const id of ['OrdersTaskEgressToS3', 'CatalogTaskEgressToS3']) delete resources[id]
  for (const resource of Object.values<Json>(resources))
    if (Array.isArray(resource.DependsOn))
      resource.DependsOn = resource.DependsOn.filter((id: string) => !id.endsWith('TaskEgressToS3'))
  resources.WayOut = {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { Ref: 'PrivateRouteTable1' },
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: 'nat-0123456789abcdef0',
    },
  }
}

test('the example has both kinds of declarations', () => {
  expect(declared.allow.map(({ door }) => door).sort()).toEqual(['caller', 'egress', 'egress', 'egress'])
})

describe('calls from service to service', () => {
  const [call] = declared.allow.filter(({ door }) => door === 'caller')

  test('are refuted when they are not declared, with the flag that declares them', () => {
    const claims = open(() => {}, undeclared(call as Declarations['allow'][number]))
    expect(names(claims)).toEqual(['refuted sole-entrance CatalogService'])
    expect(claims[0]?.remedy).toContain('--allow caller:OrdersService/CatalogService')
  })

  test.each([
    ['back', { GroupId: group('Orders'), SourceSecurityGroupId: group('Catalog') }, 'OrdersService'],
    ['by addresses', { SourceSecurityGroupId: undefined, CidrIp: '10.20.0.0/16' }, 'CatalogService'],
    ['to the load balancer', { GroupId: { 'Fn::GetAtt': ['LoadBalancerSecurityGroup', 'GroupId'] } }, 'LoadBalancer'],
  ])('that nobody asked for are refuted: %s', (_, changed, target) => {
    const port = target === 'LoadBalancer' ? { FromPort: 443, ToPort: 443 } : {}
    expect(names(open(withRule('OrdersCallsCatalogIngress', { ...changed, ...port })))).toContain(
      `refuted sole-entrance ${target}`,
    )
  })

  test('of a third service in the group of the caller are refuted', () => {
    const claims = open((resources) => {
      resources.Third = structuredClone(resources.OrdersService)
      delete resources.Third.Properties.LoadBalancers
    })
    expect(names(claims)).toContain('refuted sole-entrance CatalogService')
  })
})

describe('ways out', () => {
  test('are proved as declared, where a route leads out', () => {
    expect(names(open(routed))).toEqual([])
  })

  test.each(declared.allow.filter(({ door }) => door === 'egress').map((each) => [each.name, each] as const))(
    'are not when %s is not declared',
    (_, left) => {
      expect(names(open(routed, undeclared(left)))).toEqual([
        expect.stringMatching(/^(?:refuted|undecided) bounded-egress OrdersService$/),
      ])
    },
  )

  test.each([
    ['another port', 'OrdersReaches6379RangeEgress', { FromPort: 6380, ToPort: 6380 }],
    ['more ports', 'OrdersReaches6379RangeEgress', { ToPort: 6380 }],
    ['all traffic', 'OrdersReaches6379RangeEgress', { IpProtocol: '-1', FromPort: undefined, ToPort: undefined }],
    ['other addresses', 'OrdersReaches6379RangeEgress', { CidrIp: '10.9.0.0/16' }],
    ['another port of the group', 'OrdersReaches5432GroupEgress', { FromPort: 5433, ToPort: 5433 }],
    ['another group', 'OrdersReaches5432GroupEgress', { DestinationSecurityGroupId: 'sg-0fffffffffffffff0' }],
  ])('that nobody asked for stay open: %s', (_, id, changed) => {
    expect(
      names(
        open((resources) => {
          routed(resources)
          withRule(id, changed)(resources)
        }),
      ),
    ).toEqual([expect.stringMatching(/^(?:refuted|undecided) bounded-egress OrdersService$/)])
  })

  test('of another service are not declared with them: it has a group of its own', () => {
    const claims = open((resources) => {
      routed(resources)
      withRule('OrdersReaches6379RangeEgress', { GroupId: group('Catalog'), CidrIp: '10.9.0.0/16' })(resources)
    })
    expect(names(claims)).toEqual(['refuted bounded-egress CatalogService'])
  })
})

describe('the rule by which a database admits the tasks', () => {
  const ingress = 'OrdersReaches5432GroupIngress'

  test('opens nothing of ours', () => {
    expect(names(open((resources) => without(resources, ingress)))).toEqual([])
  })

  test.each([
    ['the load balancer', 'LoadBalancerSecurityGroup', 443, 'LoadBalancer'],
    ['other tasks', 'CatalogTaskSecurityGroup', 3000, 'CatalogService'],
  ])('is refuted on the group of %s', (_, id, port, target) => {
    const { allow, ...others } = declared
    const claims = open(
      withRule(ingress, { GroupId: { 'Fn::GetAtt': [id, 'GroupId'] }, FromPort: port, ToPort: port }),
      { ...others, allow: allow.filter(({ door }) => door !== 'caller') },
    )
    expect(names(claims)).toContain(`refuted sole-entrance ${target}`)
  })
})

function group(service: string): Json {
  return { 'Fn::GetAtt': [`${service}TaskSecurityGroup`, 'GroupId'] }
}
