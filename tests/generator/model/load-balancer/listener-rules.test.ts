// CloudFormation updates listener rules one by one: a priority that moved could meet one that is still live.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseConfig } from '../../../../generator/read.ts'
import { seed } from '../../../support/effort.ts'

type Paths = Readonly<Record<string, readonly string[]>>

const rulesOf = (services: Paths) => {
  const config = {
    name: 'shop',
    domain: { name: 'api.example.com', zone: 'manual' },
    services: Object.fromEntries(
      Object.entries(services).map(([key, paths]) => [
        key,
        { image: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/x:1', port: 8080, paths },
      ]),
    ),
    api: {
      routes: Object.values(services).flatMap((paths) =>
        paths.slice(0, 1).map((path) => ({ route: `GET ${path.replace('*', '{proxy+}')}`, auth: 'iam' })),
      ),
    },
  }
  const { model } = parseConfig(JSON.stringify(config), 'portcullis.yaml')
  return model.services.flatMap(({ key, listenerRules }) => listenerRules.map((rule) => ({ key, ...rule })))
}

test('a path keeps its priority when services and deeper paths come and go', () => {
  const before = rulesOf({ orders: ['/orders', '/orders/*'], stock: ['/stock/*'] })
  const after = rulesOf({
    aaa: ['/aaa', '/aaa/*'],
    orders: ['/orders', '/orders/*', '/orders/a/*'],
    stock: ['/stock/*'],
    zzz: ['/zzz'],
  })
  for (const { key, suffix, priority, paths } of before) expect(after).toContainEqual({ key, suffix, priority, paths })
})

test('an exact path comes before every wildcard, and a deeper wildcard before a shallower one', () => {
  const priority = (rules: ReturnType<typeof rulesOf>, path: string): number =>
    rules.find(({ paths }) => paths.includes(path))?.priority ?? Number.NaN
  const rules = rulesOf({ a: ['/a/*', '/a/b/*'], b: ['/a/b', '/a/b/c/*'], c: ['/*'] })
  const order = ['/a/b', '/a/b/c/*', '/a/b/*', '/a/*', '/*'].map((path) => priority(rules, path))
  expect(order).toEqual([...order].sort((x, y) => x - y))
})

test('priorities are unique and inside the limits, a rule holds at most 5 paths and loses none', () => {
  const segment = fc.stringMatching(/^[a-z]{1,6}$/)
  const paths = fc.uniqueArray(
    fc.tuple(segment, segment).map(([a, b]) => `/${a}/${b}`),
    { minLength: 1, maxLength: 12 },
  )
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{3,8}$/), paths, { minKeys: 1, maxKeys: 4 }), (services) => {
      const own = Object.fromEntries(
        Object.entries(services).map(([key, all]) => [key, all.map((path) => `/${key}${path}`)]),
      )
      const rules = rulesOf(own)
      expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length)
      for (const { priority, paths: inRule } of rules) {
        expect(priority).toBeGreaterThanOrEqual(1)
        expect(priority).toBeLessThanOrEqual(50_000)
        expect(inRule.length).toBeLessThanOrEqual(5)
      }
      for (const [key, all] of Object.entries(own))
        expect(
          rules
            .filter((rule) => rule.key === key)
            .flatMap((rule) => rule.paths)
            .sort(),
        ).toEqual([...all].sort())
    }),
    { numRuns: 40, seed },
  )
})
