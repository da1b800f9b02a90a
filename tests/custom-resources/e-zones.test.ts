// Group E: Route 53, STS and the other account.
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { validationRecord } from '../stories/acm.ts'
import { FakeAwsError } from '../stories/aws.ts'
import { controlRegion, type Partition } from '../stories/beliefs.ts'
import { zoneAccount, zoneId } from '../stories/estate.ts'
import { functions } from '../stories/functions.ts'
import { storm } from '../stories/story.ts'
import { Bench, denied, holdsAlways, type Properties, throttled } from './bench.ts'

holdsAlways()

const record = (name: string) => validationRecord('111111111111', name)
const cname = (name: string, value: string): ResourceRecordSet => ({
  Name: name,
  Type: 'CNAME',
  TTL: 60,
  ResourceRecords: [{ Value: value }],
})
const zonesOf = (bench: Bench) => bench.properties('Certificate')['HostedZones'] as Properties[]
const cleanUp = { ValidationRecords: 'deleteIfUnused', CertificateRegions: ['eu-west-1', 'us-east-1'] }

test('E1 throttling and busy zones are waited out, each zone gets one batch, and 50 stacks at once get through', async () => {
  const bench = new Bench()
  const busy = new FakeAwsError('PriorRequestNotComplete', 'busy')
  bench.fail('ChangeResourceRecordSets', busy, 4)
  bench.fail('ListResourceRecordSets|GetHostedZone', throttled, 8)
  const SubjectAlternativeNames = ['a.example.com', 'b.example.com', 'c.example.com']
  expect((await bench.create('Certificate', { SubjectAlternativeNames })).Status).toBe('SUCCESS')
  expect(bench.calls('ChangeResourceRecordSets')).toHaveLength(5)
  expect(bench.records('CNAME')).toHaveLength(4)
  expect((await storm(7, functions)).violations).toEqual([])
})

test('E2 a role that is too new to be assumed is tried again for 90 seconds, then named with what to check', async () => {
  const bench = new Bench()
  const role = bench.ground.sts.roles.get(bench.ground.roleArn)
  if (role) role.usableAt = bench.clock.now() + 70_000
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  if (role) role.usableAt = Number.POSITIVE_INFINITY
  const { Status, Reason, seconds } = await bench.create('Certificate')
  expect(Status).toBe('FAILED')
  expect(Reason).toMatch(`cannot assume role ${bench.ground.roleArn} - `)
  expect(Reason).toMatch(/arn:aws:iam::111111111111:role.* - check its trust policy and the ExternalId/)
  expect(seconds).toBeLessThan(110)
})

test('E3 roles are assumed in the region where Route 53 is run, which every account has', async () => {
  for (const partition of ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'] satisfies Partition[]) {
    const bench = new Bench({ partition })
    expect(bench.ground.sts.regions).toEqual([controlRegion[partition]])
    expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  }
})

test('E4 a wrong or missing ExternalId gives the same message and is not shown', async () => {
  for (const ExternalId of ['wrong-5ecret', '']) {
    const bench = new Bench()
    bench.fail('AssumeRole', new FakeAwsError('AccessDenied', `not authorized with ${ExternalId || 'none'}`, 403))
    const HostedZones = [{ ...zonesOf(bench)[0], ExternalId }]
    const { Status, Reason } = await bench.create('Certificate', { HostedZones })
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/check its trust policy and the ExternalId/)])
    expect([Reason, ...bench.logs].join()).not.toMatch('wrong-5ecret')
  }
})

test('E5 credentials that end during a run are renewed', async () => {
  const bench = new Bench()
  const short = bench.ground.sts.client.bind(bench.ground.sts)
  bench.ground.sts.client = (region, who) => {
    const { assumeRole } = short(region, who)
    return { assumeRole: (input, options) => assumeRole({ ...input, DurationSeconds: 100 }, options) }
  }
  const add = bench.acm.add.bind(bench.acm)
  bench.acm.add = (...args) => {
    const made = add(...args)
    return Object.assign(made, { recordsAt: new Map(made.names.map((name) => [name, bench.clock.now() + 250_000])) })
  }
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  expect(bench.calls('AssumeRole').length).toBeGreaterThan(1)
})

test('E6 the name of the session names the stack, in the letters and the length that STS takes', async () => {
  const bench = new Bench()
  for (const name of ['x'.repeat(128), 'Stack_ü~1', 'billing'])
    await bench.create('Certificate', {}, { StackId: `arn:aws:cloudformation:eu-west-1:111111111111:stack/${name}/1` })
  const sessions = bench.calls('AssumeRole').map(({ input }) => (input as Properties)['RoleSessionName'])
  expect(sessions).toEqual([`portcullis-${'x'.repeat(53)}`, 'portcullis-Stack_--1', 'portcullis-billing'])
  Bench.last = undefined
})

test('E7 a role of another partition is refused before any call', async () => {
  const bench = new Bench()
  const HostedZones = [{ Id: zoneId, RoleArn: 'arn:aws-cn:iam::222222222222:role/portcullis/dns-writer' }]
  expect((await bench.create('Certificate', { HostedZones })).Reason).toMatch('not in the partition aws')
  expect(bench.calls()).toEqual([])
})

test('E8 a zone id may come with or without /hostedzone/', async () => {
  const bench = new Bench()
  const HostedZones = [{ ...zonesOf(bench)[0], Id: `/hostedzone/${zoneId}` }]
  expect((await bench.create('Certificate', { HostedZones })).Status).toBe('SUCCESS')
  const alias = await bench.create('AliasRecord', { HostedZoneId: `/hostedzone/${zoneId}` })
  expect(alias.PhysicalResourceId).toBe(`portcullis:alias:${zoneId}:api.example.com`)
})

test('E9 a zone that is missing, private or does not hold the name is an error at once', async () => {
  const bench = new Bench()
  bench.ground.route53.addZone('ZPRIVATE', 'example.com', zoneAccount, true)
  const [zone] = zonesOf(bench)
  for (const [changes, reason] of [
    [{ DomainName: 'api.example.org' }, 'api.example.org is not inside zone example.com'],
    [{ DomainName: 'notexample.com' }, 'notexample.com is not inside zone example.com'],
    [{ HostedZones: [{ ...zone, Id: 'ZPRIVATE' }] }, 'hosted zone ZPRIVATE is private'],
    [{ HostedZones: [{ ...zone, Id: 'ZMISSING' }] }, 'hosted zone ZMISSING does not exist'],
    [{ HostedZones: [] }, 'is not inside zone (none given)'],
  ] as const) {
    const { Status, Reason, seconds } = await bench.create('Certificate', changes)
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(reason)])
    expect(seconds).toBeLessThan(2)
  }
  expect(bench.writes).toEqual([])
})

test('E10 zones are never looked up by name, so a private twin is harmless', async () => {
  const bench = new Bench()
  const twin = bench.ground.route53.addZone('ZPRIVATE', 'example.com', zoneAccount, true)
  const before = twin.records.size
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  expect(twin.records.size).toBe(before)
  expect(bench.calls().map(({ operation }) => operation)).not.toContain('ListHostedZonesByName')
})

test('E11 a record goes into the zone with the longest name that holds it', async () => {
  const bench = new Bench()
  const inner = bench.ground.route53.addZone('ZINNER', 'b.example.com', zoneAccount)
  const [zone] = zonesOf(bench)
  const changes = { HostedZones: [zone, { ...zone, Id: 'ZINNER' }], SubjectAlternativeNames: ['a.b.example.com'] }
  expect((await bench.create('Certificate', changes)).Status).toBe('SUCCESS')
  expect([...inner.records.keys()]).toContain(`${record('a.b.example.com').Name} CNAME`)
  expect(bench.records('CNAME').map(({ Name }) => Name)).toEqual([record('api.example.com').Name])
})

test('E12 names are compared in lower case, without the last dot, and with * instead of \\052', async () => {
  const bench = new Bench()
  const { Name, Value } = record('api.example.com')
  bench.ground.route53.put(bench.zone, cname(Name.toUpperCase(), Value.toUpperCase().replace(/\.$/, '')))
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  expect(bench.calls('ChangeResourceRecordSets')).toEqual([])
  const AliasTarget = {
    DNSName: 'D-1.execute-api.eu-west-1.amazonaws.com.',
    HostedZoneId: 'ZLY8HYME6SFDD',
    EvaluateTargetHealth: false,
  }
  bench.ground.route53.put(bench.zone, { Name: '\\052.example.com.', Type: 'A', AliasTarget })
  const star = await bench.create('AliasRecord', { Name: '*.example.com', RecordTypes: ['A'] })
  expect([star.Status, star.Reason]).toEqual(['SUCCESS', expect.anything()])
  expect(bench.calls('ChangeResourceRecordSets')).toEqual([])
})

test('E13 a record that is there already is not written again', async () => {
  const bench = new Bench()
  const { Name, Value } = record('api.example.com')
  bench.ground.route53.put(bench.zone, cname(Name, Value))
  bench.fail('ChangeResourceRecordSets', denied)
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  expect(bench.records()[0]?.TTL).toBe(60)
})

test('E14 a record with another value is never overwritten; the error shows both', async () => {
  const bench = new Bench()
  const { Name, Value } = record('api.example.com')
  bench.ground.route53.put(bench.zone, cname(Name, 'elsewhere.example.net.'))
  const { Status, Reason } = await bench.create('Certificate')
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('CNAME elsewhere.example.net.')])
  expect(Reason).toMatch(Value.replace(/\.$/, ''))
  expect(bench.calls('ChangeResourceRecordSets')).toEqual([])
})

test('E15 a record of another type, or a name below a delegation, is an error with a hint', async () => {
  const bench = new Bench()
  const { Name } = record('api.example.com')
  bench.ground.route53.put(bench.zone, { Name, Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"x"' }] })
  expect((await bench.create('Certificate')).Reason).toMatch(/is already TXT "x" instead of CNAME/)
  const delegated = new Bench()
  const ns: ResourceRecordSet = { Name: 'api.example.com.', Type: 'NS', TTL: 60, ResourceRecords: [{ Value: 'ns.' }] }
  delegated.ground.route53.put(delegated.zone, ns)
  const { Reason } = await delegated.create('Certificate')
  expect(Reason).toMatch('api.example.com is delegated by zone example.com to another zone')
  expect(Reason).toMatch('give the id of the zone api.example.com')
})

test('E16 the delete of a record that is gone is a success', async () => {
  const refused = new FakeAwsError('InvalidChangeBatch', 'UnknownError')
  const bench = new Bench()
  const { PhysicalResourceId } = await bench.create('AliasRecord')
  bench.fail('ChangeResourceRecordSets', refused, 1, 'after')
  expect((await bench.delete('AliasRecord', PhysicalResourceId)).Status).toBe('SUCCESS')
  expect(bench.records()).toEqual([])
  await bench.create('AliasRecord')
  const { trouble } = bench.ground.aws
  bench.ground.aws.trouble = (call) => {
    // Somebody removes one of the two after they were listed.
    const [first] = [...bench.zone.records].filter(([, { set }]) => set.Type === 'A')
    if (call.operation === 'ChangeResourceRecordSets' && first) bench.zone.records.delete(first[0])
    return trouble(call)
  }
  expect((await bench.delete('AliasRecord', PhysicalResourceId)).Status).toBe('SUCCESS')
  expect(bench.records()).toEqual([])
  const other = new Bench()
  await other.create('AliasRecord')
  other.fail('ChangeResourceRecordSets', refused)
  const { Status, seconds } = await other.delete('AliasRecord', PhysicalResourceId)
  expect([Status, other.records().length, seconds < 60]).toEqual(['FAILED', 2, true])
  const updated = new Bench()
  const { PhysicalResourceId: id } = await updated.create('AliasRecord')
  updated.fail('ChangeResourceRecordSets', refused, 1, 'after')
  expect((await updated.update('AliasRecord', id, { RecordTypes: ['A'] })).Status).toBe('SUCCESS')
  expect(updated.records().map(({ Type }) => Type)).toEqual(['A'])
})

test('E17 a record that another certificate lives on stays, in any stack, region or status; without opt-in all stay', async () => {
  const plain = new Bench()
  const first = await plain.create('Certificate')
  await plain.delete('Certificate', first.PhysicalResourceId)
  expect(plain.records('CNAME')).toHaveLength(1)
  for (const [region, others, left] of [
    ['eu-west-1', ['*.api.example.com'], 1],
    ['us-east-1', ['www.example.com', 'api.example.com'], 1],
    ['eu-west-1', ['www.example.com'], 0],
    ['us-east-1', [], 0],
  ] as const) {
    const bench = new Bench()
    const { PhysicalResourceId } = await bench.create('Certificate', cleanUp)
    if (others.length > 0) {
      const other = bench.acm.add(bench.estate.account, region, others, {}, 'EC_prime256v1')
      Object.assign(other, { knownAt: 0 })
    }
    expect((await bench.delete('Certificate', PhysicalResourceId, cleanUp)).Status).toBe('SUCCESS')
    expect([region, others, bench.records('CNAME').length]).toEqual([region, others, left])
  }
  const careful = new Bench()
  const { PhysicalResourceId } = await careful.create('Certificate')
  await careful.delete('Certificate', PhysicalResourceId, { ...cleanUp, CertificateRegions: [] })
  expect(careful.records('CNAME')).toHaveLength(1)
})

test('E18 a record is deleted as it is listed, and only while its value is ours', async () => {
  for (const [change, left] of [
    [{ TTL: 7 }, 0],
    [{ ResourceRecords: [{ Value: 'elsewhere.example.net.' }] }, 1],
  ] as const) {
    const bench = new Bench()
    const { PhysicalResourceId } = await bench.create('Certificate', cleanUp)
    const { Name, Value } = record('api.example.com')
    bench.ground.route53.put(bench.zone, { ...cname(Name, Value), ...change } as ResourceRecordSet)
    expect((await bench.delete('Certificate', PhysicalResourceId, cleanUp)).Status).toBe('SUCCESS')
    expect(bench.records('CNAME')).toHaveLength(left)
  }
})

test('E19 a zone that is gone does not stop a delete', async () => {
  const bench = new Bench()
  const certificate = await bench.create('Certificate', cleanUp)
  const alias = await bench.create('AliasRecord')
  bench.ground.route53.zones.delete(zoneId)
  expect((await bench.delete('AliasRecord', alias.PhysicalResourceId)).Status).toBe('SUCCESS')
  expect((await bench.delete('Certificate', certificate.PhysicalResourceId, cleanUp)).Status).toBe('SUCCESS')
  expect(bench.own).toEqual([])
})

test('E20 a role that cannot be assumed any more stops no delete, but a certificate that cannot be deleted does', async () => {
  const bench = new Bench()
  const certificate = await bench.create('Certificate', cleanUp)
  const alias = await bench.create('AliasRecord')
  bench.ground.sts.roles.delete(bench.ground.roleArn)
  expect((await bench.delete('AliasRecord', alias.PhysicalResourceId)).Status).toBe('SUCCESS')
  bench.fail('DeleteCertificate', denied, 30)
  expect((await bench.delete('Certificate', certificate.PhysicalResourceId, cleanUp)).Status).toBe('FAILED')
  bench.ground.aws.trouble = () => undefined
  expect((await bench.delete('Certificate', certificate.PhysicalResourceId, cleanUp)).Status).toBe('SUCCESS')
  expect(bench.own).toEqual([])
  expect(bench.logs.join()).toMatch('kept: ')
})

test('E25 a session carries the account of its function, which the role demands and by which it knows the names', async () => {
  const bench = new Bench()
  await bench.create('Certificate')
  await bench.create('AliasRecord')
  const sessions = bench.calls('AssumeRole').map(({ input }) => input as { readonly Tags?: unknown })
  expect(sessions.length).toBeGreaterThan(1)
  for (const { Tags } of sessions) expect(Tags).toEqual([{ Key: 'portcullis:account', Value: '111111111111' }])
})

test('E23 what a delete leaves in the zone stands in its answer and in the log, with the way to remove it', async () => {
  const lost: Record<string, (bench: Bench) => void> = {
    'the role is gone': ({ ground }) => ground.sts.roles.clear(),
    // The policy of the new version names the new role only.
    'zone and role changed at once': (bench) => bench.fail('AssumeRole', denied),
  }
  for (const lose of Object.values(lost)) {
    const bench = new Bench()
    const { PhysicalResourceId } = await bench.create('AliasRecord')
    lose(bench)
    const { Status, Reason } = await bench.delete('AliasRecord', PhysicalResourceId)
    expect([Status, bench.records('A')]).toEqual(['SUCCESS', [expect.anything()]])
    expect(Reason).toMatch(
      /kept A api.example.com., AAAA api.example.com. in hosted zone Z0123456789ABCDEFGHIJ: remove/,
    )
    const kept = bench.logs.map((line) => JSON.parse(line)).find(({ step }) => step === 'kept')
    const [, batch = ''] = /--hosted-zone-id Z0123456789ABCDEFGHIJ --change-batch '(.*)'$/.exec(kept.remove) ?? []
    const sets = JSON.parse(batch).Changes.map((change: { ResourceRecordSet: unknown }) => change.ResourceRecordSet)
    expect(sets).toEqual([...bench.records('A'), ...bench.records('AAAA')])
  }
})

test('E24 validation records that a delete was to remove and could not are told of too', async () => {
  const cleanUp = { ValidationRecords: 'deleteIfUnused', CertificateRegions: ['eu-west-1'] }
  for (const changes of [cleanUp, { ...cleanUp, CertificateRegions: [] }]) {
    const bench = new Bench()
    const { PhysicalResourceId } = await bench.create('Certificate', changes)
    bench.ground.sts.roles.clear()
    const { Status, Reason } = await bench.delete('Certificate', PhysicalResourceId, changes)
    const [record] = bench.records('CNAME')
    expect([Status, bench.own, record?.Name]).toEqual(['SUCCESS', [], expect.any(String)])
    expect(Reason).toContain(`kept CNAME ${record?.Name} in hosted zone Z0123456789ABCDEFGHIJ: remove`)
    expect(bench.logs.join()).toContain('aws route53 change-resource-record-sets --hosted-zone-id')
  }
})

test('E21 all of it works in China, GovCloud and the European sovereign cloud', async () => {
  for (const partition of ['aws-cn', 'aws-us-gov', 'aws-eusc'] satisfies Partition[]) {
    const bench = new Bench({ partition })
    const { Status, PhysicalResourceId } = await bench.create('Certificate')
    expect([Status, PhysicalResourceId]).toEqual(['SUCCESS', expect.stringContaining(`arn:${partition}:acm:`)])
    const issued = await bench.create('CertificateIssued', { CertificateArn: PhysicalResourceId })
    expect(issued.Data['Status']).toBe('ISSUED')
    expect((await bench.delete('Certificate', PhysicalResourceId)).Status).toBe('SUCCESS')
    expect(bench.own).toEqual([])
  }
})

test('E22 the alias of the API follows the same rules: never over something foreign, new before old, safe to roll back', async () => {
  const bench = new Bench()
  bench.ground.route53.put(bench.zone, {
    Name: 'taken.example.com.',
    Type: 'A',
    TTL: 60,
    ResourceRecords: [{ Value: '192.0.2.1' }],
  })
  expect((await bench.create('AliasRecord', { Name: 'taken.example.com' })).Reason).toMatch('is already A 192.0.2.1')
  const { PhysicalResourceId } = await bench.create('AliasRecord')
  const moved = await bench.update('AliasRecord', PhysicalResourceId, { Name: 'next.example.com' })
  expect(moved.PhysicalResourceId).toBe(`portcullis:alias:${zoneId}:next.example.com`)
  expect(bench.records().filter(({ AliasTarget }) => AliasTarget)).toHaveLength(4)
  const OldResourceProperties = bench.properties('AliasRecord', { Name: 'next.example.com' })
  const back = await bench.update('AliasRecord', moved.PhysicalResourceId, {}, { OldResourceProperties })
  expect(back.PhysicalResourceId).toBe(PhysicalResourceId)
  await bench.delete('AliasRecord', moved.PhysicalResourceId, { Name: 'next.example.com' })
  expect(bench.records('AAAA').map(({ Name }) => Name)).toEqual(['api.example.com.'])
  const TargetDnsName = 'd-2.execute-api.eu-west-1.amazonaws.com'
  expect((await bench.update('AliasRecord', PhysicalResourceId, { TargetDnsName })).PhysicalResourceId).toBe(
    PhysicalResourceId,
  )
  expect(bench.records('AAAA')[0]?.AliasTarget?.DNSName).toBe(`${TargetDnsName}.`)
  // A rename that was cut off after its write: the rollback removes the name that nobody knows of.
  await bench.create('AliasRecord', { Name: 'lost.example.com', TargetDnsName })
  const lost = bench.properties('AliasRecord', { Name: 'lost.example.com', TargetDnsName })
  await bench.update('AliasRecord', PhysicalResourceId, { TargetDnsName }, { OldResourceProperties: lost })
  expect(bench.records('AAAA').map(({ Name }) => Name)).toEqual(['api.example.com.'])
  // One that leads elsewhere by now is not ours.
  await bench.delete('AliasRecord', PhysicalResourceId)
  expect(bench.records('AAAA')).toHaveLength(1)
})
