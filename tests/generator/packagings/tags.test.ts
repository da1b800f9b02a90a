// Tags where CloudFormation does not put them by itself.
import { expect, test } from '@jest/globals'
import { delivered } from '../../support/delivered.ts'

const tags = { Team: 'orders', CostCentre: '4711' }
const asList = [
  { Key: 'CostCentre', Value: '4711' },
  { Key: 'Team', Value: 'orders' },
]
const delivery = {
  serviceCatalog: { portfolio: 'Platform', owner: 'me', versions: { '1.0.0': 'current' } },
  stackSet: { organizationalUnits: ['ou-ab12-cdef3456'], regions: ['us-west-2'] },
}
const tagged = delivered({ tags, delivery })
const plain = delivered({ delivery })

test('the stacks of a stack set get them', () => {
  expect(tagged.properties('stack-set', 'AWS::CloudFormation::StackSet')[0].Tags).toEqual(asList)
  expect(plain.properties('stack-set', 'AWS::CloudFormation::StackSet')[0]).not.toHaveProperty('Tags')
})

test('what is launched gets them, each by a tag option of the product', () => {
  const { Resources } = tagged.template('service-catalog')
  const options = Object.entries<{ Type: string; Properties: Record<string, unknown> }>(Resources).filter(
    ([, { Type }]) => Type === 'AWS::ServiceCatalog::TagOption',
  )
  expect(options.map(([, { Properties }]) => [Properties['Key'], Properties['Value']])).toEqual([
    ['application', 'shop'],
    ['CostCentre', '4711'],
    ['Team', 'orders'],
  ])
  const offered = tagged
    .properties('service-catalog', 'AWS::ServiceCatalog::TagOptionAssociation')
    .map(({ TagOptionId, ResourceId }) => [ResourceId, TagOptionId])
  expect(offered).toEqual(options.map(([id]) => [{ Ref: 'Product' }, { Ref: id }]))
})

test('a value that changes makes no other tag option than before', () => {
  const ids = (from: typeof tagged): string[] => Object.keys(from.template('service-catalog').Resources)
  expect(ids(delivered({ tags: { ...tags, Team: 'mail' }, delivery }))).toEqual(ids(tagged))
})

test('a certificate that our function requests gets them', () => {
  expect(tagged.properties('certificate', 'Custom::PortcullisCertificate')[0].Tags).toEqual(asList)
  expect(plain.properties('certificate', 'Custom::PortcullisCertificate')[0]).not.toHaveProperty('Tags')
})
