// Group B: how events are delivered.
import { readFileSync } from 'node:fs'
import { certificate } from '../../custom-resources/writer/certificate.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { Bench, denied, foreignArn, holdsAlways, type Kind, throttled } from './bench.ts'

holdsAlways()

const template = (): Json => readTemplate(readFileSync('examples/zone-elsewhere/templates/standalone.yaml', 'utf8'))
const answers = (bench: Bench) => bench.sent.map((body) => JSON.parse(body))

test('B1 an event that is delivered three times has one effect and the same answer each time', async () => {
  for (const kind of ['Certificate', 'AliasRecord'] satisfies Kind[]) {
    const bench = new Bench()
    bench.estate.deliveries = () => [50, 70_000, 140_000]
    expect((await bench.create(kind)).Status).toBe('SUCCESS')
    await bench.pass(150)
    await bench.settle()
    expect(answers(bench)).toHaveLength(3)
    expect(new Set(bench.sent.map((body) => JSON.stringify({ ...JSON.parse(body), Reason: '' }))).size).toBe(1)
    expect(bench.own).toHaveLength(kind === 'Certificate' ? 1 : 0)
    expect(bench.calls('ChangeResourceRecordSets')).toHaveLength(1)
  }
})

test('B2 two copies that run at the same time make one certificate', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const bench = new Bench({ seed })
    bench.estate.deliveries = () => [50, 50]
    expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
    await bench.settle()
    expect(bench.own).toHaveLength(1)
    expect(bench.records('CNAME')).toHaveLength(1)
  }
})

test('B3 after a success whose answer was lost, the repeated event finds the certificate', async () => {
  const bench = new Bench()
  bench.estate.cloudFormation.putTrouble = () => (bench.writer.invocations.length === 1 ? 'network' : undefined)
  const { Status, PhysicalResourceId } = await bench.create('Certificate')
  expect([Status, bench.writer.invocations.length]).toEqual(['SUCCESS', 2])
  expect(bench.own.map(({ arn }) => arn)).toEqual([PhysicalResourceId])
})

test('B4 a repeated deployment with the same request id does not get the dead certificate of the first try', async () => {
  const bench = new Bench()
  const RequestId = 'the-same'
  const first = await bench.create('Certificate', {}, { RequestId })
  await bench.delete('Certificate', first.PhysicalResourceId)
  const second = await bench.create('Certificate', {}, { RequestId })
  expect(second.Status).toBe('SUCCESS')
  expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId)
  bench.become(bench.certificate(second.PhysicalResourceId), 'FAILED', 'CAA_ERROR')
  const third = await bench.create('Certificate', {}, { RequestId })
  expect(third.Status).toBe('SUCCESS')
  expect([first, second].map((one) => one.PhysicalResourceId)).not.toContain(third.PhysicalResourceId)
  for (const { arn } of bench.own) bench.become(bench.certificate(arn), 'FAILED', 'CAA_ERROR')
  bench.acm.fateOfNext = () => ({ status: 'FAILED', at: 0, reason: 'CAA_ERROR' })
  const last = await bench.create('Certificate', {}, { RequestId })
  expect([last.Status, last.Reason]).toEqual(['FAILED', expect.stringContaining('CAA')])
})

test('what such a deployment asks for is deleted with it, though the answer of ACM is lost', async () => {
  const bench = new Bench()
  const RequestId = 'the-same'
  const first = await bench.create('Certificate', {}, { RequestId })
  await bench.delete('Certificate', first.PhysicalResourceId)
  const none = bench.ground.aws.trouble
  bench.fail('RequestCertificate', throttled, undefined, 'after')
  const second = await bench.create('Certificate', {}, { RequestId })
  expect([second.Status, bench.own.length]).toEqual(['FAILED', 1])
  bench.ground.aws.trouble = none
  expect((await bench.delete('Certificate', second.PhysicalResourceId)).Status).toBe('SUCCESS')
  expect(bench.own).toEqual([])
})

test('a delete that is cut off between two certificates of one request can be repeated', async () => {
  const bench = new Bench()
  const { PhysicalResourceId: arn } = await bench.create('Certificate')
  const sibling = bench.pending(['api.example.com'], Object.fromEntries(bench.certificate(arn).tags))
  const none = bench.ground.aws.trouble
  bench.ground.aws.trouble = (call) =>
    call.operation === 'DeleteCertificate' && call.resource === sibling.arn
      ? { when: 'before', error: denied }
      : none(call)
  expect((await bench.delete('Certificate', arn)).Status).toBe('FAILED')
  bench.ground.aws.trouble = none
  expect((await bench.delete('Certificate', arn)).Status).toBe('SUCCESS')
  expect(bench.own).toEqual([])
})

test('B5 a certificate for other names is never used, whatever ACM answers', async () => {
  const same = new Bench()
  const one = await same.create('Certificate', {}, { RequestId: 'r' })
  const other = await same.create('Certificate', { SubjectAlternativeNames: [] }, { RequestId: 'r' })
  expect(other.PhysicalResourceId).not.toBe(one.PhysicalResourceId)
  let wrong = foreignArn
  const bench = new Bench({
    code: {
      certificate: (clients) =>
        certificate({
          ...clients,
          acm: (region) => ({ ...clients.acm(region), requestCertificate: async () => ({ CertificateArn: wrong }) }),
        }),
    },
  })
  wrong = bench.pending(['www.example.com']).arn
  const { Status, Reason, PhysicalResourceId } = await bench.create('Certificate')
  expect([Status, Reason]).toEqual([
    'FAILED',
    expect.stringContaining('for other names: api.example.com,www.example.com'),
  ])
  expect(PhysicalResourceId).toBe('portcullis:none:Certificate')
})

test('B6 a delete that comes while the create still runs, or after nobody heard it, leaves nothing', async () => {
  for (const stopAfter of [200, 1000, 5000, 50_000]) {
    const bench = new Bench()
    bench.estate.cloudFormation.putTrouble = () => (bench.writer.invocations.length === 1 ? 'network' : undefined)
    bench.acm.fateOfNext = () => undefined
    const changes = { ServiceTimeout: String(60) }
    const create = bench.ask('Create', 'Certificate', changes)
    await bench.pass(stopAfter / 1000)
    await bench.settle()
    expect((await bench.clock.run(create)).Status).not.toBe('')
    await bench.settle()
    const gone = await bench.delete('Certificate', 'billing-Certificate-1XYZ')
    expect([gone.Status, bench.own]).toEqual(['SUCCESS', []])
    Bench.last = undefined
  }
  for (const madeUp of ['billing-AliasRecord-1XYZ', undefined]) {
    const bench = new Bench()
    bench.estate.cloudFormation.putTrouble = () => (bench.writer.invocations.length === 1 ? 'network' : undefined)
    const create = bench.ask('Create', 'AliasRecord')
    await bench.pass(10)
    expect(bench.records('A')).toHaveLength(1)
    bench.fail('GetHostedZone', denied, 20)
    const { Status, PhysicalResourceId } = await bench.clock.run(create)
    expect(Status).toBe('FAILED')
    bench.ground.aws.trouble = () => undefined
    await bench.delete('AliasRecord', madeUp ?? PhysicalResourceId)
    expect(bench.records('A')).toEqual([])
  }
})

test('B11 a create asks for a certificate in its first minutes or never, and a delete that overtakes it looks that long', async () => {
  for (const crashed of [false, true]) {
    const bench = new Bench()
    // The role of the zone is not there yet, or the run crashes and Lambda sends it once more.
    const role = bench.ground.sts.roles.get(bench.ground.roleArn)
    if (role && !crashed) role.usableAt = bench.clock.now() + 45_000
    let crashes = 0
    bench.writer.crashOf = () => (crashed && crashes++ === 0 ? 100 : undefined)
    void bench.ask('Create', 'Certificate')
    await bench.pass(5)
    expect(bench.own).toEqual([])
    const { Status, seconds } = await bench.delete('Certificate', 'billing-Certificate-1XYZ')
    await bench.settle()
    expect(bench.calls('RequestCertificate').length).toBeGreaterThan(0)
    expect([Status, bench.own]).toEqual(['SUCCESS', []])
    expect(seconds).toBeGreaterThan(300)
    Bench.last = undefined
  }
  const late = new Bench()
  late.estate.deliveries = () => [301_000]
  const { Status, Reason, PhysicalResourceId } = await late.create('Certificate')
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('too late to request')])
  expect([late.writes, PhysicalResourceId]).toEqual([[], 'portcullis:none:Certificate'])
  // A create that answered before it asked for anything is over.
  late.estate.deliveries = () => [50]
  expect((await late.delete('Certificate', PhysicalResourceId)).seconds).toBeLessThan(2)
})

test('a run that comes after those minutes goes on with what an earlier one asked for', async () => {
  const bench = new Bench()
  let crashes = 0
  bench.writer.crashOf = () => (crashes++ < 2 ? 280_000 : undefined)
  bench.fail('ListResourceRecordSets', throttled, 100)
  const { Status, PhysicalResourceId } = await bench.create('Certificate')
  expect([Status, bench.own.map(({ arn }) => arn)]).toEqual(['SUCCESS', [PhysicalResourceId]])
})

test('B12 a certificate that a cancelled update asks for after its rollback goes with the one that came back', async () => {
  for (const again of [false, true]) {
    const bench = new Bench()
    const { PhysicalResourceId } = await bench.create('Certificate')
    const more = { SubjectAlternativeNames: ['pay.example.com'] }
    const OldResourceProperties = bench.properties('Certificate', more)
    const none = bench.ground.aws.trouble
    const isSlow = bench.clock.now() + 40_000
    bench.ground.aws.trouble = (call) =>
      call.operation === 'RequestCertificate' && bench.clock.now() < isSlow
        ? { when: 'before', error: throttled }
        : none(call)
    void bench.ask('Update', 'Certificate', more, { PhysicalResourceId })
    await bench.pass(2)
    const back = await bench.update('Certificate', PhysicalResourceId, {}, { OldResourceProperties })
    expect(back).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
    expect(bench.own).toHaveLength(1)
    if (again) {
      // The next update has copies at the same time: one finds what the cancelled one made, the other asks itself.
      await bench.pass(45)
      Object.assign(bench.certificate(bench.own[1]?.arn ?? ''), { knownAt: bench.clock.now() + 2000 })
      bench.estate.deliveries = () => [50, 4000]
      const next = await bench.update('Certificate', PhysicalResourceId, more)
      bench.estate.deliveries = () => [50]
      await bench.settle()
      expect(bench.own).toHaveLength(3)
      bench.acm.use(next.PhysicalResourceId, 'listener')
      await bench.delete('Certificate', PhysicalResourceId)
      expect(bench.own.map(({ arn }) => arn)).toContain(next.PhysicalResourceId)
      bench.certificate(next.PhysicalResourceId).inUseBy.clear()
      expect((await bench.delete('Certificate', next.PhysicalResourceId, more)).Status).toBe('SUCCESS')
    } else expect((await bench.delete('Certificate', PhysicalResourceId)).Status).toBe('SUCCESS')
    await bench.settle()
    expect(bench.own).toEqual([])
    Bench.last = undefined
  }
})

test('B14 a copy of an update that comes late, when what it chose was deleted, requests nothing', async () => {
  const more = { SubjectAlternativeNames: ['pay.example.com'] }
  for (let seed = 1; seed <= 40; seed++) {
    const bench = new Bench({ seed })
    const { random } = bench.estate
    const { PhysicalResourceId } = await bench.create('Certificate')
    // Of an update that keeps its certificate, or of one that brings it back.
    const isBack = random.chance(0.5)
    const before = bench.properties('Certificate', isBack ? more : { Revision: 'before' })
    bench.estate.deliveries = () => [50, random() ** 2 * 280_000, random() * 5000]
    bench.writer.crashOf = () => (random.chance(0.3) ? random() * 5000 : undefined)
    const kept = await bench.update('Certificate', PhysicalResourceId, {}, { OldResourceProperties: before })
    expect(kept).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
    bench.estate.deliveries = () => [50]
    bench.writer.crashOf = () => undefined
    // Then the stack is deleted, or the next update replaces it.
    const ids = [PhysicalResourceId]
    if (random.chance(0.5)) ids.push((await bench.update('Certificate', PhysicalResourceId, more)).PhysicalResourceId)
    for (const id of ids) expect((await bench.delete('Certificate', id)).Status).toBe('SUCCESS')
    await bench.settle()
    expect([seed, ...bench.own]).toEqual([seed])
  }
})

test('an update whose certificate somebody deleted says so; one that wants another gets it', async () => {
  const bench = new Bench()
  const { PhysicalResourceId } = await bench.create('Certificate')
  bench.acm.certificates.delete(PhysicalResourceId)
  const same = await bench.update('Certificate', PhysicalResourceId, { Revision: 'next' })
  expect(same).toMatchObject({ Status: 'FAILED', PhysicalResourceId })
  expect(same.Reason).toMatch(`certificate ${PhysicalResourceId} is gone`)
  const other = await bench.update('Certificate', PhysicalResourceId, { SubjectAlternativeNames: ['pay.example.com'] })
  expect([other.Status, ...bench.own.map(({ arn }) => arn)]).toEqual(['SUCCESS', other.PhysicalResourceId])
})

test('B15 the second copy of an update does not take what the first one requested for one that was there', async () => {
  const bench = new Bench()
  const { PhysicalResourceId } = await bench.create('Certificate')
  const more = { SubjectAlternativeNames: ['pay.example.com'] }
  bench.estate.deliveries = () => [50, 10_000]
  const next = await bench.update('Certificate', PhysicalResourceId, more)
  await bench.settle()
  expect(bench.calls('AddTagsToCertificate')).toEqual([])
  bench.estate.deliveries = () => [50]
  expect((await bench.delete('Certificate', next.PhysicalResourceId, more)).seconds).toBeLessThan(5)
  expect(bench.own.map(({ arn }) => arn)).toEqual([PhysicalResourceId])
})

test('a certificate that replaced a dead one of the same kind stays when the dead one is deleted', async () => {
  const bench = new Bench()
  const { PhysicalResourceId: dead } = await bench.create('Certificate')
  bench.become(bench.certificate(dead), 'FAILED', 'CAA_ERROR')
  const next = await bench.update('Certificate', dead, { Revision: 'next' })
  expect((await bench.delete('Certificate', dead)).Status).toBe('SUCCESS')
  expect(bench.own.map(({ arn }) => arn)).toEqual([next.PhysicalResourceId])
})

test('B13 the physical id is a certificate only when ACM has shown it', async () => {
  const bench = new Bench()
  let dead = foreignArn
  const made = new Bench({
    code: {
      certificate: (clients) =>
        certificate({
          ...clients,
          acm: (region) => ({ ...clients.acm(region), requestCertificate: async () => ({ CertificateArn: dead }) }),
        }),
    },
  })
  // The answer of ACM to a repeated token: a certificate that is gone; and the run ends while it looks for it.
  dead = made.pending(['api.example.com']).arn
  made.acm.certificates.delete(dead)
  made.writer.limitMs = 50_000
  const { Status, PhysicalResourceId } = await made.create('Certificate')
  expect([Status, PhysicalResourceId]).toEqual(['FAILED', 'portcullis:asked:Certificate'])
  // Copies of one event share the token; another event never gets what was made for this one.
  const RequestId = 'the-same'
  bench.estate.deliveries = () => [50, 200_000]
  const first = await bench.create('Certificate', {}, { RequestId })
  await bench.delete('Certificate', first.PhysicalResourceId)
  await bench.settle()
  expect(bench.own).toEqual([])
  expect(bench.writer.invocations.filter(({ event }) => event.RequestType === 'Create')).toHaveLength(2)
  Bench.last = undefined
})

test('B7 an update that is cancelled while it runs is answered by the certificate before', async () => {
  const bench = new Bench()
  const first = await bench.create('Certificate')
  const names = { SubjectAlternativeNames: ['pay.example.com'] }
  const { PhysicalResourceId } = first
  void bench.ask('Update', 'Certificate', names, { PhysicalResourceId })
  await bench.pass(3)
  const OldResourceProperties = bench.properties('Certificate', names)
  const back = await bench.update('Certificate', PhysicalResourceId, {}, { OldResourceProperties })
  expect([back.Status, back.PhysicalResourceId]).toEqual(['SUCCESS', PhysicalResourceId])
})

test('B8 a second delete, when all is gone, is a success', async () => {
  const bench = new Bench()
  for (const kind of ['Certificate', 'AliasRecord'] satisfies Kind[]) {
    const { PhysicalResourceId } = await bench.create(kind)
    for (let times = 0; times < 2; times++)
      expect(await bench.delete(kind, PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
  }
  expect(bench.own).toEqual([])
})

test('B9 an event that waited in the queue for too long is dropped or changes nothing, and no concurrency is reserved', async () => {
  const bench = new Bench()
  bench.estate.deliveries = () => [2 * 3_600_000]
  for (const type of ['Create', 'Update', 'Delete'] as const)
    await bench.clock.run(bench.ask(type, 'Certificate', {}, { PhysicalResourceId: foreignArn }))
  await bench.settle()
  expect(bench.calls()).toEqual([])
  Bench.last = undefined
  const resources = Object.values<Json>(template().Resources)
  const ages = resources.filter(({ Type }) => Type === 'AWS::Lambda::EventInvokeConfig')
  expect(ages.map((one) => one.Properties.MaximumEventAgeInSeconds)).toEqual([3600, 3600])
  for (const one of resources) expect(one.Properties).not.toHaveProperty('ReservedConcurrentExecutions')
})

test('B10 no function invokes itself: none has the right to', () => {
  expect(JSON.stringify(template())).not.toMatch('lambda:InvokeFunction')
  expect(JSON.stringify(template())).not.toMatch('@aws-sdk/client-lambda')
})
