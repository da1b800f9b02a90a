// Against what each key means: the set of all paths of a small world that it takes, by a regular expression.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bestRoute } from '../../../verifier/trace/route-match.ts'
import { runs, seed } from '../../support/effort.ts'

const methods = ['GET', 'POST']
const segments = ['a', 'b', 'ab']
const paths = [
  '/',
  ...['a', 'b', 'ab'].flatMap((one) => [
    `/${one}`,
    ...segments.flatMap((two) => [`/${one}/${two}`, ...segments.map((three) => `/${one}/${two}/${three}`)]),
  ]),
]

const key = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'ANY'),
    fc.array(fc.constantFrom(...segments, '{x}', '{y}'), { maxLength: 3 }),
    fc.constantFrom('', '{proxy+}'),
  )
  .map(([method, parts, rest]) => `${method} /${[...parts, ...(rest ? [rest] : [])].join('/')}`)
const keys = fc.array(fc.oneof({ weight: 9, arbitrary: key }, fc.constant('$default')), { maxLength: 8 })

/** All requests of the world that it takes. */
function language(one: string): ReadonlySet<string> {
  const [method = '', path = ''] = one.split(' ')
  const pattern = new RegExp(`^${path.replace(/\{[^}]+\+\}/g, '.+').replace(/\{[^}]+\}/g, '[^/]+')}$`)
  const named = method === 'ANY' ? methods : [method]
  return new Set(
    named.flatMap((each) => paths.filter((given) => pattern.test(given)).map((given) => `${each} ${given}`)),
  )
}

const isPart = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean =>
  inner.size < outer.size && [...inner].every((each) => outer.has(each))

test('takes a key that matches, of which no other that matches takes only a part', () => {
  fc.assert(
    fc.property(keys, fc.constantFrom(...methods), fc.constantFrom(...paths), (all, method, path) => {
      const matching = all.filter((each) => each !== '$default' && language(each).has(`${method} ${path}`))
      const best = bestRoute(all, method, path)
      if (matching.length === 0) {
        expect(best?.key).toBe(all.includes('$default') ? '$default' : undefined)
        return
      }
      if (best === undefined) throw new Error('nothing is found')
      expect(matching).toContain(best.key)
      // A full match comes before a greedy one.
      if (matching.some((each) => !each.includes('+'))) expect(best.key).not.toContain('+')
      const own = language(best.key)
      expect(
        matching.filter(
          (each) =>
            isPart(language(each), own) &&
            own.size > 0 &&
            each.includes('+') === best.key.includes('+') &&
            each.split(' ')[0] === best.key.split(' ')[0],
        ),
      ).toEqual([])
      // With its variables, the key is the path again.
      const filled = [...best.variables].reduce(
        (text, [name, value]) => text.replace(new RegExp(`\\{${name}\\+?\\}`), value),
        best.key,
      )
      if (new Set(best.key.match(/\{\w+/g)).size === (best.key.match(/\{\w+/g) ?? []).length)
        expect(filled.replace(/^\S+ /, '')).toBe(path)
    }),
    { numRuns: runs(4000), seed },
  )
})

test('the order of the keys does not matter', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 8 }),
      fc.constantFrom(...methods),
      fc.constantFrom(...paths),
      (all, method, path) => {
        const spelt = (one: string | undefined) => one?.replace(/\{\w+/g, '{')
        expect(spelt(bestRoute(all, method, path)?.key)).toBe(spelt(bestRoute(all.toReversed(), method, path)?.key))
      },
    ),
    { numRuns: runs(1000), seed },
  )
})

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
describe('the example of the developer guide', () => {
  const all = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default']
  test.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
    ['POST', '/test/5', 'ANY /{proxy+}'],
    ['GET', '/', '$default'],
  ])('%s %s', (method, path, expected) => {
    expect(bestRoute(all, method, path)?.key).toBe(expected)
  })
})

test('a route of another method does not hide one that takes the request', () => {
  expect(bestRoute(['GET /orders', 'ANY /{proxy+}'], 'POST', '/orders')?.key).toBe('ANY /{proxy+}')
  expect(bestRoute(['ANY /orders', 'POST /{proxy+}'], 'POST', '/orders')?.key).toBe('ANY /orders')
  expect(bestRoute(['ANY /orders', 'GET /orders'], 'GET', '/orders')?.key).toBe('GET /orders')
  expect(bestRoute(['GET /orders'], 'GET', '/orders/')).toBeUndefined()
  expect(bestRoute(['GET /orders/{proxy+}'], 'GET', '/orders/')).toBeUndefined()
})
