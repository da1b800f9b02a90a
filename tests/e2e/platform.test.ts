// A platform and two applications on it, really deployed, in both orders: each API leads to its own services only, and
// what is shared goes last. docs/local-deployment.md says what is the engine's and what is ours.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Inventory, type LocalCloud, startLocalCloud } from '../engine/local-cloud.ts'
import { repository } from '../lint/python.ts'
import { generatedFrom, image } from './application.ts'

let cloud: LocalCloud
let zone: string

const applications = {
  orders: { apis: 1, domains: 1, targetGroups: 1, services: 1, tasks: 2, securityGroups: 1 },
  billing: { apis: 1, domains: 1, targetGroups: 3, services: 2, tasks: 4, securityGroups: 2 },
} as const
type Name = keyof typeof applications

const stackOf = (name: string): string => `${name}-prod`
const folderOf = (name: string): string => (name === 'platform' ? name : `platform-${name}`)

/** The example, with what a person changes in it for this account, deployed as its samconfig.toml says. */
async function deploy(name: Name | 'platform', change = (config: string): string => config): Promise<string> {
  const example = readFileSync(join(repository, 'examples', folderOf(name), 'portcullis.yaml'), 'utf8')
  const config = example
    .replace('Z0123456789ABCDEFGHIJ', zone)
    .replace('https://idp.example.com/', cloud.provider.issuer)
  const folder = generatedFrom(join(cloud.folder, folderOf(name)), change(config))
  const { code, output } = await cloud.runSam(folder, ['deploy', '--config-env', 'prod'])
  if (code !== 0) throw new Error(output.slice(-5000))
  return output
}

/** Which process answers, or the status; with a token for that application. */
async function answerOf(api: Name, line: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${cloud.provider.token({ aud: api })}`
  const { status, body } = await cloud.ask(`${api}.example.com`, line, { authorization, ...headers })
  return status === 200 ? JSON.parse(body).name : status
}

const plus = (one: Inventory, other: Readonly<Record<string, number>>): Inventory =>
  Object.fromEntries(Object.entries(one).map(([key, count]) => [key, count + (other[key] ?? 0)]))

beforeAll(async () => {
  cloud = await startLocalCloud()
  zone = await cloud.createZone('example.com')
  for (const [name, tag] of [
    ['orders', '1.0.0'],
    ['orders', '1.1.0'],
    ['billing-orders', '1.0.0'],
    ['billing-orders', '1.1.0'],
    ['invoices', '1.0.0'],
  ] as const)
    await cloud.runImage(image(name, tag), `${name} ${tag}`)
})

afterAll(async () => {
  await cloud?.stop()
})

describe.each([[['orders', 'billing']], [['billing', 'orders']]] as [[Name, Name]][])('first %s', (order) => {
  const [first, second] = order
  let platform: Inventory

  test('the platform is deployed, with one load balancer and no API', async () => {
    await deploy('platform')
    platform = await cloud.inventory()
    expect(platform).toMatchObject({ loadBalancers: 1, apis: 0, services: 0 })
  })

  test('then the applications, which make no load balancer of their own', async () => {
    for (const name of order) await deploy(name)
    const { functions: _, roles: __, ...wanted } = plus(plus(platform, applications[first]), applications[second])
    expect(await cloud.inventory()).toMatchObject(wanted)
  })

  test('each API asks for a token of its own, and leads to its own services', async () => {
    for (const name of order) {
      const other = name === first ? second : first
      expect((await cloud.ask(`${name}.example.com`, 'GET /orders')).status).toBe(401)
      const authorization = `Bearer ${cloud.provider.token({ aud: other })}`
      expect((await cloud.ask(`${name}.example.com`, 'GET /orders', { authorization })).status).toBe(401)
    }
    expect(await answerOf('orders', 'GET /orders')).toBe('orders 1.0.0')
    expect(await answerOf('billing', 'GET /orders')).toBe('billing-orders 1.0.0')
    expect(await answerOf('billing', 'GET /invoices/7')).toBe('invoices 1.0.0')
  })

  test('the path of the one is not answered by its service through the API of the other', async () => {
    // What rules of both would take, goes to the one whose name the API sends.
    expect(await answerOf('orders', 'GET /invoices/7')).toBe('orders 1.0.0')
    // A route that only a rule of the other would take, made by hand, because `generate` refuses it.
    await cloud.addRoute(await cloud.output(stackOf('billing'), 'ApiId'), 'GET /{proxy+}', 'ANY /orders')
    const disguised = { 'x-portcullis-application': stackOf('orders'), 'x-portcullis-service': 'orders' }
    for (const headers of [{}, disguised]) {
      expect(await answerOf('orders', 'GET /basket')).toBe('orders 1.0.0')
      expect(await answerOf('billing', 'GET /basket', headers)).toBe(404)
      expect(await answerOf('billing', 'GET /orders', headers)).toBe('billing-orders 1.0.0')
    }
  })

  test('an update of one changes nothing of the other', async () => {
    await deploy(first, (config) => config.replace(/orders:1\.0\.0/, 'orders:1.1.0'))
    expect(await answerOf(first, 'GET /orders')).toMatch(/orders 1\.1\.0$/)
    expect(await answerOf(second, 'GET /orders')).toMatch(/orders 1\.0\.0$/)
  })

  test('an update of the platform is none for them', async () => {
    await deploy('platform', (config) => config.replace('[secretsmanager]', '[secretsmanager, sqs]'))
    for (const name of order) expect(await answerOf(name, 'GET /orders')).toMatch(/orders 1/)
  })

  test('the platform stays while one of them uses it, and says which', async () => {
    const before = await cloud.inventory()
    await expect(cloud.deleteStack(stackOf('platform'))).rejects.toThrow(
      /^Export platform-prod-\w+ is imported by stack (?:orders|billing)-prod$/,
    )
    expect(await cloud.inventory()).toEqual(before)
    await cloud.deleteStack(stackOf(first))
    expect(await answerOf(second, 'GET /orders')).toMatch(/orders 1\.0\.0$/)
    await expect(cloud.deleteStack(stackOf('platform'))).rejects.toThrow(`is imported by stack ${stackOf(second)}`)
    await cloud.deleteStack(stackOf(second))
    expect(await cloud.inventory()).toMatchObject({ loadBalancers: 1, apis: 0, services: 0, targetGroups: 0 })
  })

  test('then goes without a rest', async () => {
    await cloud.deleteStack(stackOf('platform'))
    expect(await cloud.inventory()).toEqual(cloud.nothing)
  })
})

test('an application without its platform makes nothing', async () => {
  await expect(deploy('orders')).rejects.toThrow(/Export\s+'platform-prod-/)
  await cloud.deleteStack(stackOf('orders'))
  expect(await cloud.inventory()).toEqual(cloud.nothing)
})
