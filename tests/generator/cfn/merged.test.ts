import { expect, test } from '@jest/globals'
import { merged } from '../../../generator/cfn/merged.ts'

test.each<[string, unknown, unknown, unknown]>([
  ['a map is merged', { a: 1, b: { c: 2, d: 3 } }, { b: { c: 4 }, e: 5 }, { a: 1, b: { c: 4, d: 3 }, e: 5 }],
  ['a list replaces', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['null takes away', { a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
  ['a function replaces a map', { a: { b: 1 } }, { a: { Ref: 'X' } }, { a: { Ref: 'X' } }],
  ['a map replaces a function', { a: { 'Fn::Sub': 'x' } }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['a function replaces a function', { a: { Ref: 'X' } }, { a: { Ref: 'Y' } }, { a: { Ref: 'Y' } }],
  ['a text replaces anything', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
  ['null in a new map adds nothing', {}, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
  ['a text for GetAtt becomes two', {}, { a: { 'Fn::GetAtt': 'X.Y.Z' } }, { a: { 'Fn::GetAtt': ['X', 'Y.Z'] } }],
  [
    'and inside others',
    {},
    { a: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': 'X.Y' }]] }] },
    { a: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['X', 'Y'] }]] }] },
  ],
])('%s', (_, value, change, expected) => expect(merged(value, change)).toEqual(expected))
