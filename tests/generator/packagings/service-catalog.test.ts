import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { type Delivered, delivered, type Settings } from '../../support/delivered.ts'

const address = 'https://bucket.s3.eu-west-1.amazonaws.com/portcullis/standalone-1.yaml'
const product = (serviceCatalog: object = {}, settings: Settings = {}): Delivered =>
  delivered({
    ...settings,
    delivery: {
      serviceCatalog: { portfolio: 'Platform', owner: 'me', versions: { '1.0.0': 'current' }, ...serviceCatalog },
    },
  })
const type = (kind: string): string => `AWS::ServiceCatalog::${kind}`
const only = (from: Delivered, kind: string) => {
  const found = from.properties('service-catalog', type(kind))
  expect(found).toHaveLength(1)
  return found[0]
}
const artifacts = (from: Delivered) => only(from, 'CloudFormationProduct').ProvisioningArtifactParameters

test('without serviceCatalog there is neither a product nor a launch role', () => {
  const nothing = delivered({})
  expect([nothing.has('service-catalog'), nothing.has('launch-role')]).toEqual([false, false])
})

describe('versions', () => {
  const versions = { '1.0.0': address, 'v2-beta': address.replace('-1', '-2'), '2.0.0': 'current' }

  test('stand in the order in which they are written, oldest first', () => {
    const written = product({ versions })
    expect(artifacts(written).map(({ Name }: { Name: string }) => Name)).toEqual(['1.0.0', 'v2-beta', '2.0.0'])
    expect(written.template('service-catalog').Metadata.Portcullis.Versions).toEqual(['1.0.0', 'v2-beta', '2.0.0'])
  })

  test('are never replaced, because that would change the ids of what people have launched', () => {
    expect(only(product(), 'CloudFormationProduct').ReplaceProvisioningArtifacts).toBe(false)
  })

  test('a new one leaves what is said of the others as it was', () => {
    const before = artifacts(product({ versions: { '1.0.0': address } }))
    const after = artifacts(product({ versions: { '1.0.0': address, '1.1.0': 'current' } }))
    expect(after.slice(0, 1)).toEqual(before)
    expect(after).toHaveLength(2)
  })

  test('the current one is under the hash of its content, so that another content is another object', () => {
    const key = (from: Delivered): string => artifacts(from)[0].Info.LoadTemplateFromURL['Fn::Sub']
    const first = product()
    const hash = createHash('sha256').update(first.text('templates/standalone.yaml')).digest('hex').slice(0, 16)
    expect(key(first)).toBe(
      `https://\${TemplateBucket}.s3.\${AWS::Region}.\${AWS::URLSuffix}/portcullis/standalone-${hash}.yaml`,
    )
    expect(first.template('service-catalog').Parameters.TemplateBucket.Description).toContain(`standalone-${hash}.yaml`)
    expect(key(product({}, { service: { port: 8081 } }))).not.toBe(key(first))
    expect(key(product({}, { format: 'json' }))).toMatch(/\.json$/)
  })

  test('without a current one nothing is uploaded, so no bucket is asked for', () => {
    const all = product({ versions: { '1.0.0': address } })
    expect(all.template('service-catalog').Parameters).toBeUndefined()
    expect(artifacts(all)).toEqual([{ Name: '1.0.0', Info: { LoadTemplateFromURL: address } }])
  })
})

describe('the launch constraint', () => {
  test('names the role that launch-role makes, by name only: each account of a shared portfolio has its own', () => {
    const both = product()
    const constraint = only(both, 'LaunchRoleConstraint')
    const [role] = both.properties('launch-role', 'AWS::IAM::Role')
    expect(constraint.LocalRoleName).toBe(role.RoleName)
    expect(constraint).not.toHaveProperty('RoleArn')
    expect(role.RoleName.length).toBeLessThanOrEqual(64)
    expect(role).not.toHaveProperty('Path')
    expect(role.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'servicecatalog.amazonaws.com' })
  })

  test('comes after the product is in the portfolio, which Service Catalog demands', () => {
    const { Resources } = product().template('service-catalog')
    const association = Object.keys(Resources).find((id) => Resources[id].Type === type('PortfolioProductAssociation'))
    const constraint = Object.values<{ Type: string; DependsOn?: string[] }>(Resources).find(
      (resource) => resource.Type === type('LaunchRoleConstraint'),
    )
    expect(constraint?.DependsOn).toEqual([association])
  })

  test('has no StackSet constraint next to it, which excludes it', () => {
    expect(product().text('templates/service-catalog.yaml')).not.toContain('StackSetConstraint')
  })
})

describe('principals', () => {
  const given = ['arn:aws:iam::111111111111:role/engineers', 'arn:aws:iam:::role/team-*', 'arn:aws:iam:::user/ann']
  const associations = (principals: readonly string[]) =>
    product({ principals }).properties('service-catalog', type('PortfolioPrincipalAssociation'))

  test('of one account are exact, those of every account are patterns', () => {
    const types = Object.fromEntries(
      associations(given).map(({ PrincipalARN, PrincipalType }) => [PrincipalARN, PrincipalType]),
    )
    expect(types).toEqual({ [given[0] ?? '']: 'IAM', [given[1] ?? '']: 'IAM_PATTERN', [given[2] ?? '']: 'IAM_PATTERN' })
  })

  test('keep their logical IDs when others come, go or change places', () => {
    const ids = (principals: readonly string[]): Record<string, string> =>
      Object.fromEntries(
        Object.entries<{ Type: string; Properties: { PrincipalARN: string } }>(
          product({ principals }).template('service-catalog').Resources,
        )
          .filter(([, resource]) => resource.Type === type('PortfolioPrincipalAssociation'))
          .map(([id, resource]) => [resource.Properties.PrincipalARN, id]),
      )
    const all = ids(given)
    expect(new Set(Object.values(all)).size).toBe(given.length)
    expect(ids([...given].reverse())).toEqual(all)
    expect(ids(given.slice(1))).toEqual(Object.fromEntries(Object.entries(all).filter(([arn]) => arn !== given[0])))
  })

  test('none is nobody', () => {
    expect(associations([])).toEqual([])
  })
})

test('the product carries the tag option, so that what is launched says what it is', () => {
  const shop = product()
  expect(only(shop, 'TagOption')).toEqual({ Key: 'application', Value: 'shop', Active: true })
  const { Resources } = shop.template('service-catalog')
  const association = only(shop, 'TagOptionAssociation')
  expect(Resources[association.ResourceId.Ref].Type).toBe(type('CloudFormationProduct'))
  expect(Resources[association.TagOptionId.Ref].Type).toBe(type('TagOption'))
})

test('the portfolio can be shared: its id is an output, and nothing but exact principals names an account', () => {
  const shop = product({ principals: ['arn:aws:iam:::role/team-*'] })
  const { Outputs, Resources } = shop.template('service-catalog')
  expect(Resources[Outputs.PortfolioId.Value.Ref].Type).toBe(type('Portfolio'))
  expect(Resources[Outputs.ProductId.Value.Ref].Type).toBe(type('CloudFormationProduct'))
  expect(shop.text('templates/service-catalog.yaml')).not.toMatch(/[0-9]{12}/)
})
