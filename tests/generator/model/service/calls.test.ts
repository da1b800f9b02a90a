// The order in which services are deployed: whoever is called comes first, and nothing else moves.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Callee, calleesFirst } from '../../../../generator/model/service/calls.ts'
import { seed } from '../../../support/effort.ts'

type Each = { readonly key: string; readonly callees: readonly Callee[] }

const keys = ['a', 'b', 'c', 'd', 'e', 'f']
const named = (calls: Readonly<Record<string, readonly string[]>>): Each[] =>
  keys.map((key) => ({
    key,
    callees: (calls[key] ?? []).map((callee) => ({ key: callee, id: callee.toUpperCase(), port: 80 })),
  }))
const order = (services: readonly Each[]): string => services.map(({ key }) => key).join('')

const anyCalls = fc.array(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)), { maxLength: 12 })
const grouped = (pairs: readonly (readonly [string, string])[]): Record<string, string[]> =>
  Object.fromEntries(keys.map((key) => [key, pairs.filter(([from]) => from === key).map(([, to]) => to)]))

test('without calls, the order stays', () => {
  expect(order(calleesFirst(named({})))).toBe('abcdef')
})

test('who is called comes before, and the others stay as they were', () => {
  expect(order(calleesFirst(named({ a: ['d'], d: ['f'], b: ['d'] })))).toBe('fdabce')
})

test('without a circle, every service comes after those that it calls', () => {
  fc.assert(
    fc.property(anyCalls, (pairs) => {
      // Only from smaller to larger names, so that there is no circle.
      const services = calleesFirst(named(grouped(pairs.filter(([from, to]) => from < to))))
      const place = (key: string): number => services.findIndex((each) => each.key === key)
      for (const { key, callees } of services)
        for (const callee of callees) expect(place(callee.key)).toBeLessThan(place(key))
    }),
    { seed },
  )
})

test('with circles too, each is there once', () => {
  fc.assert(
    fc.property(anyCalls, (pairs) => {
      expect([...order(calleesFirst(named(grouped(pairs))))].sort().join('')).toBe('abcdef')
    }),
    { seed },
  )
})
