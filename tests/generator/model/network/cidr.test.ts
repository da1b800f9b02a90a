import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatCidr,
  isPrivate,
  networkOf,
  parseCidr,
  privateRangePattern,
} from '../../../../generator/model/network/cidr.ts'
import { seed } from '../../../support/effort.ts'

test.each([
  ['10.0.0.0/8', true],
  ['10.255.255.0/24', true],
  ['9.255.255.0/24', false],
  ['172.15.255.0/24', false],
  ['172.16.0.0/16', true],
  ['172.31.255.0/24', true],
  ['172.32.0.0/16', false],
  ['172.16.0.0/11', false],
  ['192.168.0.0/16', true],
  ['192.169.0.0/16', false],
  ['192.168.0.0/15', false],
  ['100.64.0.0/16', false],
])('%s is private: %s', (range, expected) => {
  expect(isPrivate(parseCidr(range))).toBe(expected)
})

test('the pattern of a parameter accepts exactly the private ranges of its length without host bits', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  const first = fc.oneof(fc.constantFrom(10, 172, 192), octet)
  fc.assert(
    fc.property(
      fc.integer({ min: 16, max: 24 }),
      first,
      fc.oneof(octet, fc.constantFrom(16, 31, 168)),
      octet,
      octet,
      (length, a, b, c, d) => {
        const text = `${a}.${b}.${c}.${d % 4 === 0 ? 0 : d}/${length}`
        const range = parseCidr(text)
        const isWanted = isPrivate(range) && formatCidr(networkOf(range)) === text
        expect(`${text} ${new RegExp(privateRangePattern(length)).test(text)}`).toBe(`${text} ${isWanted}`)
      },
    ),
    { numRuns: 5000, seed },
  )
})
