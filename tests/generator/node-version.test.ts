import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { runsOn } from '../../generator/node-version.ts'

test.each([
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['21.0.0', true],
  ['24.11.1', true],
])('Node.js %s: %s', (version, runs) => {
  expect(runsOn(version)).toBe(runs)
})

test('the package asks for the same version', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'))
  const least = /^>=(\d+)\.(\d+)$/.exec(engines.node)?.slice(1).map(Number) ?? []
  expect(least).toEqual([20, 19])
  expect(runsOn(`${least.join('.')}.0`)).toBe(true)
  expect(runsOn(`${least[0]}.${(least[1] ?? 0) - 1}.9`)).toBe(false)
})
