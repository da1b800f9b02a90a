// A VPC link and a load balancer that both exist already: the templates write the rules of both sides, and what has to be
// said is whose the two groups are.
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { generate } from '../generator/generate.ts'
import { prerequisites } from '../generator/output/prerequisites.ts'
import { parseConfig } from '../generator/read.ts'
import { type Declarations, verify } from '../verifier/index.ts'
import { assets } from './support/examples.ts'
import { type Json, readTemplate } from './support/read-template.ts'

const modelWith = (services: string) =>
  parseConfig(
    `
name: shop
domain: { name: shop.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
network: { existing: {} }
loadBalancer: { existing: { listener: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shared/0123456789abcdef/fedcba9876543210", securityGroup: sg-0eeeeeeeeeeeeeee0, serverName: internal.example.com }, priorities: 2000-2999 }
services: { ${services} }
api:
  vpcLink: { id: abc123, securityGroup: sg-0ddddddddddddddd0 }
  auth: { users: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } }`,
    'portcullis.yaml',
  ).model

const web =
  'web: { image: nginx, port: 80, paths: ["/web", "/web/*"], reaches: [{ securityGroup: sg-0ccccccccccccccc0, port: 5432 }] }'
const pods = 'pods: { external: { securityGroup: sg-0bbbbbbbbbbbbbbb0 }, port: 8443, paths: [/pods] }'

const linkIsIt = { name: 'VpcLinkSecurityGroupId', facet: 'carriers', value: 'VpcLinkId' } as const
const listenerIsIt = { name: 'LoadBalancerSecurityGroupId', facet: 'carriers', value: 'HttpsListenerArn' } as const

type Change = (resources: Json, template: Json) => void

describe.each([
  ['a service', web, 'WebService'],
  ['what somebody else runs', pods, 'HttpApi'],
  ['both', `${web}, ${pods}`, 'WebService'],
])('%s', (_, services, target) => {
  const model = modelWith(services)
  const declared = declarationsOf(model)
  const text = generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? ''

  function open(change: Change = () => undefined, declarations: Declarations = declared): string[] {
    const template = readTemplate(text)
    change(template.Resources, template)
    const { claims } = verify({
      templates: [{ path: 'standalone.json', text: JSON.stringify(template) }],
      readFile: () => undefined,
      declarations,
      ownFunctions: codeOf(assets),
    })
    return claims
      .filter(({ verdict }) => verdict !== 'proved')
      .map(({ verdict, id, target: of }) => `${verdict} ${id} ${of}`)
  }

  const saying = (name: string, value: string | undefined): Declarations => ({
    ...declared,
    assume: [
      ...declared.assume.filter((each) => each.name !== name || each.facet !== 'carriers'),
      ...(value === undefined ? [] : [{ name, facet: 'carriers' as const, value }]),
    ],
  })
  const wayIn = `undecided way-in-exists ${target}`

  test('neither is made, and both get the rule of their side', () => {
    const { Resources }: Json = readTemplate(text)
    const types = Object.values<Json>(Resources).map(({ Type }) => Type)
    for (const type of ['AWS::ApiGatewayV2::VpcLink', 'AWS::ElasticLoadBalancingV2::LoadBalancer'])
      expect(types).not.toContain(type)
    const [link, balancer] = [{ Ref: 'VpcLinkSecurityGroupId' }, { Ref: 'LoadBalancerSecurityGroupId' }]
    expect(Resources.VpcLinkEgressToLoadBalancer.Properties).toMatchObject({
      GroupId: link,
      DestinationSecurityGroupId: balancer,
    })
    expect(Resources.LoadBalancerIngressFromVpcLink.Properties).toMatchObject({
      GroupId: balancer,
      SourceSecurityGroupId: link,
    })
  })

  test('proved by what the config says, which is whose the groups are', () => {
    expect(declared.assume).toEqual(expect.arrayContaining([linkIsIt, listenerIsIt]))
    expect(open()).toEqual([])
  })

  test.each([undefined, 'none', 'AnotherLink', 'HttpsListenerArn'])(
    'the group of the link is said to be of: %s',
    (value) => {
      expect(open(undefined, saying(linkIsIt.name, value))).toContain(wayIn)
    },
  )

  test.each([undefined, 'none', 'AnotherListener', 'VpcLinkId'])(
    'the group of the load balancer is said to be of: %s',
    (value) => {
      expect(open(undefined, saying(listenerIsIt.name, value))).toContain(wayIn)
    },
  )

  const cases: readonly [string, Change][] = [
    ['without the rule that admits the link', (resources) => delete resources.LoadBalancerIngressFromVpcLink],
    ['without the rule that lets it out', (resources) => delete resources.VpcLinkEgressToLoadBalancer],
    [
      'with a rule that lets it out to another group',
      (resources, template) => {
        template.Parameters.OtherGroupId = { Type: 'AWS::EC2::SecurityGroup::Id' }
        resources.VpcLinkEgressToLoadBalancer.Properties.DestinationSecurityGroupId = { Ref: 'OtherGroupId' }
      },
    ],
    [
      'with a rule that admits another group',
      (resources, template) => {
        template.Parameters.OtherGroupId = { Type: 'AWS::EC2::SecurityGroup::Id' }
        resources.LoadBalancerIngressFromVpcLink.Properties.SourceSecurityGroupId = { Ref: 'OtherGroupId' }
      },
    ],
    [
      'with another link than the one whose group it is',
      (resources, template) => {
        template.Parameters.OtherLinkId = { Type: 'String' }
        for (const { Type, Properties } of Object.values<Json>(resources))
          if (Type === 'AWS::ApiGatewayV2::Integration') Properties.ConnectionId = { Ref: 'OtherLinkId' }
      },
    ],
    [
      'with a rule that is there under a condition only',
      (resources, template) => {
        template.Parameters.Closed = { Type: 'String', AllowedValues: ['yes', 'no'] }
        template.Conditions = { ...template.Conditions, IsOpen: { 'Fn::Equals': [{ Ref: 'Closed' }, 'no'] } }
        resources.VpcLinkEgressToLoadBalancer.Condition = 'IsOpen'
      },
    ],
  ]
  test.each(cases)('%s', (_name, change) => {
    expect(open(change)).toContain(wayIn)
  })
})

describe('of a service', () => {
  const model = modelWith(web)
  const text = generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? ''
  const judged = (change: Change): string[] => {
    const template = readTemplate(text)
    change(template.Resources, template)
    return verify({
      templates: [{ path: 'standalone.json', text: JSON.stringify(template) }],
      readFile: () => undefined,
      declarations: declarationsOf(model),
      ownFunctions: codeOf(assets),
    }).claims.map(({ verdict, id, target }) => `${verdict} ${id} ${target}`)
  }
  const insider = (group: Json): Json => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: 'arn:aws:iam::111111111111:role/x',
      Code: { ImageUri: 'x' },
      PackageType: 'Image',
      VpcConfig: { SubnetIds: [{ Ref: 'PrivateSubnet1Id' }], SecurityGroupIds: [group] },
    },
  })

  test.each(['VpcLinkSecurityGroupId', 'LoadBalancerSecurityGroupId'])(
    'a function of the templates that carries %s comes in',
    (group) => {
      const found = judged((resources) => {
        resources.Insider = insider({ Ref: group })
      })
      expect(found).toContain('refuted sole-entrance WebService')
    },
  )

  test('a function that the load balancer admits comes in', () => {
    const found = judged((resources) => {
      resources.InsiderGroup = {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'x', VpcId: { Ref: 'VpcId' } },
      }
      resources.Insider = insider({ Ref: 'InsiderGroup' })
      resources.InsiderIngress = structuredClone(resources.LoadBalancerIngressFromVpcLink)
      resources.InsiderIngress.Properties.SourceSecurityGroupId = { Ref: 'InsiderGroup' }
    })
    expect(found).toContain('refuted sole-entrance WebService')
  })
})

test('that nobody else takes both is to be made sure, since EC2 refuses their rule a second time', () => {
  const told = (text: string): boolean =>
    /no other application.* sg-0ddddddddddddddd0 and sg-0eeeeeeeeeeeeeee0/.test(text)
  expect(prerequisites(modelWith(web)).filter(told)).toHaveLength(1)
})
