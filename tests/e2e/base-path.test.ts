// A place on a domain that is made elsewhere, really deployed: which path the services see, and what is left of the
// domain when the application goes. The engine finds no name of a client's DNS, so nothing is probed.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type LocalCloud, startLocalCloud } from '../engine/local-cloud.ts'
import { type Config, generated, image } from './application.ts'

const domain = 'all.example.com'
const stack = 'shop-dev'

let cloud: LocalCloud
let folder: string
let zone: string
let authorization: string

beforeAll(async () => {
  cloud = await startLocalCloud()
  zone = await cloud.createZone('example.com')
  authorization = `Bearer ${cloud.provider.token({ aud: 'shop' })}`
  await cloud.runImage(image('orders', '1.4.2'), 'orders')
  await cloud.runImage(image('catalog', '2.0.1'), 'catalog')
  await cloud.createDomain(domain)
  folder = generated(join(cloud.folder, 'base-path'), belowShop)
})

afterAll(async () => {
  await cloud?.stop()
})

function belowShop(config: Config): void {
  config.domain = { name: domain, existing: true, basePath: 'shop/v1', zone: { id: zone } }
  config.environments = { dev: { region: 'eu-west-1' } }
  config.services['catalog'] = { ...config.services['catalog'], paths: ['/', '/*'] }
  config.api.routes = [
    { route: 'GET /orders' },
    { route: 'ANY /orders/{proxy+}' },
    { route: 'GET /orders/{order}/lines/{line}' },
    { route: 'ANY /' },
    { route: 'ANY /{page+}' },
    { route: 'GET /open', auth: 'none' },
  ]
  config.api['probe'] = false
}

const ask = (line: string, headers = { authorization }) => cloud.ask(domain, line, headers)
const seen = async (line: string) => {
  const reply = await ask(line)
  return reply.status === 200 ? [JSON.parse(reply.body).name, JSON.parse(reply.body).url] : [reply.status]
}

test('deploys, with a mapping and without a domain of its own', async () => {
  const words = [`CustomersIssuer=${cloud.provider.issuer}`]
  const { code, output } = await cloud.runSam(folder, [
    ...['deploy', '--config-env', 'dev', '--parameter-overrides', ...words],
  ])
  expect({ code, output }).toMatchObject({ code: 0 })
  expect(await cloud.inventory()).toMatchObject({ apis: 1, domains: 1 })
  expect(await cloud.output(stack, 'ApiEndpoint')).toBe(`https://${domain}/shop/v1`)
})

test.each([
  ['an exact path', 'GET /shop/v1/orders', ['orders', '/orders']],
  ['a query', 'GET /shop/v1/orders?a=1&b=%2F', ['orders', '/orders?a=1&b=%2F']],
  ['what is greedy', 'PUT /shop/v1/orders/7/b/c', ['orders', '/orders/7/b/c']],
  ['variables', 'GET /shop/v1/orders/7/lines/9', ['orders', '/orders/7/lines/9']],
  ['the root', 'GET /shop/v1', ['catalog', '/']],
  ['what is greedy at the root', 'POST /shop/v1/shop/v1/x', ['catalog', '/shop/v1/x']],
  ['an open route', 'GET /shop/v1/open', ['catalog', '/open']],
])('%s comes to the service without the base path', async (_, line, expected) => {
  expect(await seen(line)).toEqual(expected)
})

test('asks for a token, and answers nothing beside the base path', async () => {
  expect(await cloud.ask(domain, 'GET /shop/v1/orders')).toMatchObject({ status: 401 })
  for (const line of ['GET /orders', 'GET /shop', 'GET /shop/v2/orders', 'GET /'])
    expect((await ask(line)).headers['x-app']).toBeUndefined()
})

test('leaves the domain to its owner', async () => {
  await cloud.deleteStack(stack)
  expect(await cloud.inventory()).toEqual({ ...cloud.nothing, domains: 1 })
})
