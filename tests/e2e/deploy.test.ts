// The emitted templates, really deployed by `sam` into an engine on this machine, and really asked over HTTP.
// docs/local-deployment.md says of each step what is the engine's and what is ours. The tests of a packaging build on
// each other, in this order.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type LocalCloud, type Reply, startLocalCloud } from '../engine/local-cloud.ts'
import { repository } from '../lint/python.ts'
import { edit, generated, image, withStatus } from './application.ts'
import {
  type Asked,
  minimal,
  origin,
  passed,
  pastTheDomain,
  preflight,
  status,
  withoutRoute,
  withoutToken,
} from './requests.ts'

const domain = 'dev.example.com'

let cloud: LocalCloud
let zone: string
let token: string

beforeAll(async () => {
  cloud = await startLocalCloud()
  zone = await cloud.createZone('example.com')
  token = `Bearer ${cloud.provider.token({ aud: 'shop', sub: 'someone' })}`
  for (const [name, tag] of [
    ['orders', '1.4.2'],
    ['orders', '1.5.0'],
    ['catalog', '2.0.1'],
    ['status', '0.9.0'],
  ] as const)
    await cloud.runImage(image(name, tag), `${name} ${tag}`)
})

afterAll(async () => {
  await cloud?.stop()
})

const ask = (line: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> =>
  cloud.ask(domain, line, headers, body)
const withToken = (line: string, body?: string): Promise<Reply> => ask(line, { authorization: token }, body)

/** What the credential of a request looks like, for an audience. */
function shown({ credential }: Asked, audience: string): Record<string, string> {
  if (credential === 'none') return {}
  if (credential === 'no token') return { authorization: 'Bearer x' }
  const good = cloud.provider.token({ aud: audience, sub: 'someone' })
  const [head, claims, signature = ''] = good.split('.')
  const tokens = {
    good,
    tampered: [head, claims, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))].join('.'),
    'for others': cloud.provider.token({ aud: 'other' }),
    expired: cloud.provider.token({ aud: audience, exp: 1 }),
    'with the scope': cloud.provider.token({ aud: audience, scope: 'status.read status.write' }),
  }
  return { authorization: `Bearer ${tokens[credential]}` }
}

/** Makes a request of the list, and says who answered. */
async function made(asked: Asked, host: string = domain, audience = 'shop', at = asked.line) {
  const reply = await cloud.ask(host, at, { ...asked.headers, ...shown(asked, audience) }, asked.body)
  const isApp = reply.headers['x-app'] !== undefined
  return { reply, said: { line: asked.line, credential: asked.credential, status: reply.status, isApp } }
}
const wanted = ({ line, credential, status, service }: Asked) => ({
  line,
  credential,
  status,
  isApp: service !== undefined,
})

const app = (reply: Reply) => ({ status: reply.status, ...JSON.parse(reply.body) })

// Without a flag `sam` takes the SAM application, from samconfig.toml, which names no other template.
const standalone = ['--template-file', 'templates/standalone.yaml', '--stack-name', 'shop-standalone']

describe.each([
  { packaging: 'the SAM application', stack: 'shop-dev', flags: [] },
  {
    packaging: 'standalone.yaml',
    stack: 'shop-standalone',
    flags: [...standalone, '--capabilities', 'CAPABILITY_IAM', '--resolve-s3', '--no-fail-on-empty-changeset'],
  },
])('$packaging', ({ stack, flags }) => {
  /** `sam deploy` in a folder, as its samconfig.toml says, with what a person adds for this account. */
  async function deploy(folder: string, parameters: Record<string, string> = {}) {
    const overrides = {
      HostedZoneId: zone,
      DomainName: domain,
      CustomersIssuer: cloud.provider.issuer,
      OrdersMinTasks: '1',
      CatalogMinTasks: '1',
      ...parameters,
    }
    const words = Object.entries(overrides).map(([name, value]) => `${name}=${value}`)
    return cloud.runSam(folder, ['deploy', '--config-env', 'dev', ...flags, '--parameter-overrides', ...words])
  }
  const folderOf = (name: string) => join(cloud.folder, stack, name)

  test('a create that fails after the load balancer exists leaves nothing behind', async () => {
    const folder = generated(folderOf('open'), () => undefined)
    const files = ['templates/load-balancer.yaml', 'templates/standalone.yaml']
    edit(folder, files, 'Scheme: internal', 'Scheme: internet-facing')
    const { code, output } = await deploy(folder)
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('ROLLBACK_COMPLETE') })
    await cloud.logged(/has the address 203\.0\.113\.10, which is not private - the deployment is open/)
    expect(await cloud.inventory()).toEqual(cloud.nothing)
    expect((await withToken('GET /orders')).status).not.toBe(200)
    await cloud.deleteStack(stack)
  })

  test('deploys', async () => {
    const { code, output } = await deploy(repository)
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('Successfully created/updated') })
    expect(await cloud.inventory()).toMatchObject({ loadBalancers: 1, apis: 1, services: 2, tasks: 2 })
  })

  test('answers 401 to a request without a token, and to one with a bad token', async () => {
    for (const each of withoutToken) expect((await made(each)).said).toEqual(wanted(each))
  })

  test('passes a request with a good token to the service whose path it is', async () => {
    for (const each of passed) {
      const { reply, said } = await made(each)
      expect(said).toEqual(wanted(each))
      const [method, url] = each.line.split(' ')
      expect(app(reply)).toMatchObject({
        name: expect.stringMatching(`^${each.service} `),
        method,
        url,
        body: each.body ?? '',
      })
    }
    expect(app(await withToken('POST /orders/9/lines', '{"item":1}'))).toMatchObject({
      headers: { host: domain, 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
    })
  })

  test('answers 404 where there is no route, without asking a service', async () => {
    for (const each of withoutRoute) expect((await made(each)).said).toEqual(wanted(each))
  })

  test('answers preflights itself, for the named origin only', async () => {
    const { reply, said } = await made(preflight)
    expect(said).toEqual(wanted(preflight))
    expect(reply).toMatchObject({ headers: { 'access-control-allow-origin': origin } })
    expect(String(reply.headers['access-control-allow-methods']).split(',')).toEqual(
      expect.arrayContaining(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
    )
    expect(String(reply.headers['access-control-allow-headers']).split(',')).toContain('authorization')
    const foreign = await ask(preflight.line, { ...preflight.headers, origin: 'https://evil.example.com' })
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
    const real = await ask('GET /orders', { origin, authorization: token })
    expect(real.headers['access-control-allow-origin']).toBe(origin)
  })

  test('has no second address', async () => {
    const api = await cloud.output(stack, 'ApiId')
    for (const each of pastTheDomain) {
      const at = each.line.replace(' ', ` /_aws/execute-api/${api}`)
      expect((await made(each, 'localhost', 'shop', at)).said).toEqual(wanted(each))
    }
  })

  test('changes nothing when it is deployed again', async () => {
    const before = await cloud.inventory()
    const { code, output } = await deploy(repository)
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('No changes to deploy') })
    expect(await cloud.inventory()).toEqual(before)
  })

  test('runs another image after an update of its parameter', async () => {
    const { code, output } = await deploy(repository, { OrdersImage: image('orders', '1.5.0') })
    expect({ code, output }).toMatchObject({ code: 0 })
    for (let count = 0; count < 5; count++)
      expect(app(await withToken('GET /orders'))).toMatchObject({ status: 200, name: 'orders 1.5.0' })
    expect(app(await withToken('GET /catalog'))).toMatchObject({ status: 200, name: 'catalog 2.0.1' })
  })

  test('takes one more service, an open route and one with a scope in an update', async () => {
    expect((await ask('GET /status')).status).toBe(404)
    const { code, output } = await deploy(generated(folderOf('status'), withStatus))
    expect({ code, output }).toMatchObject({ code: 0 })
    for (const each of status) expect((await made(each)).said).toEqual(wanted(each))
    expect(app(await ask('GET /status'))).toMatchObject({ name: 'status 0.9.0', url: '/status' })
    // A parameter that is not named keeps its value in an update with `sam`.
    expect(app(await withToken('GET /orders'))).toMatchObject({ status: 200, name: 'orders 1.5.0' })
  })

  test('passes nothing on once a hop is not allowed or leads nowhere', async () => {
    expect((await withToken('GET /orders')).status).toBe(200)
    await cloud.revokeIngress('From the VPC link')
    expect((await withToken('GET /orders')).status).toBe(503)
    await cloud.logged(/security groups \['sg-\w+'\] do not reach \['sg-\w+'\] on 443/)
    await cloud.deleteListeners()
    expect((await withToken('GET /orders')).status).toBe(503)
    await cloud.logged(/listener 'arn:\S+' does not exist/)
  })

  test('is deleted without a rest', async () => {
    await cloud.deleteStack(stack)
    expect(await cloud.inventory()).toEqual(cloud.nothing)
    expect((await ask('GET /status')).status).not.toBe(200)
  })
})

test('the minimal example: deployed, asked, deleted', async () => {
  await cloud.runImage(image('hello', '1.0.0'), 'hello 1.0.0')
  const words = [`HostedZoneId=${zone}`, `UsersIssuer=${cloud.provider.issuer}`]
  const args = ['deploy', '--region', cloud.region, '--parameter-overrides', ...words]
  const { code, output } = await cloud.runSam(join(repository, 'examples/minimal'), args)
  expect({ code, output }).toMatchObject({ code: 0 })
  for (const each of minimal) {
    const { reply, said } = await made(each, 'hello.example.com', 'hello')
    expect(said).toEqual(wanted(each))
    if (each.service !== undefined) {
      const [method, url] = each.line.split(' ')
      expect(app(reply)).toMatchObject({ name: 'hello 1.0.0', method, url })
    }
  }
  await cloud.deleteStack('hello')
  expect(await cloud.inventory()).toEqual(cloud.nothing)
})
