// Group A: the answer itself.

import { readFileSync } from 'node:fs'
import { limits } from '../../custom-resources/runtime/clock.ts'
import type { Resource } from '../../custom-resources/runtime/task.ts'
import { canary } from '../stories/cloudformation.ts'
import { secretExternalId } from '../stories/estate.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { Bench, denied, holdsAlways, type Kind, type Properties } from './bench.ts'
import { answerPlace, bundleText, contextOf, eventOf, loadBundle } from './bundles.ts'

holdsAlways()

const withCertificate = (apply: Resource['apply']) => new Bench({ code: { certificate: () => ({ apply }) } })
const bodies = (bench: Bench): Json[] => bench.sent.map((body) => JSON.parse(body))

test('A1 no matter what is thrown, there is exactly one FAILED answer with a reason', async () => {
  for (const thrown of [
    new Error('boom'),
    'text',
    undefined,
    null,
    7,
    { odd: true },
    new TypeError('x is not a function'),
  ]) {
    for (const apply of [
      async () => Promise.reject(thrown),
      () => {
        throw thrown
      },
    ]) {
      const bench = withCertificate(apply as Resource['apply'])
      const { Status, Reason } = await bench.create('Certificate')
      expect(Status).toBe('FAILED')
      expect(Reason).toMatch(/^start failed - .+ \(log: .+, request run-1\)$/)
      expect(bench.sent).toHaveLength(1)
    }
  }
})

test('A2 an unknown request type is answered, an event without a place to answer is thrown, and none is logged raw', async () => {
  const bench = new Bench()
  for (const type of ['Nonsense', undefined]) {
    const { Status, Reason } = await bench.clock.run(bench.ask(type as never, 'Certificate'))
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('request type')])
  }
  const unknown = await bench.create('Certificate', {}, { ResourceType: 'Custom::Other' } as never)
  expect(unknown.Reason).toMatch('resource type Custom::Other is unknown')
  for (const event of [{}, undefined, { RequestType: 'Create', ResourceProperties: { secret: canary } }]) {
    bench.writer.invoke(event as never)
    await bench.settle()
    expect(bench.writer.invocations.at(-1)?.end).toBe('threw')
  }
  expect(bench.logs.join()).not.toMatch(canary)
})

test('A3 before Lambda ends the run it answers FAILED, with any time that is left at the start', async () => {
  const endless = { certificate: () => ({ apply: () => new Promise<never>(() => {}) }) }
  for (const [seconds, reason, after, code] of [
    [900, 'ran out of time at start', 880, endless],
    [60, 'ran out of time at requestCertificate', 40, {}],
    [5, 'too little time left', 0, {}],
  ] as const) {
    const bench = new Bench({ code })
    bench.writer.limitMs = seconds * 1000
    bench.fail('RequestCertificate', 'forever')
    const answer = await bench.create('Certificate')
    expect([answer.Status, answer.Reason]).toEqual(['FAILED', expect.stringContaining(reason)])
    expect(answer.seconds).toBeGreaterThanOrEqual(after)
    expect(answer.seconds).toBeLessThan(after + 2)
  }
})

test('A4 an AWS call that hangs is given up after seconds and tried again, and does not keep the answer', async () => {
  const bench = new Bench()
  bench.fail('RequestCertificate', 'hang', 2)
  const answer = await bench.create('Certificate')
  expect(answer.Status).toBe('SUCCESS')
  expect(answer.seconds).toBeGreaterThan(20)
  for (const name of ['waiter', 'writer'] as const)
    expect(bundleText(name, 'index')).toMatch(
      /connectionTimeout: 3e3, requestTimeout: 1e4, throwOnRequestTimeout: true/,
    )
})

test('A24 a call that never comes back, not even as an error, is given up after a minute and sent again', async () => {
  const link = (bench: Bench) => bench.link([0, 'AVAILABLE'])
  const issued = (bench: Bench) => {
    const certificate = bench.pending()
    bench.become(certificate, 'ISSUED')
    return { CertificateArn: certificate.arn }
  }
  for (const [kind, operation, prepare] of [
    ['Certificate', 'AssumeRole'],
    ['Certificate', 'GetHostedZone'],
    ['Certificate', 'RequestCertificate'],
    ['Certificate', 'ListTagsForCertificate'],
    ['Certificate', 'DescribeCertificate'],
    ['Certificate', 'ListResourceRecordSets'],
    ['Certificate', 'ChangeResourceRecordSets'],
    ['CertificateIssued', 'DescribeCertificate', issued],
    ['VpcLinkReady', 'GetVpcLink', link],
  ] satisfies [Kind, string, ((bench: Bench) => unknown)?][])
    for (const when of ['before', 'after'] as const) {
      const bench = new Bench()
      const changes = (prepare?.(bench) ?? {}) as Properties
      const add = bench.acm.add.bind(bench.acm)
      bench.acm.add = (...about) => Object.assign(add(...about), { knownAt: 0 })
      bench.fail(operation, 'forever', 2, when)
      const { Status, seconds } = await bench.create(kind, changes)
      expect([operation, when, Status]).toEqual([operation, when, 'SUCCESS'])
      expect(seconds).toBeGreaterThan(120)
      expect(seconds).toBeLessThan(240)
      expect(bench.own.length).toBe(kind === 'Certificate' ? 1 : 0)
    }
})

test('A5 an upload that fails with a network error, 429, 500 or 503 is tried again with the same bytes', async () => {
  const bench = new Bench()
  const troubles = ['network', 500, 503, 429, 'network'] as const
  let tries = 0
  bench.estate.cloudFormation.putTrouble = () => troubles[tries++]
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  expect(tries).toBe(6)
  expect(new Set(bench.sent).size).toBe(1)
})

test('A6 an upload that is refused is tried once more, then thrown, so that Lambda delivers the event again', async () => {
  for (const status of [403, 400]) {
    const bench = new Bench()
    let tries = 0
    bench.estate.cloudFormation.putTrouble = () => (tries++ < 2 ? status : undefined)
    const answer = await bench.create('Certificate')
    expect(bench.writer.invocations.map(({ end, sent }) => [end, sent.length])).toEqual([
      ['threw', 2],
      ['done', 1],
    ])
    expect(answer.Status).toBe('SUCCESS')
    expect(bench.own).toHaveLength(1)
    expect(bench.logs.join()).toMatch(`HTTP ${status}`)
  }
})

test('A7 an upload that hangs is given up after ten seconds', async () => {
  const bench = new Bench()
  let tries = 0
  bench.estate.cloudFormation.putTrouble = () => (tries++ < 3 ? 'hang' : undefined)
  bench.link([0, 'AVAILABLE'])
  const answer = await bench.create('VpcLinkReady')
  expect([answer.Status, tries]).toEqual(['SUCCESS', 4])
  expect(answer.seconds).toBeLessThan(40)
  expect(bundleText('writer', 'index')).toMatch('signal: AbortSignal.timeout(timeoutMs)')
})

test('A8 a SUCCESS that cannot be uploaded is never followed by a FAILED', async () => {
  const bench = new Bench()
  bench.estate.cloudFormation.putTrouble = () => 500
  expect((await bench.create('Certificate')).Status).toBe('NONE')
  await bench.settle()
  expect(bench.writer.invocations.map(({ end }) => end)).toEqual(['threw', 'threw', 'threw'])
  const [first, ...later] = bodies(bench)
  expect(first.Status).toBe('SUCCESS')
  // The runs after CloudFormation gave up may say so; within one run there is one answer only.
  for (const { sent } of bench.writer.invocations) expect(new Set(sent).size).toBe(1)
  expect(later.length).toBeGreaterThan(8)
  Bench.last = undefined
})

test('A9 the length of the upload counts bytes, so that a reason in any language arrives whole', async () => {
  const place = await answerPlace()
  const { handler } = loadBundle(bundleText('writer'), { 'node:https': place.https })
  await handler(eventOf({ ResourceType: 'Custom::Prüfung ✗ 🚪' }), contextOf())
  await place.close()
  const [{ headers, body }] = place.uploads as [Json]
  expect(headers['content-length']).toBe(String(body.byteLength))
  expect(JSON.parse(body.toString()).Reason).toMatch('Custom::Prüfung ✗ 🚪')
})

test('A10 the upload has no content type, because its URL is signed for none', async () => {
  const place = await answerPlace()
  const { handler } = loadBundle(bundleText('writer'), { 'node:https': place.https })
  await handler(eventOf({ ResourceType: 'Custom::Nothing' }), contextOf())
  await place.close()
  expect(place.uploads[0]?.headers['content-type'] ?? '').toBe('')
  expect(place.uploads[0]?.headers['transfer-encoding']).toBeUndefined()
})

test('A11 an answer never exceeds 4,096 bytes: long reasons are cut between characters, long data become a failure', async () => {
  for (const text of ['x'.repeat(20_000), '🚪ü✗'.repeat(5000), `${'a'.repeat(457)}${'✗'.repeat(300)}`]) {
    const answer = await withCertificate(async () => Promise.reject(new Error(text))).create('Certificate')
    expect(answer.Reason).toMatch(/\.\.\. \(log: .+ request run-1\)$/)
    expect(answer.Reason).not.toMatch('\uFFFD')
    expect(Buffer.byteLength(answer.Reason)).toBeLessThanOrEqual(600)
  }
  const large = await withCertificate(async () => ({ Data: 'ü'.repeat(3000) })).create('Certificate')
  expect([large.Status, large.Reason]).toEqual(['FAILED', expect.stringContaining('too long')])
  const SubjectAlternativeNames = Array.from({ length: 99 }, (_, i) => `service-number-${i}.api.example.com`)
  expect((await new Bench().create('Certificate', { SubjectAlternativeNames })).Status).toBe('SUCCESS')
})

test('A12 a failure says what, why, what to do and where the log is, in at most 600 bytes', async () => {
  const bench = new Bench()
  const { Reason } = await bench.create('Certificate', { DomainName: 'api.example.org' })
  expect(Reason).toBe(
    'api.example.org is not inside zone example.com - give the zone that holds it (log: /portcullis/functions/2026/11/26/[$LATEST]0123456789abcdef, request run-1)',
  )
  const refused = new Bench()
  refused.fail('ListResourceRecordSets', denied)
  expect((await refused.create('Certificate')).Reason).toMatch('check the policies of the role')
})

test('A13 a physical id is never empty and never longer than 512 bytes', async () => {
  const bench = new Bench()
  const none = await bench.create('Certificate', {}, { LogicalResourceId: 'L'.repeat(255) } as never)
  expect(none.PhysicalResourceId).toMatch(/^arn:/)
  const failed = await new Bench().create('AliasRecord', { Name: 5 }, { PhysicalResourceId: '' })
  expect(failed.PhysicalResourceId).toBe('portcullis:none:AliasRecord')
})

const kinds: readonly Kind[] = ['Certificate', 'AliasRecord', 'CertificateIssued', 'VpcLinkReady', 'IsolationProbe']

/** A bench in which each kind succeeds. */
function ready(): { bench: Bench; changes: (kind: Kind) => Record<string, unknown> } {
  const bench = new Bench()
  const certificate = bench.pending()
  bench.validate(certificate)
  bench.link([0, 'AVAILABLE'])
  bench.api()
  return { bench, changes: (kind) => (kind === 'CertificateIssued' ? { CertificateArn: certificate.arn } : {}) }
}

test('A14 the attributes are texts, and the same ones after a create and after an update', async () => {
  const { bench, changes } = ready()
  for (const kind of kinds) {
    const created = await bench.create(kind, changes(kind))
    const updated = await bench.update(kind, created.PhysicalResourceId, { ...changes(kind), Revision: 'r2' })
    expect([kind, created.Status]).toEqual([kind, 'SUCCESS'])
    if (kind === 'CertificateIssued') continue
    expect([kind, updated.Status, Object.keys(updated.Data)]).toEqual([kind, 'SUCCESS', Object.keys(created.Data)])
    for (const value of Object.values(updated.Data)) expect(typeof value).toBe('string')
  }
})

test('A15 an update that changes nothing answers with the same physical id and all attributes', async () => {
  const { bench, changes } = ready()
  for (const kind of kinds) {
    const created = await bench.create(kind, changes(kind))
    const updated = await bench.update(kind, created.PhysicalResourceId, changes(kind))
    expect([updated.PhysicalResourceId, updated.Data]).toEqual([created.PhysicalResourceId, created.Data])
  }
})

test('A16 no log line, reason or thrown error holds the URL of the answer, whatever happens', async () => {
  const thrown: string[] = []
  const url = 'https://answers.example/upload?X-Amz-Signature=c4n4ry5ecret&X-Amz-Credential=k'
  const https = {
    request: () => {
      throw new Error(`cannot connect to ${url}`)
    },
  }
  const { handler, logs } = loadBundle(bundleText('writer'), { 'node:https': https })
  await handler(eventOf({ ResponseURL: url, ResourceType: 'Custom::X' }), contextOf(4000)).catch((error) =>
    thrown.push(error.message, error.stack),
  )
  const leaky = withCertificate((task) => Promise.reject(new Error(`GET ${task.event.ResponseURL} or ${url}`)))
  const { Reason } = await leaky.create('Certificate')
  const all = [...thrown, ...logs, ...leaky.logs, Reason].join()
  expect(logs.length).toBeGreaterThan(3)
  expect(thrown).toHaveLength(2)
  expect(all).toMatch('***')
  expect(all).not.toMatch(/c4n4ry5ecret|X-Amz-Signature|X-Amz-Credential/)
})

test('A17 secrets in the properties are never logged', async () => {
  const bench = new Bench()
  await bench.create('Certificate')
  await bench.create('AliasRecord', { HostedZoneExternalId: secretExternalId })
  const [zone] = bench.properties('Certificate')['HostedZones'] as Json[]
  const bad = await bench.create('Certificate', { HostedZones: [{ ...zone, ExternalId: `${secretExternalId} "` }] })
  expect(bad.Status).toBe('FAILED')
  expect([...bench.logs, ...bench.sent].join()).not.toMatch(secretExternalId)
})

test('A18 after an upload that was taken there is no other', async () => {
  const bench = new Bench()
  await bench.create('Certificate')
  await bench.create('Certificate', { DomainName: 'example.org' })
  await bench.pass(3600)
  expect(bench.writer.invocations.map(({ sent }) => sent.length)).toEqual([1, 1])
})

test('A19 a runtime without the SDK is an answer, not a silence', async () => {
  const place = await answerPlace()
  const gone = new Error("Cannot find module '@aws-sdk/client-acm'")
  const modules = { 'node:https': place.https, '@aws-sdk/client-acm': gone, '@aws-sdk/client-apigatewayv2': gone }
  const writer = loadBundle(bundleText('waiter'), modules)
  expect(writer.loaded.filter((name) => !name.startsWith('node:'))).toEqual([])
  const CertificateArn = 'arn:aws:acm:eu-west-1:111111111111:certificate/0000'
  await writer.handler(
    eventOf({ ResourceType: 'Custom::PortcullisCertificateIssued', ResourceProperties: { CertificateArn } }),
    contextOf(),
  )
  await place.close()
  const answer = JSON.parse(String(place.uploads[0]?.body))
  expect([answer.Status, answer.Reason]).toEqual([
    'FAILED',
    expect.stringContaining('the runtime has no @aws-sdk/client-acm'),
  ])
})

test('A20 a run that crashes is repeated by Lambda without harm, and a limit in the template ends the wait', async () => {
  const bench = new Bench()
  let crashes = 0
  bench.writer.crashOf = () => (crashes++ < 2 ? 900 + crashes * 500 : undefined)
  const answer = await bench.create('Certificate')
  expect([answer.Status, bench.writer.invocations.length, bench.own.length]).toEqual(['SUCCESS', 3, 1])
  const template = readTemplate(readFileSync('examples/zone-elsewhere/templates/standalone.yaml', 'utf8'))
  const resources = Object.values<Json>(template.Resources)
  const custom = resources.filter(({ Type }) => Type.startsWith('Custom::'))
  const functions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function')
  const longest = Math.max(...functions.map((one) => one.Properties.Timeout))
  expect(custom.length).toBeGreaterThan(4)
  for (const { Type, Properties } of custom) {
    // A certificate may be in use for longer than one run.
    const runs = Type === 'Custom::PortcullisCertificate' ? 2 : 1
    expect(Number(Properties.ServiceTimeout)).toBeGreaterThan(0)
    expect(Number(Properties.ServiceTimeout)).toBeLessThanOrEqual(runs * longest + 180)
  }
})

test('A22 an upload that fails for ten minutes is tried as long as the run has time', async () => {
  const bench = new Bench()
  const end = bench.clock.now() + 600_000
  bench.estate.cloudFormation.putTrouble = () => (bench.clock.now() < end ? 503 : undefined)
  bench.link([0, 'AVAILABLE'])
  const { Status, seconds } = await bench.create('VpcLinkReady')
  expect([Status, bench.waiter.invocations.length]).toEqual(['SUCCESS', 1])
  expect(seconds).toBeGreaterThan(590)
  expect(seconds).toBeLessThan(640)
  expect(bench.waiter.invocations.map(({ end }) => end)).toEqual(['done'])
})

test('A23 a run that is too short for the rest leaves it to the next one that Lambda sends, but only the first run does', async () => {
  const using = async (minutes: number, delay: number) => {
    const bench = new Bench()
    const { PhysicalResourceId } = await bench.create('Certificate')
    bench.certificate(PhysicalResourceId).releasedAt = bench.clock.now() + minutes * 60_000
    bench.estate.deliveries = () => [delay]
    const answer = await bench.delete('Certificate', PhysicalResourceId, { ServiceTimeout: '1920' })
    await bench.settle()
    return { ...answer, runs: bench.writer.invocations.length - 1, left: bench.own.length }
  }
  expect(await using(20, 50)).toMatchObject({ Status: 'SUCCESS', runs: 2, left: 0 })
  expect(await using(40, 50)).toMatchObject({ Status: 'FAILED', runs: 2, left: 1 })
  // It may be the last that Lambda sends.
  expect(await using(20, 60_000)).toMatchObject({ Status: 'FAILED', runs: 1, left: 1 })
  const template = readTemplate(readFileSync('examples/zone-elsewhere/templates/standalone.yaml', 'utf8'))
  const of = (id: string) => Number(template.Resources[id].Properties.ServiceTimeout)
  expect(of('CertificateRequest')).toBeGreaterThanOrEqual(900 + 60 + 20 * 60 - 900)
  expect(of('CertificateRequest')).toBe(1920)
})

test('A21 an event that comes when CloudFormation no longer listens changes nothing', async () => {
  const bench = new Bench()
  bench.estate.deliveries = () => [1_090_000]
  await bench.create('Certificate')
  await bench.settle()
  expect(bench.calls()).toEqual([])
  expect(bodies(bench)[0]).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('came too late') })
  const plain = limits(eventOf({ ResponseURL: 'https://answers.example/x' }), 5_000_000, 900_000)
  expect(plain).toEqual({ asked: undefined, late: false, end: 5_880_000 })
  Bench.last = undefined
})
