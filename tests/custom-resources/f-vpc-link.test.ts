// Group F: the VPC link.
import { FakeAwsError } from '../stories/aws.ts'
import { Bench, denied, holdsAlways } from './bench.ts'
import { answerPlace, bundleText, contextOf, eventOf, loadBundle } from './bundles.ts'

holdsAlways()

test('F1 a pending link is asked for every 5 to 15 seconds until it is ready', async () => {
  const bench = new Bench()
  bench.link([0, 'PENDING'], [400, 'AVAILABLE'])
  const { Status, seconds } = await bench.create('VpcLinkReady')
  expect([Status, seconds > 400, seconds < 420]).toEqual(['SUCCESS', true, true])
  const times = bench.calls('GetVpcLink').map(({ at }) => at)
  const pauses = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1000)
  expect(Math.min(...pauses)).toBeGreaterThan(3.5)
  expect(Math.max(...pauses)).toBeLessThan(19)
})

test('F2 a link that failed ends the wait at once, with its message', async () => {
  const bench = new Bench()
  bench.link([0, 'PENDING'], [20, 'FAILED', 'subnet subnet-1 is gone'])
  const { Status, Reason, seconds } = await bench.create('VpcLinkReady')
  expect([Status, Reason]).toEqual([
    'FAILED',
    expect.stringContaining('link1 is FAILED (subnet subnet-1 is gone) - look at'),
  ])
  expect(seconds).toBeLessThan(40)
})

test('F3 a link that is available is answered at once, with its id and status', async () => {
  const bench = new Bench()
  bench.link([0, 'AVAILABLE'])
  const answer = await bench.create('VpcLinkReady')
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { VpcLinkId: 'link1', Status: 'AVAILABLE' } })
  expect(answer.seconds).toBeLessThan(1)
})

test('F4 an inactive link is a success with a warning, because only traffic revives it', async () => {
  const bench = new Bench()
  bench.link([0, 'INACTIVE'])
  const answer = await bench.create('VpcLinkReady')
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { VpcLinkId: 'link1', Status: 'INACTIVE' } })
  expect(answer.seconds).toBeLessThan(1)
  expect(bench.logs.join('\n')).toMatch(/"level":"warn".*INACTIVE: the first requests will fail/)
})

test('F5 a link that is not there yet is waited for, one that is being deleted is not', async () => {
  const bench = new Bench()
  bench.link([40, 'AVAILABLE'])
  expect((await bench.create('VpcLinkReady')).Status).toBe('SUCCESS')
  bench.link([0, 'DELETING'])
  const { Status, Reason, seconds } = await bench.create('VpcLinkReady')
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('is DELETING')])
  expect(seconds).toBeLessThan(1)
})

test('F6 throttling by API Gateway is waited out', async () => {
  const bench = new Bench()
  bench.link([0, 'AVAILABLE'])
  bench.fail('GetVpcLink', new FakeAwsError('TooManyRequestsException', 'Too Many Requests', 429), 12)
  expect((await bench.create('VpcLinkReady')).Status).toBe('SUCCESS')
})

test('F7 another link is another physical id and waited for again; the delete of the old one calls nothing', async () => {
  const bench = new Bench()
  bench.link([0, 'AVAILABLE'])
  const first = await bench.create('VpcLinkReady')
  bench.ground.apiGateway.links.set(
    'link2',
    [
      { at: bench.clock.now() + 90_000, status: 'AVAILABLE' },
      { at: 0, status: 'PENDING' },
    ].sort((a, b) => a.at - b.at) as never,
  )
  const second = await bench.update('VpcLinkReady', first.PhysicalResourceId, { VpcLinkId: 'link2' })
  expect([second.Status, second.PhysicalResourceId]).toEqual(['SUCCESS', 'portcullis:vpclink:link2'])
  expect(second.seconds).toBeGreaterThan(90)
  const calls = bench.calls().length
  await bench.delete('VpcLinkReady', first.PhysicalResourceId)
  expect(bench.calls()).toHaveLength(calls)
})

test('F8 a delete needs neither rights nor the SDK', async () => {
  const place = await answerPlace()
  const none = new Error('no SDK')
  const modules = { 'node:https': place.https, '@aws-sdk/client-acm': none, '@aws-sdk/client-apigatewayv2': none }
  const { handler, loaded } = loadBundle(bundleText('waiter'), modules)
  for (const kind of ['VpcLinkReady', 'CertificateIssued', 'IsolationProbe']) {
    const ResourceType = `Custom::Portcullis${kind}`
    await handler(eventOf({ RequestType: 'Delete', ResourceType, PhysicalResourceId: 'x' }), contextOf())
  }
  await place.close()
  expect(place.uploads.map(({ body }) => JSON.parse(body.toString()).Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS'])
  expect(loaded.filter((name) => name.startsWith('@'))).toEqual([])
  const bench = new Bench()
  bench.fail('.*', denied)
  expect((await bench.delete('VpcLinkReady', 'portcullis:vpclink:link1')).Status).toBe('SUCCESS')
  expect(bench.calls()).toEqual([])
})

test('F9 a wait that is too long ends with status, message and what to look at', async () => {
  const bench = new Bench()
  bench.link([0, 'PENDING', 'VPC link is being created'])
  const { Status, Reason, seconds } = await bench.create('VpcLinkReady', { BudgetSeconds: '120' })
  expect([Status, Reason]).toEqual([
    'FAILED',
    expect.stringMatching(
      /link1 is still PENDING \(VPC link is being created\) after 120 s - .*zones.*free addresses\?/,
    ),
  ])
  expect(seconds).toBeLessThan(121)
})

test('F10 an id that is not a VPC link of HTTP APIs is an error that says so', async () => {
  const bench = new Bench()
  const { Status, Reason, seconds } = await bench.create('VpcLinkReady', { VpcLinkId: 'v1link' })
  expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/v1link does not exist in eu-west-1 - .*V1.*V2/)])
  expect(seconds).toBeLessThan(90)
  expect((await bench.create('VpcLinkReady', { VpcLinkId: 'not an id!' })).Reason).toMatch('property VpcLinkId')
})
