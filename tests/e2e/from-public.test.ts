// docs/from-public.md, step by step, with clients that never stop asking: no request is lost on the way.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type LocalCloud, startLocalCloud } from '../engine/local-cloud.ts'
import { repository } from '../lint/python.ts'
import { behindBoth, closed, moved, oldShop } from '../support/old-shop.ts'
import type { Json } from '../support/read-template.ts'
import { image } from './application.ts'

const domain = 'shop.example.com'
const [old, ours] = ['old-shop', 'shop']
/** How long a client keeps what DNS told it. */
const TIME_TO_LIVE = 1000

let cloud: LocalCloud
let zone: string
let authorization: string
let clients: Client[]

/** Asks where the name leads, keeps that for its time to live, and sends one request after the other. */
class Client {
  readonly answers = new Map<string, number>()
  readonly failures: string[] = []
  #isStopped = false
  readonly #done: Promise<void>

  constructor() {
    this.#done = this.#run()
  }

  async #run(): Promise<void> {
    let place = ''
    let until = 0
    while (!this.#isStopped) {
      try {
        if (Date.now() > until) {
          place = await cloud.resolve(zone, domain)
          until = Date.now() + TIME_TO_LIVE
        }
        const way = place.includes('.elb.') ? 'the public load balancer' : 'the API'
        const { status, body } = await askAt(place)
        if (status === 200 && JSON.parse(body).name === 'orders')
          this.answers.set(way, (this.answers.get(way) ?? 0) + 1)
        else this.failures.push(`${way}: ${status} ${body}`)
      } catch (error) {
        this.failures.push(`${place}: ${error}`)
      }
      await sleep(20)
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#done
  }
}

/** The engine knows a load balancer by its own name only, and an API by that of its domain. */
const askAt = (place: string) =>
  cloud.ask(place.includes('.elb.') ? `${place}:443` : domain, 'GET /orders', { authorization })

const answersOf = (way: string): number => clients.reduce((sum, { answers }) => sum + (answers.get(way) ?? 0), 0)

/** Every client has got that many more answers that way. */
async function answered(way: string, more: number): Promise<void> {
  const deadline = Date.now() + 60_000
  const before = clients.map(({ answers }) => answers.get(way) ?? 0)
  while (clients.some(({ answers }, index) => (answers.get(way) ?? 0) < (before[index] ?? 0) + more)) {
    if (Date.now() > deadline)
      throw new Error(`no answers from ${way}: ${clients.flatMap(({ failures }) => failures.slice(-1))}`)
    await sleep(50)
  }
}

async function deploy(stack: string, template: Json, parameters: Record<string, string>): Promise<void> {
  const folder = join(cloud.folder, stack)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'old.json'), JSON.stringify(template))
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
  const { code, output } = await cloud.runSam(folder, [
    ...['deploy', '--template-file', 'old.json', '--stack-name', stack, '--capabilities', 'CAPABILITY_IAM'],
    ...['--resolve-s3', '--parameter-overrides', ...words],
  ])
  expect({ code, output }).toMatchObject({ code: 0 })
}

beforeAll(async () => {
  cloud = await startLocalCloud()
  zone = await cloud.createZone('example.com')
  authorization = `Bearer ${cloud.provider.token({ aud: 'shop' })}`
  await cloud.runImage(image('orders', '1.4.2'), 'orders')
})

afterAll(async () => {
  await Promise.all((clients ?? []).map((each) => each.stop()))
  await cloud?.stop()
})

describe('from a public load balancer to the API only', () => {
  test('before: the public load balancer answers everybody', async () => {
    await deploy(old, oldShop(), { HostedZoneId: zone })
    expect(await cloud.inventory()).toMatchObject({ loadBalancers: 1, apis: 0, tasks: 2 })
    clients = [new Client(), new Client(), new Client()]
    await answered('the public load balancer', 20)
  })

  test('the internal load balancer and the API beside it', async () => {
    const parameters = {
      VpcId: await cloud.output(old, 'VpcId'),
      PrivateSubnet1Id: await cloud.output(old, 'PrivateSubnetAId'),
      PrivateSubnet2Id: await cloud.output(old, 'PrivateSubnetBId'),
      OrdersTaskSecurityGroupId: await cloud.output(old, 'TaskGroupId'),
      CustomersIssuer: cloud.provider.issuer,
    }
    const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
    const { code, output } = await cloud.runSam(join(repository, 'examples/from-public'), [
      ...['deploy', '--region', cloud.region, '--parameter-overrides', ...words],
    ])
    expect({ code, output }).toMatchObject({ code: 0 })
    expect(await cloud.inventory()).toMatchObject({ loadBalancers: 2, targetGroups: 2, apis: 1, tasks: 2 })
    expect((await cloud.ask(domain, 'GET /orders')).status).toBe(401)
    expect((await cloud.ask(domain, 'GET /orders', { authorization })).status).toBe(503)
    await answered('the public load balancer', 5)
  })

  test('the service behind both', async () => {
    const TargetGroupArn = await cloud.output(ours, 'OrdersTargetGroupArn')
    await deploy(old, behindBoth(), { HostedZoneId: zone, TargetGroupArn })
    expect((await cloud.ask(domain, 'GET /orders', { authorization })).status).toBe(200)
    await answered('the public load balancer', 5)
    expect(answersOf('the API')).toBe(0)
  })

  test('the name leads to the API', async () => {
    await deploy(old, moved(), await parametersOf())
    expect(await cloud.resolve(zone, domain)).toBe(await cloud.output(ours, 'AliasTarget'))
    await sleep(2 * TIME_TO_LIVE)
    await answered('the API', 20)
  })

  test('the public load balancer is gone', async () => {
    await deploy(old, closed(), await parametersOf())
    expect(await cloud.inventory()).toMatchObject({ loadBalancers: 1, targetGroups: 1, apis: 1, tasks: 2 })
    await answered('the API', 20)
  })

  test('no request was lost', async () => {
    expect(clients.flatMap(({ failures }) => failures).slice(0, 3)).toEqual([])
    expect(answersOf('the public load balancer')).toBeGreaterThan(100)
    expect(answersOf('the API')).toBeGreaterThan(60)
  })

  test('a request that is lost is counted', async () => {
    await cloud.revokeIngress('From the VPC link')
    await sleep(500)
    expect(clients.every(({ failures }) => failures.length > 0)).toBe(true)
  })
})

const parametersOf = async () => ({
  HostedZoneId: zone,
  TargetGroupArn: await cloud.output(ours, 'OrdersTargetGroupArn'),
  AliasTarget: await cloud.output(ours, 'AliasTarget'),
  AliasTargetHostedZoneId: await cloud.output(ours, 'AliasTargetHostedZoneId'),
})
