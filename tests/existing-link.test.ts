// A VPC link that exists already: what is made for it, what has to be said of it, and what that word does not cover.
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { generate } from '../generator/generate.ts'
import { parseConfig } from '../generator/read.ts'
import { type Declarations, verify } from '../verifier/index.ts'
import { assets } from './support/examples.ts'
import type { Json } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

const model = parseConfig(
  `
name: shop
domain: { name: shop.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
network: { existing: {} }
services: { web: { image: nginx, port: 80 } }
api:
  vpcLink: { id: abc123, securityGroup: sg-0ddddddddddddddd0 }
  auth: { users: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } }`,
  'portcullis.yaml',
).model

const text = generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? ''
const { Resources, Parameters }: Json = templateOf(model)
const declared = declarationsOf(model)
const saying = (value: string): Declarations => ({
  ...declared,
  assume: [{ name: 'VpcLinkSecurityGroupId', facet: 'carriers', value }],
})

/** The claims that are not proved, after a change to the template. */
function open(change: (template: Json) => void = () => undefined, declarations: Declarations = declared): string[] {
  const template = templateOf(model)
  change(template)
  const { verdict, claims } = verify({
    templates: [{ path: 'standalone.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    declarations,
    ownFunctions: codeOf(assets),
  })
  const left = claims.filter((claim) => claim.verdict !== 'proved')
  expect(verdict === 'proved').toBe(left.length === 0)
  return left.map((claim) => `${claim.verdict} ${claim.id} ${claim.target}`)
}

describe('what is made', () => {
  test('no link, no group, no function that waits, and the rules of both sides', () => {
    const types = Object.values<Json>(Resources).map(({ Type }) => Type)
    for (const type of ['AWS::ApiGatewayV2::VpcLink', 'Custom::PortcullisVpcLinkReady', 'AWS::Lambda::Function'])
      expect(types).not.toContain(type)
    expect(Resources.VpcLinkSecurityGroup).toBeUndefined()
    const balancer = { 'Fn::GetAtt': ['LoadBalancerSecurityGroup', 'GroupId'] }
    const link = { Ref: 'VpcLinkSecurityGroupId' }
    expect(Resources.VpcLinkEgressToLoadBalancer.Properties).toMatchObject({
      GroupId: link,
      DestinationSecurityGroupId: balancer,
      FromPort: 443,
      ToPort: 443,
    })
    expect(Resources.LoadBalancerIngressFromVpcLink.Properties).toMatchObject({
      GroupId: balancer,
      SourceSecurityGroupId: link,
      FromPort: 443,
      ToPort: 443,
    })
    expect(Resources.AlbIntegration.Properties.ConnectionId).toEqual({ Ref: 'VpcLinkId' })
  })

  test('two parameters, with the ids as defaults', () => {
    expect(Parameters.VpcLinkId).toMatchObject({
      Type: 'String',
      Default: 'abc123',
      AllowedPattern: '^[a-z0-9]{6,32}$',
    })
    expect(Parameters.VpcLinkSecurityGroupId).toMatchObject({
      Type: 'AWS::EC2::SecurityGroup::Id',
      Default: 'sg-0ddddddddddddddd0',
    })
  })
})

describe('what has to be said', () => {
  test('one thing: only that link carries its group', () => {
    expect(declared.assume).toEqual([{ name: 'VpcLinkSecurityGroupId', facet: 'carriers', value: 'VpcLinkId' }])
    expect(open()).toEqual([])
  })

  test('without it two claims are undecided, and each prints the flag', () => {
    const { claims } = verify({
      templates: [{ path: 'standalone.yaml', text }],
      readFile: () => undefined,
      declarations: { ...declared, assume: [] },
      ownFunctions: codeOf(assets),
    })
    const left = claims.filter(({ verdict }) => verdict !== 'proved')
    expect(left.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['way-in-exists', 'undecided'],
      ['sole-entrance', 'undecided'],
    ])
    for (const { unknowns } of left)
      expect(unknowns?.map(({ settle }) => settle)).toEqual(['--assume VpcLinkSecurityGroupId.carriers=VpcLinkId'])
  })

  test.each(['none', 'AnotherLink', 'LoadBalancer', 'WebService'])('%s carries it: proves nothing', (value) => {
    expect(open(undefined, saying(value))).toContain('undecided way-in-exists LoadBalancer')
  })
})

const groupOfLink = { Ref: 'VpcLinkSecurityGroupId' }
const task = (resources: Json) => resources.WebService.Properties.NetworkConfiguration.AwsvpcConfiguration

describe('what that word does not cover', () => {
  const cases: readonly [string, (resources: Json, template: Json) => void, string][] = [
    [
      'a function of the templates that carries the group',
      (resources) => {
        resources.Insider = {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: 'arn:aws:iam::111111111111:role/x',
            Code: { ImageUri: 'x' },
            PackageType: 'Image',
            VpcConfig: { SubnetIds: [{ Ref: 'PrivateSubnet1Id' }], SecurityGroupIds: [groupOfLink] },
          },
        }
      },
      'refuted sole-entrance LoadBalancer',
    ],
    [
      'the tasks themselves, when they carry it too',
      (resources) => task(resources).SecurityGroups.push(groupOfLink),
      'refuted sole-entrance LoadBalancer',
    ],
    [
      'a second group that is admitted',
      (resources, template) => {
        template.Parameters.OtherGroupId = { Type: 'AWS::EC2::SecurityGroup::Id' }
        resources.SecondIngress = structuredClone(resources.LoadBalancerIngressFromVpcLink)
        resources.SecondIngress.Properties.SourceSecurityGroupId = { Ref: 'OtherGroupId' }
      },
      'undecided sole-entrance LoadBalancer',
    ],
    [
      'a link whose group the load balancer does not admit',
      (resources) => {
        delete resources.LoadBalancerIngressFromVpcLink
      },
      'undecided way-in-exists LoadBalancer',
    ],
    [
      'a group that may not reach the load balancer',
      (resources) => {
        delete resources.VpcLinkEgressToLoadBalancer
      },
      'undecided way-in-exists LoadBalancer',
    ],
    [
      'a group that may reach another port only',
      (resources) => Object.assign(resources.VpcLinkEgressToLoadBalancer.Properties, { FromPort: 444, ToPort: 444 }),
      'undecided way-in-exists LoadBalancer',
    ],
    [
      'another link than the one through which the API sends',
      (resources, template) => {
        template.Parameters.OtherLinkId = { Type: 'String' }
        resources.AlbIntegration.Properties.ConnectionId = { Ref: 'OtherLinkId' }
      },
      'undecided way-in-exists LoadBalancer',
    ],
    [
      'an open route of a second API on the link',
      (resources) => {
        resources.SecondApi = structuredClone(resources.HttpApi)
        resources.SecondIntegration = structuredClone(resources.AlbIntegration)
        resources.SecondIntegration.Properties.ApiId = { Ref: 'SecondApi' }
        resources.SecondRoute = {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'SecondApi' },
            RouteKey: 'ANY /{proxy+}',
            Target: { 'Fn::Sub': 'integrations/${SecondIntegration}' },
          },
        }
      },
      'refuted authorized-routes SecondApi',
    ],
  ]

  test.each(cases)('%s', (_, change, expected) => {
    expect(open((template) => change(template.Resources, template))).toContain(expected)
  })

  test('a rule that is there under a condition only', () => {
    const left = open((template) => {
      template.Parameters.Closed = { Type: 'String', AllowedValues: ['yes', 'no'] }
      template.Conditions = { ...template.Conditions, IsOpen: { 'Fn::Equals': [{ Ref: 'Closed' }, 'no'] } }
      template.Resources.VpcLinkEgressToLoadBalancer.Condition = 'IsOpen'
    })
    expect(left).toEqual(['undecided way-in-exists LoadBalancer'])
  })
})
