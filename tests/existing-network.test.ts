// A VPC that exists already: nothing of it is made, and what the templates cannot show is declared, no more.
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { generate } from '../generator/generate.ts'
import { layers } from '../generator/layers/index.ts'
import { summary } from '../generator/output/summary.ts'
import { parseConfig } from '../generator/read.ts'
import { verify } from '../verifier/index.ts'
import { assets } from './support/examples.ts'
import type { Json } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

const ids = 'vpc: vpc-0a1b2c3d4e5f60718, subnets: [subnet-0aaaaaaaaaaaaaaaa, subnet-0bbbbbbbbbbbbbbbb]'
const modelWith = (existing: string, more = '', service = '') =>
  parseConfig(
    `
name: shop
domain: { name: "{account}.{region}.example.com", zone: { id: Z0123456789ABCDEFGHIJ, role: "arn:aws:iam::222222222222:role/dns" } }
network: { existing: { ${existing} } }
services: { web: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/shop:1", port: 8080, ${service} } }
api: { auth: { users: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } } }
${more}`,
    'portcullis.yaml',
  ).model

type Model = ReturnType<typeof modelWith>

const filesOf = (model: Model): Map<string, string> =>
  new Map(generate(model, assets).map(({ path, text }) => [path, text]))
const typesIn = ({ Resources }: Json): string[] => Object.values<Json>(Resources).map(({ Type }) => Type)

const forms = {
  'through its endpoints': modelWith(`${ids}, endpoints: sg-0cccccccccccccccc`),
  'wherever its routes lead': modelWith(ids),
  'without ids': modelWith(''),
}

describe.each(Object.entries(forms))('%s', (_, model) => {
  test('nothing of a network is made, and no template is left empty', () => {
    const made = /^AWS::EC2::(?!SecurityGroup)/
    expect(typesIn(templateOf(model)).filter((type) => made.test(type))).toEqual([])
    expect([...filesOf(model).keys()].filter((path) => path.includes('network'))).toEqual([])
  })

  test('everything lies in its VPC and in its subnets', () => {
    const { Resources } = templateOf(model)
    const subnets = [{ Ref: 'PrivateSubnet1Id' }, { Ref: 'PrivateSubnet2Id' }]
    expect(Resources.LoadBalancer.Properties.Subnets).toEqual(subnets)
    expect(Resources.VpcLink.Properties.SubnetIds).toEqual(subnets)
    expect(Resources.WebService.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets).toEqual(subnets)
    for (const { Properties } of Object.values<Json>(Resources))
      if (Properties && 'VpcId' in Properties) expect(Properties.VpcId).toEqual({ Ref: 'VpcId' })
  })

  test('each declaration is needed', () => {
    const declared = declarationsOf(model)
    const judged = (allow: typeof declared.allow) =>
      verify({
        templates: [{ path: 'standalone.yaml', text: filesOf(model).get('templates/standalone.yaml') ?? '' }],
        readFile: () => undefined,
        declarations: { ...declared, allow },
        ownFunctions: codeOf(assets),
      })
    expect(judged(declared.allow).verdict).toBe('proved')
    expect(declared.allow.length).toBeGreaterThan(0)
    for (const left of declared.allow) {
      const { claims } = judged(declared.allow.filter((each) => each !== left))
      expect(claims.filter(({ verdict }) => verdict !== 'proved').map(({ id, verdict }) => [id, verdict])).toEqual([
        ['bounded-egress', 'undecided'],
      ])
    }
  })
})

test('ids that are left out are picked from lists', () => {
  const { Parameters } = templateOf(forms['without ids'])
  expect(Parameters.VpcId.Type).toBe('AWS::EC2::VPC::Id')
  expect(Parameters.PrivateSubnet1Id.Type).toBe('AWS::EC2::Subnet::Id')
  for (const name of ['VpcId', 'PrivateSubnet1Id', 'PrivateSubnet2Id'])
    expect(Parameters[name]).not.toHaveProperty('Default')
  const three = templateOf(
    parseConfig(
      `
name: shop
domain: { name: shop.example.com }
network: { availabilityZones: 3, existing: {} }
services: { web: { image: nginx, port: 80 } }
api: { defaultAuth: iam }`,
      'portcullis.yaml',
    ).model,
  )
  expect(three.Resources.LoadBalancer.Properties.Subnets).toHaveLength(3)
})

test('with endpoints, tasks may open the group, the lists, and nothing else', () => {
  const model = modelWith(
    `${ids}, endpoints: sg-0cccccccccccccccc`,
    '',
    'permissions: [{ actions: [dynamodb:GetItem], resources: ["arn:aws:dynamodb:{region}:{account}:table/x"] }]',
  )
  const template = templateOf(model)
  const outgoing = Object.values<Json>(template.Resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::EC2::SecurityGroupEgress' && /WebTask/.test(JSON.stringify(Properties.GroupId)),
    )
    .map(({ Properties: { FromPort, ToPort, CidrIp, DestinationPrefixListId, DestinationSecurityGroupId } }) => [
      DestinationPrefixListId ?? DestinationSecurityGroupId ?? CidrIp,
      FromPort,
      ToPort,
    ])
  expect(outgoing).toEqual([
    [{ Ref: 'EndpointSecurityGroupId' }, 443, 443],
    [{ Ref: 'S3PrefixListId' }, 443, 443],
    [{ Ref: 'DynamoDbPrefixListId' }, 443, 443],
  ])
  for (const name of ['S3PrefixListId', 'DynamoDbPrefixListId'])
    expect(template.Parameters[name]).not.toHaveProperty('Default')
})

test('an environment gets the prefix list of its region, where it is known', () => {
  const model = modelWith(
    `${ids}, endpoints: sg-0cccccccccccccccc`,
    'environments: { prod: { region: eu-west-1, account: "111111111111" } }',
  )
  expect(filesOf(model).get('samconfig.toml')).toContain('S3PrefixListId=\\"pl-6da54004\\"')
})

test('what only a failed deployment would tell is listed, for the regions of the config', () => {
  const told = (model: Model): string =>
    summary({ model, layers: layers(model), files: [], changes: [], folder: '.', verdict: [], placeholders: [] })
  const two = modelWith(
    `${ids}, endpoints: sg-0cccccccccccccccc`,
    `environments:
  a: { region: eu-west-1 }
  b:
    region: us-east-2
    parameters: { VpcId: vpc-1a1b2c3d, PrivateSubnet1Id: subnet-1a1b2c3d, PrivateSubnet2Id: subnet-2a1b2c3d, EndpointSecurityGroupId: sg-1a1b2c3d }`,
    'secrets: { A: /shop/a }',
  )
  expect(told(two)).toContain('eu-west-1: euw1-az1, euw1-az2, euw1-az3\n')
  expect(told(two)).toContain('us-east-2: use2-az1, use2-az2, use2-az3\n')
  expect(told(two)).toMatch(
    /endpoints, with .* sg-0cccccccccccccccc: ecr\.api, ecr\.dkr, logs, ssm; .*gateway endpoint s3\n/,
  )
  expect(told(forms['without ids'])).toContain('http-api-vpc-links.html')
})

describe('delivered to many', () => {
  test('a stack set asks for what some stack does not give for itself, and gives the list of the region', () => {
    const { Parameters, Resources } = templateOf(
      modelWith(
        'endpoints: sg-0cccccccccccccccc',
        `delivery:
  stackSet:
    accounts: ["333333333333", "444444444444"]
    regions: [eu-west-1]
    overrides: { "333333333333/eu-west-1": { VpcId: vpc-1a1b2c3d, PrivateSubnet1Id: subnet-1a1b2c3d, PrivateSubnet2Id: subnet-2a1b2c3d, EndpointSecurityGroupId: sg-1a1b2c3d } }`,
      ),
      'stack-set',
    )
    expect(Object.entries<Json>(Parameters).map(([name, { Type }]) => [name, Type])).toEqual(
      ['VpcId', 'PrivateSubnet1Id', 'PrivateSubnet2Id'].map((name) => [name, 'String']),
    )
    const { Parameters: given, StackInstancesGroup: groups } = Resources.StackSet.Properties
    const list = { ParameterKey: 'S3PrefixListId', ParameterValue: 'pl-6da54004' }
    expect(given).toEqual(expect.arrayContaining([{ ParameterKey: 'VpcId', ParameterValue: { Ref: 'VpcId' } }, list]))
    expect(groups).toHaveLength(2)
    for (const { ParameterOverrides } of groups) expect(ParameterOverrides).toContainEqual(list)
    expect(groups[0].ParameterOverrides).toContainEqual({ ParameterKey: 'VpcId', ParameterValue: 'vpc-1a1b2c3d' })
  })

  test.each([
    ['with endpoints, whose group gets rules', `${ids}, endpoints: sg-0cccccccccccccccc`, '', true],
    [
      'with a database, whose group gets a rule',
      ids,
      'reaches: [{ securityGroup: sg-0dddddddddddddddd, port: 5432 }]',
      true,
    ],
    ['with nothing that is changed', ids, '', false],
  ])('a launch changes groups of others only %s', (_, existing, service, changes) => {
    const product = 'delivery: { serviceCatalog: { portfolio: P, owner: o, versions: { "1.0.0": current } } }'
    const role = JSON.stringify(templateOf(modelWith(existing, product, service), 'launch-role'))
    expect(role.includes('aws:ResourceTag/aws:cloudformation:stack-name')).toBe(!changes)
  })
})
