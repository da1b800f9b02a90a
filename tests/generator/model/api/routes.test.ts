import { describe, expect, test } from '@jest/globals'
import { parseConfig } from '../../../../generator/read.ts'
import type { Json } from '../../../support/read-template.ts'

const base = {
  name: 'shop',
  domain: { name: 'api.example.com', zone: 'manual' },
  services: { web: { image: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/x:1', port: 8080 } },
}
const customers = { customers: { jwt: { issuer: 'https://idp.example.com/', audience: ['shop'] } } }
const routesOf = (api: Json, services: Json = base.services) =>
  parseConfig(JSON.stringify({ ...base, services, api }), 'portcullis.yaml').model.api.routes.map(
    ({ routeKey, auth }) =>
      `${routeKey} ${auth.kind === 'jwt' || auth.kind === 'lambda' ? auth.authorizer.key : auth.kind}`,
  )

test('without routes, the only service answers every method and path, also /', () => {
  expect(routesOf({ auth: customers })).toEqual(['ANY / customers', 'ANY /{proxy+} customers'])
})

test('paths of services become routes, the more specific service keeps its own', () => {
  const image = base.services.web.image
  expect(
    routesOf(
      { auth: customers },
      {
        all: { image, port: 1, paths: ['/*'] },
        root: { image, port: 2, paths: ['/'] },
        orders: { image, port: 3, paths: ['/orders', '/orders/*'] },
      },
    ),
  ).toEqual(['ANY / customers', 'ANY /orders customers', 'ANY /orders/{proxy+} customers', 'ANY /{proxy+} customers'])
})

test('with CORS, ANY becomes every method but OPTIONS, so that no open route is needed for preflight', () => {
  const routes = routesOf({ auth: customers, cors: { origins: ['https://a.example.com'] } })
  expect(routes).toHaveLength(12)
  expect(routes.filter((route) => /^(?:ANY|OPTIONS) /.test(route))).toEqual([])
})

test('a method that is written keeps its own authorizer next to ANY with CORS', () => {
  const routes = routesOf({
    auth: customers,
    cors: { origins: ['https://a.example.com'] },
    routes: [{ route: 'ANY /{proxy+}' }, { route: 'GET /{proxy+}', auth: 'none' }],
  })
  expect(routes.filter((route) => route.startsWith('GET '))).toEqual(['GET /{proxy+} none'])
  expect(routes).toHaveLength(6)
})

describe('an authorization is never left out', () => {
  test.each([
    ['no authorizer at all', { auth: {}, routes: [{ route: 'GET /x' }] }],
    [
      'two authorizers and no default',
      { auth: { ...customers, staff: customers.customers }, routes: [{ route: 'GET /x' }] },
    ],
    ['none as the default', { auth: customers, defaultAuth: 'none' }],
  ])('%s is an error', (_name, api) => {
    expect(() => routesOf(api)).toThrow(/PC\d{3}/)
  })

  test('IAM is one', () => {
    expect(routesOf({ defaultAuth: 'iam' })).toEqual(['ANY / iam', 'ANY /{proxy+} iam'])
  })
})
