// The emitted stack set in two accounts and two regions, and the emitted product, as far as moto goes.
//
// moto's: StackSets, which make a real stack per target and hold each account and region apart; Service Catalog's
// portfolios and products, without versions and without provisioning.
// Ours: moto's CloudFormation does not know AWS::CloudFormation::StackSet, so this file does with its properties what
// CloudFormation does: CreateStackSet, then CreateStackInstances per group. Of the template, moto gets the resources
// that it can make (`leftOut` lists the rest), with Fn::Cidr, which it does not know, worked out.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { references } from '../../generator/cfn/references.ts'
import { generate } from '../../generator/generate.ts'
import { compare, write } from '../../generator/output/write-files.ts'
import { parseConfig } from '../../generator/read.ts'
import { startMinistack } from '../engine/ministack.ts'
import { elements, json, type Place, query, startMoto, stored } from '../engine/moto.ts'
import { sam } from '../engine/sam.ts'
import type { ServerProcess } from '../engine/server-process.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const accounts = ['333333333333', '444444444444'] as const
const regions = ['us-east-1', 'eu-west-1'] as const
const administrator: Place = { account: '111111111111', region: 'eu-west-1' }
const targets: readonly Place[] = accounts.flatMap((account) => regions.map((region) => ({ account, region })))
const retention: Readonly<Record<string, number>> = { '333333333333/eu-west-1': 7, '444444444444/us-east-1': 90 }

const config = `
name: shop
domain:
  name: "{account}.{region}.example.com"
  zone:
    id: Z0123456789ABCDEFGHIJ
    role: arn:aws:iam::222222222222:role/portcullis/dns-writer
    externalId: portcullis-shop
services:
  orders: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/orders:1", port: 8080 }
api:
  auth: { customers: { jwt: { issuer: https://idp.example.com/, audience: [orders] } } }
delivery:
  serviceCatalog: { portfolio: Platform, owner: platform-team, versions: { "1.0.0": current } }
  stackSet:
    accounts: ["${accounts.join('", "')}"]
    regions: [${regions.join(', ')}]
    overrides:
${Object.entries(retention)
  .map(([target, days]) => `      "${target}": { LogRetentionDays: ${days} }\n`)
  .join('')}`

const folder = mkdtempSync(join(tmpdir(), 'portcullis-stack-sets-'))
const template = (name: string): Json => readTemplate(readFileSync(join(folder, 'templates', `${name}.yaml`), 'utf8'))
const stackSet = (): Json => template('stack-set').Resources.StackSet.Properties

let engine: ServerProcess
beforeAll(async () => {
  engine = await startMoto()
  const files = generate(parseConfig(config, 'portcullis.yaml').model, assets)
  write(folder, files, compare(folder, files))
})
afterAll(async () => {
  await engine.stop()
  rmSync(folder, { recursive: true })
})

const cloudFormation = (action: string, parameters: Readonly<Record<string, string>>, place = administrator) =>
  query(engine.url, 'cloudformation', action, parameters, place)

/** `{ Accounts: ['a'] }` -> `{ 'Accounts.member.1': 'a' }` */
const members = (name: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, index) => [`${name}.member.${index + 1}`, value]))

describe('stack sets', () => {
  test('sam package uploads the one file that every target reads, as it is', async () => {
    // moto's bucket stack lacks the tags by which SAM CLI knows its own, so here the upload goes to ministack.
    const storage = await startMinistack()
    const packaged = join(folder, 'packaged.yaml')
    const { code, output } = await sam(['package', '--config-env', 'stack-set', '--output-template-file', packaged], {
      cwd: folder,
      env: { AWS_ENDPOINT_URL: storage.url },
    })
    expect(output).toMatch(/Successfully packaged artifacts/)
    expect(code).toBe(0)
    const { TemplateURL } = readTemplate(readFileSync(packaged, 'utf8')).Resources.StackSet.Properties
    expect(TemplateURL.startsWith(storage.url)).toBe(true)
    const uploaded = readTemplate(await (await fetch(TemplateURL)).text())
    expect(uploaded.Resources).toEqual(template('standalone').Resources)
    await storage.stop()
  })

  test('make a stack of its own in each of two accounts and two regions, with the values of that target, and take all away', async () => {
    const { body, leftOut } = forMoto(template('standalone'))
    expect(leftOut).toEqual(notInMoto)
    const { StackSetName, PermissionModel, Capabilities, StackInstancesGroup } = stackSet()
    await cloudFormation('CreateStackSet', {
      StackSetName,
      PermissionModel,
      TemplateBody: body,
      ...members('Capabilities', Capabilities),
    })
    for (const { DeploymentTargets, Regions, ParameterOverrides = [] } of StackInstancesGroup)
      await cloudFormation('CreateStackInstances', {
        StackSetName,
        ...members('Accounts', DeploymentTargets.Accounts),
        ...members('Regions', Regions),
        ...Object.fromEntries(
          ParameterOverrides.flatMap(({ ParameterKey, ParameterValue }: Record<string, string>, index: number) => [
            [`ParameterOverrides.member.${index + 1}.ParameterKey`, ParameterKey],
            [`ParameterOverrides.member.${index + 1}.ParameterValue`, ParameterValue],
          ]),
        ),
      })

    expect(await instances(StackSetName)).toEqual(targets.map(({ account, region }) => `${account}/${region}`).sort())
    const roleNames: string[] = []
    for (const target of targets) {
      const stacks = await cloudFormation('DescribeStacks', {}, target)
      expect(elements(stacks, 'StackStatus')).toEqual(['CREATE_COMPLETE'])
      expect(elements(await query(engine.url, 'ec2', 'DescribeSubnets', {}, target), 'cidrBlock')).toEqual(
        expect.arrayContaining(['10.20.0.0/19', '10.20.32.0/19']),
      )
      const { logGroups } = await json(engine.url, 'logs', 'Logs_20140328.DescribeLogGroups', {}, target)
      const days = logGroups.map((group: Json) => Number(group.retentionInDays))
      expect(days.length).toBeGreaterThan(2)
      expect(new Set(days)).toEqual(new Set([retention[`${target.account}/${target.region}`] ?? 30]))
    }
    const roles = Object.values<Json>(JSON.parse(body).Resources).filter(({ Type }) => Type === 'AWS::IAM::Role')
    for (const account of accounts) {
      const listed = await query(engine.url, 'iam', 'ListRoles', {}, { account, region: 'us-east-1' })
      const names = elements(listed, 'RoleName')
      // IAM knows no regions: both stacks of the account have their roles there.
      expect(names).toHaveLength(roles.length * regions.length)
      roleNames.push(...names)
    }
    expect(new Set(roleNames).size).toBe(roleNames.length)

    for (const target of targets) await deleteRouteTables(target)
    await cloudFormation('DeleteStackInstances', {
      StackSetName,
      RetainStacks: 'false',
      ...members('Accounts', accounts),
      ...members('Regions', regions),
    })
    expect(await instances(StackSetName)).toEqual([])
    for (const target of targets)
      expect(elements(await cloudFormation('DescribeStacks', {}, target), 'StackStatus')).toEqual([])
  })

  test('the check of the names can fail: a role with a name of its own cannot be made in a second region', async () => {
    const named = JSON.stringify({
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'mine', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
        },
      },
    })
    await cloudFormation('CreateStackSet', {
      StackSetName: 'named',
      PermissionModel: 'SELF_MANAGED',
      TemplateBody: named,
    })
    const create = (region: string): Promise<string> =>
      cloudFormation('CreateStackInstances', {
        StackSetName: 'named',
        ...members('Accounts', ['555555555555']),
        ...members('Regions', [region]),
      })
    await create('us-east-1')
    const listed = async (): Promise<number> =>
      elements(
        await query(engine.url, 'iam', 'ListRoles', {}, { account: '555555555555', region: 'us-east-1' }),
        'RoleName',
      ).length
    expect(await listed()).toBe(1)
    await create('eu-west-1').catch(() => undefined)
    expect(await listed()).toBe(1)
  })

  /** moto's CloudFormation makes route tables but never deletes them, and with them the VPC stays. */
  const deleteRouteTables = async (place: Place): Promise<void> => {
    const ec2 = (action: string, parameters: Record<string, string> = {}) =>
      query(engine.url, 'ec2', action, parameters, place)
    const tables = await ec2('DescribeRouteTables')
    for (const AssociationId of elements(tables, 'routeTableAssociationId'))
      if (AssociationId.startsWith('rtbassoc-')) await ec2('DisassociateRouteTable', { AssociationId }).catch(() => '')
    for (const RouteTableId of new Set(elements(tables, 'routeTableId')))
      await ec2('DeleteRouteTable', { RouteTableId }).catch(() => '')
  }

  const instances = async (StackSetName: string): Promise<string[]> => {
    const answer = await cloudFormation('ListStackInstances', { StackSetName })
    const listed = elements(elements(answer, 'Summaries')[0] ?? '', 'member')
    return listed.map((each) => `${elements(each, 'Account')}/${elements(each, 'Region')}`).sort()
  }
})

describe('Service Catalog', () => {
  const catalog = (action: string, parameters: object): Promise<Json> =>
    json(engine.url, 'servicecatalog', `AWS242ServiceCatalogService.${action}`, parameters, administrator)

  test('takes the portfolio, the share and the product; the template of its version is at the address given', async () => {
    const { Resources, Metadata } = template('service-catalog')
    const { Portfolio, Product } = Resources
    const { PortfolioDetail } = await catalog('CreatePortfolio', {
      ...Portfolio.Properties,
      IdempotencyToken: 'portfolio',
    })
    expect(PortfolioDetail).toMatchObject({ DisplayName: 'Platform', ProviderName: 'platform-team' })
    await catalog('CreatePortfolioShare', { PortfolioId: PortfolioDetail.Id, AccountId: accounts[0] })
    expect(await catalog('ListPortfolioAccess', { PortfolioId: PortfolioDetail.Id })).toMatchObject({
      AccountIds: [accounts[0]],
    })

    const bucket = 'versions-of-shop'
    const [artifact] = Product.Properties.ProvisioningArtifactParameters
    const address: string = artifact.Info.LoadTemplateFromURL['Fn::Sub']
    expect([artifact.Name]).toEqual(Metadata.Portcullis.Versions)
    const key = address.slice('https://${TemplateBucket}.s3.${AWS::Region}.${AWS::URLSuffix}/'.length)
    await stored(engine.url, `/${bucket}`, administrator, location(administrator.region))
    await stored(
      engine.url,
      `/${bucket}/${key}`,
      administrator,
      readFileSync(join(folder, 'templates/standalone.yaml'), 'utf8'),
    )
    const { ProductViewDetail } = await catalog('CreateProduct', {
      ...Product.Properties,
      ProductType: 'CLOUD_FORMATION_TEMPLATE',
      ProvisioningArtifactParameters: {
        ...artifact,
        Info: { LoadTemplateFromURL: `${engine.url}/${bucket}/${key}` },
      },
      IdempotencyToken: 'product',
    })
    expect(ProductViewDetail.ProductViewSummary).toMatchObject({ Name: 'shop', Owner: 'platform-team' })
    const { ProductViewSummary } = await catalog('DescribeProduct', {
      Id: ProductViewDetail.ProductViewSummary.ProductId,
    })
    expect(ProductViewSummary.Name).toBe('shop')

    // No engine launches a product: what it would launch is made as a stack, from the address of the version.
    const { body } = forMoto(readTemplate(await stored(engine.url, `/${bucket}/${key}`, administrator)))
    const place: Place = { account: '666666666666', region: 'eu-west-1' }
    await cloudFormation(
      'CreateStack',
      { StackName: 'SC-666666666666-pp-1', TemplateBody: body, ...members('Capabilities', ['CAPABILITY_IAM']) },
      place,
    )
    expect(elements(await cloudFormation('DescribeStacks', {}, place), 'StackStatus')).toEqual(['CREATE_COMPLETE'])
  })
})

const location = (region: string): string =>
  `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`

const made = [
  'AWS::EC2::FlowLog',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::ECS::Cluster',
  'AWS::ECS::TaskDefinition',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
]
/** Of IAM policies only those stay out that name something else of this list. */
const notInMoto = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::VpcLink',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::ECS::Service',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  // moto calls the stacks of a stack set `StackSet:...`, and then refuses the colon in names made from that.
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::S3::BucketPolicy',
  'Custom::PortcullisAliasRecord',
  'Custom::PortcullisCertificate',
  'Custom::PortcullisCertificateIssued',
  'Custom::PortcullisVpcLinkReady',
]

/** What moto can make of a template, and the types that it leaves out. */
function forMoto(whole: Json): { readonly body: string; readonly leftOut: readonly string[] } {
  const kept: Record<string, Json> = { ...whole.Resources }
  const known = new Set(Object.keys(whole.Parameters))
  for (let before = -1; before !== Object.keys(kept).length; ) {
    before = Object.keys(kept).length
    for (const [id, resource] of Object.entries(kept)) {
      const missing = references(resource.Properties).some(
        ({ kind, target }) => kind === 'ref' && !target.startsWith('AWS::') && !known.has(target) && !(target in kept),
      )
      if (!made.includes(resource.Type) || missing) delete kept[id]
    }
  }
  const left = Object.entries<Json>(whole.Resources).filter(([id]) => !(id in kept))
  const Resources = Object.fromEntries(
    Object.entries(kept).map(([id, { DependsOn: _, Condition: __, ...resource }]) => [id, withoutCidr(resource)]),
  )
  const { Rules: _, Outputs: __, ...rest } = whole
  return {
    body: JSON.stringify({ ...rest, Resources }),
    leftOut: [...new Set(left.map(([, { Type }]) => Type as string))].sort(),
  }
}

const withoutCidr = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutCidr)
  if (typeof value !== 'object' || value === null) return value
  const [index, list] = value['Fn::Select'] ?? []
  if (list?.['Fn::Cidr']?.[2] === 13) return `10.20.${Number(index) * 32}.0/19`
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCidr(item)]))
}
