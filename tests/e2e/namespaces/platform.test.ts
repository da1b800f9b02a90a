// Two applications on one load balancer: the first example has no paths, so its rule would take any, and the other has
// paths that it has too. What each API sends decides, and neither comes to the other by a way of its own.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Json, readTemplate } from '../../support/read-template.ts'
import { Hosts } from './hosts.ts'
import { type Plan, planOf } from './plan.ts'

const none = { failure: 'no answer' }
const templateOf = (example: string): Json =>
  readTemplate(readFileSync(`examples/${example}/templates/standalone.yaml`, 'utf8'))
const emitted: Readonly<Record<string, Json>> = {
  platform: templateOf('platform'),
  orders: templateOf('platform-orders'),
  billing: templateOf('platform-billing'),
}

/** The plan of the emitted templates together, changed or not. */
const plan = (change: (resources: Readonly<Record<string, Json>>) => void = () => {}): Plan => {
  const templates = structuredClone(emitted)
  // A path that only a rule of the other takes, by a route that `generate` refuses.
  const { Resources } = templates['billing'] as Json
  const [route] = Object.values<Json>(Resources).filter(({ Properties }) => Properties?.RouteKey === 'ANY /orders')
  Resources.StrayRoute = { ...route, Properties: { ...route?.Properties, RouteKey: 'ANY /basket' } }
  change(Object.fromEntries(Object.entries(templates).map(([name, each]) => [name, each.Resources])))
  return planOf({
    stacks: Object.fromEntries(Object.entries(templates).map(([name, each]) => [name, JSON.stringify(each)])),
    parameters: { ShareName: 'platform', PlatformName: 'platform', S3PrefixListId: 'pl-6da54004' },
  })
}

const header = 'x-portcullis-application'
const overwritten = `overwrite:header.${header}`
/** What a client sends to be taken for the other application. */
const disguised = { [header]: 'orders', 'x-portcullis-service': 'orders' }
const byTheLoadBalancer = { status: 404, body: 'by the load balancer' }
const by = (task: string, path: string) => ({ status: 200, body: `${task} ${path}` })
const [orders, billing, invoices] = [
  'orders/OrdersService',
  'billing/OrdersService',
  'billing/InvoicesService',
] as const

async function within<T>(each: Plan, ask: (hosts: Hosts) => T): Promise<T> {
  const hosts = await Hosts.start(each)
  try {
    hosts.apply(each, true)
    return ask(hosts)
  } finally {
    await hosts.remove()
  }
}

describe('with the emitted rules', () => {
  let hosts: Hosts
  const base = plan()
  beforeAll(async () => {
    hosts = await Hosts.start(base)
    hosts.apply(base, true)
  })
  afterAll(() => hosts?.remove())

  const through = (api: string, path: string, headers = {}) =>
    hosts.throughGateway(api, path, { token: hosts.token, headers })

  test.each([{}, disguised])('each API leads to its own services, with the headers %j', (headers) => {
    expect(through('orders', '/orders', headers)).toEqual(by(orders, '/orders'))
    expect(through('billing', '/orders', headers)).toEqual(by(billing, '/orders'))
    expect(through('billing', '/invoices/7', headers)).toEqual(by(invoices, '/invoices/7'))
    // The rule of the first one takes the paths of the other from its own API only.
    expect(through('orders', '/invoices/7', headers)).toEqual(by(orders, '/invoices/7'))
  })

  test.each([{}, disguised])(
    'a path of the first through the API of the other is 404, with the headers %j',
    (headers) => {
      expect(through('billing', '/basket', headers)).toEqual(byTheLoadBalancer)
      expect(through('orders', '/basket', headers)).toEqual(by(orders, '/basket'))
    },
  )

  test.each([
    [orders, billing],
    [orders, invoices],
    [billing, orders],
    [invoices, orders],
    [billing, invoices],
    [orders, 'platform/LoadBalancer'],
    [billing, 'platform/LoadBalancer'],
    ['stranger', 'platform/LoadBalancer'],
    ['stranger', orders],
    ['internet', 'platform/LoadBalancer'],
    ['internet', billing],
  ])('%s does not reach %s by itself', (from, to) => {
    expect(hosts.direct(from, to)).toEqual(none)
  })
})

test('where rules of the first forget the header, the API of the other leads to it', async () => {
  const forgetful = plan(({ orders: resources }) => {
    for (const { Type, Properties } of Object.values<Json>(resources))
      if (Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
        Properties.Conditions = Properties.Conditions.filter((each: Json) => each.Field !== 'http-header')
  })
  const answer = await within(forgetful, (hosts) => hosts.throughGateway('billing', '/basket', { token: hosts.token }))
  expect(answer).toEqual(by(orders, '/basket'))
})

test('where the API of the other does not overwrite the header, its clients choose the application', async () => {
  const forgetful = plan(({ billing: resources }) => {
    for (const { Type, Properties } of Object.values<Json>(resources))
      if (Type === 'AWS::ApiGatewayV2::Integration') delete Properties.RequestParameters[overwritten]
  })
  const answers = await within(forgetful, (hosts) =>
    [{}, disguised].map((headers) => hosts.throughGateway('billing', '/basket', { token: hosts.token, headers })),
  )
  expect(answers).toEqual([byTheLoadBalancer, by(orders, '/basket')])
})
