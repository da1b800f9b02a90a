// Which request the probe makes, to be turned away: one that no open route takes.
import { expect, test } from '@jest/globals'
import { parseConfig } from '../../../../generator/read.ts'

const guardedWith = (routes: string) =>
  parseConfig(
    `
name: shop
domain: { name: shop.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
services: { web: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/web:1", port: 80 } }
api:
  auth:
    users: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } }
    machines: { lambda: "arn:aws:lambda:eu-west-1:111111111111:function:authorizer" }
  routes: [${routes}]
  probe: true`,
    'portcullis.yaml',
  ).model.api.probe?.guarded

const open = (route: string): string => `{ route: "${route}", auth: none }`
const users = (route: string): string => `{ route: "${route}", auth: users }`
const machines = (route: string): string => `{ route: "${route}", auth: machines }`

test.each([
  [[users('ANY /a')], 'GET /a'],
  [[open('GET /a'), users('ANY /a')], 'HEAD /a'],
  [[open('GET /a'), open('HEAD /a'), users('ANY /a')], 'POST /a'],
  [[open('GET /a'), users('ANY /{proxy+}')], 'GET /portcullis-probe'],
  // What was asked before stays: GET of another route comes before another method of this one.
  [[open('GET /a'), users('ANY /a'), users('GET /b')], 'GET /b'],
  [[open('GET /a'), users('ANY /a'), machines('ANY /b')], 'GET /b'],
  [[machines('ANY /b'), users('DELETE /c')], 'DELETE /c'],
])('of %j, it is %s', (routes, guarded) => {
  expect(guardedWith(routes.join(', '))).toBe(guarded)
})

test('there is none where open routes take every method', () => {
  const every = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => open(`${method} /a`))
  expect(() => guardedWith([...every, users('ANY /a')].join(', '))).toThrow('PC314')
})
