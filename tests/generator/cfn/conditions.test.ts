// A condition is brought along by the value that names it; nobody pairs the two by hand.
import { expect, test } from '@jest/globals'
import { empty, fragment, merge, outputs } from '../../../generator/cfn/fragment.ts'
import { handle } from '../../../generator/cfn/handle.ts'
import { equals, iff, not, noValue, param } from '../../../generator/cfn/intrinsics.ts'
import { resource } from '../../../generator/cfn/resource.ts'
import { assemble } from '../../../generator/packagings/assemble.ts'
import { exampleModel } from '../../support/examples.ts'

const has = (name: string) => ({ condition: `Has${name}`, holds: not(equals(param(name), '')) })
const given = iff(has('Name'), param('Name'), noValue)
const vpc = handle('AWS::EC2::VPC', 'Vpc')
const written = { 'Fn::If': ['HasName', { Ref: 'Name' }, { Ref: 'AWS::NoValue' }] }
const definition = { HasName: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Name' }, ''] }] } }

test('of a resource, however deep it is used', () => {
  const { entries, conditions } = fragment(resource(vpc, { Tags: [{ Key: 'Name', Value: given }] }))
  expect(entries[0]?.resource.Properties).toEqual({ Tags: [{ Key: 'Name', Value: written }] })
  expect(conditions).toEqual(definition)
})

test('of an output', () => {
  const made = outputs({ Name: { Description: 'x', Value: given } })
  expect(made.outputs['Name']?.Value).toEqual(written)
  expect(made.conditions).toEqual(definition)
})

test('two definitions of one name are a defect', () => {
  const other = iff({ condition: 'HasName', holds: equals(param('Name'), 'x') }, 1, 2)
  expect(() =>
    merge(fragment(resource(vpc, { CidrBlock: given })), outputs({ Name: { Description: 'x', Value: other } })),
  ).toThrow('two definitions of the condition HasName')
})

test('a condition that is used and defined nowhere is a defect, not silence', () => {
  const entry = {
    id: 'Vpc',
    resource: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { 'Fn::If': ['Has', 1, 2] } } },
  }
  const parts = { description: 'x', fragment: { ...empty, entries: [entry] }, outputs: {}, crossing: {} }
  expect(() => assemble(exampleModel('.'), parts)).toThrow('a reference to the condition Has, which does not exist')
})

test('a property that is called Condition names no condition of the template', () => {
  const entry = {
    id: 'Vpc',
    resource: { Type: 'AWS::EC2::VPC', Properties: { Tags: [{ Key: 'init', Condition: 'SUCCESS' }] } },
  }
  const parts = { description: 'x', fragment: { ...empty, entries: [entry] }, outputs: {}, crossing: {} }
  expect(assemble(exampleModel('.'), parts).conditions).toEqual({})
})
