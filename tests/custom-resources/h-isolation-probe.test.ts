// Group H: the isolation probe.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse, stringify } from 'yaml'
import { parseConfig } from '../../generator/read.ts'
import type { Json } from '../support/read-template.ts'
import { templateOf } from '../support/templates.ts'
import { Bench, holdsAlways } from './bench.ts'
import { answerPlace, bundleText, contextOf, eventOf, loadBundle } from './bundles.ts'

holdsAlways()

type Reply = { status: number; fromGateway: boolean }
const refusal: Reply = { status: 401, fromGateway: true }

/** A bench whose API gives these replies to the guarded request, the last one for ever. */
function probing(
  replies: readonly (Reply | Error)[] = [refusal],
  open: readonly Reply[] = [{ status: 200, fromGateway: true }],
) {
  const bench = new Bench()
  bench.api()
  const { network } = bench.estate
  const asked: Parameters<typeof network.ask>[0][] = []
  let tries = 0
  let opens = 0
  network.ask = async (question) => {
    asked.push(question)
    await bench.clock.sleep(50)
    const isOpen = question.path.startsWith('/health')
    const reply = isOpen ? open[Math.min(opens++, open.length - 1)] : replies[Math.min(tries++, replies.length - 1)]
    if (reply instanceof Error) throw reply
    return reply as Reply
  }
  return { bench, network, asked }
}
const failed = (code: string) => Object.assign(new Error(code), { code })

test('H1 it connects to the name that API Gateway gave, never to the one in DNS', async () => {
  const { bench, network, asked } = probing()
  const looked: string[] = []
  network.resolve4 = async (name) => {
    looked.push(name)
    return ['10.20.0.1']
  }
  expect((await bench.create('IsolationProbe')).Status).toBe('SUCCESS')
  expect(looked).toEqual(['internal-lb.eu-west-1.elb.amazonaws.com'])
  for (const { connectTo, domain } of asked)
    expect([connectTo, domain]).toEqual(['d-1.execute-api.eu-west-1.amazonaws.com', 'api.example.com'])
  const text = bundleText('waiter', 'index')
  expect(text).toMatch(/host: connectTo,\s+servername: domain,\s+headers: \{ host: domain \}/)
})

test('H2 a refusal in the TLS handshake is not proof, and mutual TLS is not an option', async () => {
  const { bench } = probing([failed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')])
  const { Status, Reason } = await bench.create('IsolationProbe', { BudgetSeconds: '60' })
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('isolation could not be shown')])
  const config = parse(readFileSync('portcullis.yaml', 'utf8'))
  expect(() => parseConfig(stringify({ ...config, domain: { ...config.domain, mutualTls: {} } }), 'x.yaml')).toThrow()
})

/** The probe's properties in what is emitted. */
function emitted(change: (config: Json) => void, file = 'portcullis.yaml'): Json {
  const config = parse(readFileSync(file, 'utf8'))
  change(config)
  const { model } = parseConfig(stringify(config, { aliasDuplicateObjects: false }), file)
  return templateOf(model).Resources.IsolationProbe?.Properties
}

test('H3 an API that is not published is probed on its execute-api host, a published one never there', () => {
  const here = emitted(() => {})
  expect(JSON.stringify([here.DomainName, here.ConnectTo])).not.toMatch('execute-api')
  expect(here.ConnectTo).toEqual({ 'Fn::GetAtt': ['ApiDomainName', 'RegionalDomainName'] })
  const hidden = emitted((config) => {
    config.domain.publish = false
  })
  expect(hidden.ConnectTo).toEqual(hidden.DomainName)
  expect(JSON.stringify(hidden.DomainName)).toMatch(/execute-api|ApiEndpoint/)
})

test('H4 an API that is not ready yet is tried again until the budget ends, then the last status is told', async () => {
  const early = [
    failed('ECONNREFUSED'),
    failed('CERT_HAS_EXPIRED'),
    ...[404, 429, 500, 503].map((status) => ({ status, fromGateway: true })),
  ]
  expect((await probing([...early, refusal]).bench.create('IsolationProbe')).Status).toBe('SUCCESS')
  const { Status, Reason, seconds } = await probing([...early]).bench.create('IsolationProbe', { BudgetSeconds: '90' })
  expect([Status, Reason]).toEqual([
    'FAILED',
    expect.stringMatching(/^GET \/orders - last 503, \d+ tries in \d+ s - isolation/),
  ])
  expect(seconds).toBeLessThan(91)
  const never = await probing([failed('ETIMEDOUT')]).bench.create('IsolationProbe', { BudgetSeconds: '3600' })
  expect([never.Status, never.seconds < 882]).toEqual(['FAILED', true])
})

test('H5 a success or a redirect without credentials fails the deployment at once', async () => {
  for (const status of [200, 204, 301, 302]) {
    const { bench, asked } = probing([{ status, fromGateway: true }])
    const { Status, Reason } = await bench.create('IsolationProbe')
    expect([Status, Reason]).toEqual([
      'FAILED',
      expect.stringContaining(`answered ${status} without credentials - the deployment is open`),
    ])
    expect(asked).toHaveLength(1)
  }
})

test('H6 a refusal without the request id of API Gateway is not proof', async () => {
  for (const status of [401, 403]) {
    const { bench } = probing([{ status, fromGateway: false }])
    const { Status, Reason } = await bench.create('IsolationProbe', { BudgetSeconds: '40' })
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(`last ${status} without apigw-requestid`)])
    expect((await probing([{ status, fromGateway: true }]).bench.create('IsolationProbe')).Status).toBe('SUCCESS')
  }
})

test('H7 one address of the load balancer that is not private fails the deployment and is named', async () => {
  for (const [four, six, outside] of [
    [['10.20.0.1', '54.1.2.3'], [], '54.1.2.3'],
    [['100.64.0.1'], [], '100.64.0.1'],
    [['172.32.0.1'], [], '172.32.0.1'],
    [[], ['2600:1f18::1'], '2600:1f18::1'],
    [[], ['::ffff:54.1.2.3'], '::ffff:54.1.2.3'],
    [['10.0.0.1', '172.31.9.9', '192.168.1.1'], ['fd00::1', '::ffff:10.0.0.1'], ''],
  ] as const) {
    const { bench, network, asked } = probing()
    network.resolve4 = async () => [...four]
    network.resolve6 = async () => [...six]
    const { Status, Reason } = await bench.create('IsolationProbe')
    expect([outside, Status, Reason]).toEqual([
      outside,
      outside ? 'FAILED' : 'SUCCESS',
      expect.stringContaining(outside),
    ])
    if (outside) expect(asked).toEqual([])
  }
  const { bench, network } = probing()
  network.resolve4 = async () => ['100.64.0.1']
  expect((await bench.create('IsolationProbe', { VpcCidr: '100.64.0.0/16' })).Status).toBe('SUCCESS')
})

test('H8 a name without addresses passes, a name server that does not answer is tried again', async () => {
  for (const code of ['ENOTFOUND', 'ENODATA']) {
    const { bench, network } = probing()
    network.resolve4 = () => Promise.reject(failed(code))
    expect((await bench.create('IsolationProbe')).Status).toBe('SUCCESS')
  }
  for (const code of ['ESERVFAIL', 'ETIMEOUT']) {
    const { bench, network } = probing()
    network.resolve4 = () => Promise.reject(failed(code))
    const { Status, Reason } = await bench.create('IsolationProbe', { BudgetSeconds: '60' })
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(`resolving internal-lb.* - last ${code}`)])
  }
})

test('H9 a rollback never fails on the probe, and the same change deployed again is probed again', async () => {
  const { bench, asked } = probing([refusal, { status: 200, fromGateway: true }])
  const { PhysicalResourceId: first } = await bench.create('IsolationProbe')
  const forward = await bench.update('IsolationProbe', first, { Revision: 'r2' })
  expect([forward.Status, forward.PhysicalResourceId]).toEqual(['FAILED', 'portcullis:probe:IsolationProbe:r2:r1'])
  const count = asked.length
  const back = await bench.update('IsolationProbe', forward.PhysicalResourceId)
  expect([back.Status, back.PhysicalResourceId]).toEqual(['SUCCESS', 'portcullis:probe:IsolationProbe:r1:'])
  // The forward update never answered: CloudFormation still has the first id.
  expect((await bench.update('IsolationProbe', first)).Status).toBe('SUCCESS')
  expect(asked).toHaveLength(count)
  expect(bench.logs.join()).toMatch('skipped')
  const again = await bench.update('IsolationProbe', back.PhysicalResourceId, { Revision: 'r2' })
  expect([again.Status, asked.length]).toEqual(['FAILED', count + 1])
})

test('H10 a delete does nothing at all', async () => {
  const { bench, network, asked } = probing()
  network.resolve4 = () => Promise.reject(new Error('looked up'))
  const PhysicalResourceId = 'portcullis:probe:IsolationProbe:r1:'
  expect(await bench.delete('IsolationProbe', PhysicalResourceId)).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId,
  })
  expect([asked, bench.calls()]).toEqual([[], []])
})

test('H11 routes, authorizers, the domain and group rules change the revision; other settings do not', () => {
  const revision = (change: (config: Json) => void) => {
    const value = emitted(change, 'examples/every-key/portcullis.yaml')?.Revision
    expect(value).toBeDefined()
    return JSON.stringify(value)
  }
  const before = revision(() => {})
  const [service] = Object.keys(parse(readFileSync('examples/every-key/portcullis.yaml', 'utf8')).services)
  expect(
    revision((config) => {
      config.api.routes.push({ ...config.api.routes[0], route: 'GET /orders/one-more' })
    }),
  ).not.toBe(before)
  expect(
    revision((config) => {
      config.api.auth.customers.jwt.issuer = 'https://other.example.com/'
    }),
  ).not.toBe(before)
  expect(
    revision((config) => {
      config.domain.name = '{account}.{region}.next.example.com'
    }),
  ).not.toBe(before)
  expect(
    revision((config) => {
      const one = config.services[service as string]
      one.scale = { ...one.scale, max: 9 }
      one.image = one.image.replace(/:[^:]*$/, ':9.9.9')
    }),
  ).toBe(before)
  expect(
    revision((config) => {
      config.services = Object.fromEntries(Object.entries(config.services).reverse())
    }),
  ).toBe(before)
})

test('H15 another value of a parameter that guards the API probes again, though the template is the same', async () => {
  const { Revision } = emitted(() => {}, 'examples/every-key/portcullis.yaml') ?? {}
  const [separator, values] = Revision['Fn::Join']
  expect(separator).toBe('|')
  for (const name of ['DomainName', 'CustomersIssuer', 'PartnersIssuer']) expect(values).toContainEqual({ Ref: name })
  for (const name of ['CustomersAudience', 'PartnersAudience'])
    expect(values).toContainEqual({ 'Fn::Join': [',', { Ref: name }] })
  const { bench, asked } = probing([refusal])
  const of = (issuer: string) => ({ Revision: `c8aa25ce80daceb6|orders,billing|https://${issuer}/?a b` })
  const first = await bench.create('IsolationProbe', of('idp.example.com'))
  const again = await bench.update('IsolationProbe', first.PhysicalResourceId, of('other.example.com'))
  expect([first.Status, again.Status, asked.length]).toEqual(['SUCCESS', 'SUCCESS', 4])
  expect(again.PhysicalResourceId).toMatch(/^portcullis:probe:IsolationProbe:[0-9a-f]{16}:[0-9a-f]{16}$/)
  const back = await bench.update('IsolationProbe', again.PhysicalResourceId, of('idp.example.com'))
  expect([back.Status, asked.length]).toEqual(['SUCCESS', 4])
})

test('H16 a probe that passes logs what it saw', async () => {
  const { bench, network } = probing([{ status: 403, fromGateway: true }])
  network.resolve4 = async () => ['10.20.0.7']
  expect((await bench.create('IsolationProbe')).Status).toBe('SUCCESS')
  const seen = bench.logs.map((line) => JSON.parse(line)).filter(({ step }) => step === 'probe')
  expect(seen.map(({ status }) => status)).toEqual([
    'resolving internal-lb.eu-west-1.elb.amazonaws.com: 10.20.0.7, ok',
    'GET /orders: 403, ok',
    'GET /health: 200, ok',
  ])
})

test('H12 the open request is repeated while a sleeping VPC link wakes up', async () => {
  const asleep = Array.from({ length: 12 }, () => ({ status: 503, fromGateway: true }))
  const { bench } = probing([refusal], [...asleep, { status: 200, fromGateway: true }])
  const { Status, seconds } = await bench.create('IsolationProbe')
  expect([Status, seconds > 60]).toEqual(['SUCCESS', true])
  const wrong = await probing([refusal], [{ status: 404, fromGateway: true }]).bench.create('IsolationProbe')
  expect(wrong.Reason).toMatch(/GET \/health - last 404 instead of 200/)
})

test('H13 queries, headers and bodies are never logged', async () => {
  const { bench } = probing()
  const { Status } = await bench.create('IsolationProbe', {
    GuardedRequest: 'GET /orders?token=c4n4ry',
    OpenRequest: 'GET /health?key=c4n4ry',
  })
  expect(Status).toBe('SUCCESS')
  const { Reason } = await probing([failed('ECONNRESET')]).bench.create('IsolationProbe', {
    GuardedRequest: 'GET /orders?token=c4n4ry',
    BudgetSeconds: '30',
  })
  expect([...bench.logs, ...bench.sent, Reason, ...(Bench.last?.logs ?? [])].join()).not.toMatch('c4n4ry')
})

test('H14 an endless answer is cut off after its headers, a silent one after ten seconds', async () => {
  const { bench, network } = probing()
  const asked: AbortSignal[] = []
  network.ask = ({ signal }) => {
    asked.push(signal)
    return new Promise(() => {})
  }
  const { Reason } = await bench.create('IsolationProbe', { BudgetSeconds: '60' })
  expect(Reason).toMatch('no answer within 10 s')
  expect(asked.every(({ aborted }) => aborted)).toBe(true)
  let closed = 0
  const endless = http.createServer((_, response) => {
    response.writeHead(401, { 'apigw-requestid': 'x' })
    const timer = setInterval(() => response.write('x'.repeat(65_536)), 1)
    response.on('close', () => {
      clearInterval(timer)
      closed++
    })
  })
  await new Promise<void>((done) => endless.listen(0, '127.0.0.1', done))
  const { port } = endless.address() as AddressInfo
  const place = await answerPlace()
  const https = {
    request: (url: string | http.RequestOptions, ...rest: never[]) =>
      typeof url === 'string'
        ? place.https.request(url, ...rest)
        : http.request({ ...url, host: '127.0.0.1', port }, ...rest),
  }
  const dns = { resolve4: async () => [], resolve6: async () => [] }
  const { handler } = loadBundle(bundleText('waiter'), { 'node:https': https, 'node:dns/promises': dns })
  const ResourceProperties = { ...bench.properties('IsolationProbe'), OpenRequest: '' }
  await handler(eventOf({ ResourceType: 'Custom::PortcullisIsolationProbe', ResourceProperties }), contextOf())
  expect(JSON.parse(String(place.uploads[0]?.body)).Status).toBe('SUCCESS')
  await new Promise((done) => setTimeout(done, 50))
  expect(closed).toBe(1)
  await place.close()
  endless.closeAllConnections()
  endless.close()
})
