// Group C: physical ids, updates and rollbacks.
import { readFileSync } from 'node:fs'
import { validationRecord } from '../stories/acm.ts'
import { readTemplate } from '../support/read-template.ts'
import { Bench, denied, foreignArn, holdsAlways, type Properties } from './bench.ts'

holdsAlways()

const more = { SubjectAlternativeNames: ['*.api.example.com', 'pay.example.com'] }

/** A certificate as the first deployment leaves it. */
async function deployed(changes: Properties = {}): Promise<{ bench: Bench; arn: string }> {
  const bench = new Bench()
  const { PhysicalResourceId, Status } = await bench.create('Certificate', changes)
  expect(Status).toBe('SUCCESS')
  return { bench, arn: PhysicalResourceId }
}

test('C1 a create that fails before there is a certificate gives a stable id, and its delete finds nothing to do', async () => {
  const bench = new Bench()
  const failed = await bench.create('Certificate', { DomainName: 'example.org' })
  expect([failed.Status, failed.PhysicalResourceId]).toEqual(['FAILED', 'portcullis:none:Certificate'])
  const gone = await bench.delete('Certificate', failed.PhysicalResourceId)
  expect([gone.Status, bench.writes]).toEqual(['SUCCESS', []])
})

test('C2 a create that fails after the request names the certificate, so that its delete removes it', async () => {
  const bench = new Bench()
  bench.fail('ListResourceRecordSets', denied)
  const failed = await bench.create('Certificate')
  expect([failed.Status, failed.PhysicalResourceId]).toEqual(['FAILED', bench.own[0]?.arn])
  await bench.delete('Certificate', failed.PhysicalResourceId)
  expect(bench.own).toEqual([])
})

test('C3 an update that fails before there is a replacement keeps the id', async () => {
  const { bench, arn } = await deployed()
  for (const changes of [{ DomainName: 'example.org' }, { KeyAlgorithm: 'RSA_1' }]) {
    const failed = await bench.update('Certificate', arn, changes)
    expect([failed.Status, failed.PhysicalResourceId]).toEqual(['FAILED', arn])
  }
  expect(bench.own).toHaveLength(1)
})

test('C4 an update that fails after the request names the new certificate, and the old one is untouched', async () => {
  const { bench, arn } = await deployed()
  bench.fail('ListResourceRecordSets', denied)
  const failed = await bench.update('Certificate', arn, more)
  expect(failed.Status).toBe('FAILED')
  expect(failed.PhysicalResourceId).not.toBe(arn)
  expect(bench.own.map((one) => one.arn)).toEqual([arn, failed.PhysicalResourceId])
})

test('C5 the update that rolls back gives the old certificate again, not a third one', async () => {
  const { bench, arn } = await deployed()
  const { PhysicalResourceId } = await bench.update('Certificate', arn, more)
  expect(PhysicalResourceId).not.toBe(arn)
  const OldResourceProperties = bench.properties('Certificate', more)
  const back = await bench.update('Certificate', PhysicalResourceId, {}, { OldResourceProperties })
  expect([back.Status, back.PhysicalResourceId, bench.own.length]).toEqual(['SUCCESS', arn, 2])
})

test('C6 the delete that cleans up after an update removes the old certificate only', async () => {
  const { bench, arn } = await deployed()
  const { PhysicalResourceId } = await bench.update('Certificate', arn, more)
  expect((await bench.delete('Certificate', arn)).Status).toBe('SUCCESS')
  expect(bench.own.map((one) => one.arn)).toEqual([PhysicalResourceId])
})

test('C7 a delete never changes the physical id', async () => {
  const bench = new Bench()
  for (const kind of ['Certificate', 'AliasRecord', 'CertificateIssued', 'VpcLinkReady', 'IsolationProbe'] as const)
    for (const id of [
      'odd id',
      foreignArn,
      'portcullis:none:X',
      'billing-X-1XYZ',
      'portcullis:alias:Z1:x.example.com',
    ]) {
      const { Status, PhysicalResourceId } = await bench.delete(kind, id)
      expect([kind, Status, PhysicalResourceId]).toEqual([kind, 'SUCCESS', id])
    }
})

test('C8 a physical id depends on what the resource is, never on chance or on the log stream', async () => {
  const ids = async (seed: number) => {
    const bench = new Bench({ seed })
    bench.link([0, 'AVAILABLE'])
    bench.api()
    const kinds = ['AliasRecord', 'VpcLinkReady', 'IsolationProbe'] as const
    const answers = []
    for (const kind of kinds) answers.push((await bench.create(kind)).PhysicalResourceId)
    answers.push((await bench.create('Certificate', { DomainName: '' })).PhysicalResourceId)
    return answers
  }
  expect(await ids(1)).toEqual(await ids(2))
  expect(await ids(1)).toEqual([
    'portcullis:alias:Z0123456789ABCDEFGHIJ:api.example.com',
    'portcullis:vpclink:link1',
    'portcullis:probe:IsolationProbe:r1:',
    'portcullis:none:Certificate',
  ])
})

test('C9 an update of tags, zones or role alone keeps the certificate', async () => {
  const { bench, arn } = await deployed()
  const zone = { Id: 'Z1NEWZONE', RoleArn: bench.ground.roleArn, ExternalId: 'xternal-5ecret' }
  for (const changes of [
    { Tags: [{ Key: 'team', Value: 'billing' }] },
    { ValidationRecords: 'deleteIfUnused', CertificateRegions: ['eu-west-1'] },
    { HostedZones: [zone] },
  ]) {
    if ('HostedZones' in changes) bench.ground.route53.addZone(zone.Id, 'api.example.com', '222222222222')
    expect(await bench.update('Certificate', arn, changes)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: arn,
    })
  }
  expect(bench.certificate(arn).tags.get('team')).toBe('billing')
  expect(bench.own).toHaveLength(1)
})

test('C10 names in another order or spelling are the same certificate', async () => {
  const { bench, arn } = await deployed({ SubjectAlternativeNames: ['bücher.example.com', '*.api.example.com'] })
  for (const SubjectAlternativeNames of [
    ['*.api.example.com', 'xn--bcher-kva.example.com'],
    ['*.API.example.com.', 'BÜCHER.example.com.', 'api.example.com', '*.api.example.com', ''],
  ]) {
    const same = await bench.update('Certificate', arn, { DomainName: 'API.Example.com.', SubjectAlternativeNames })
    expect([same.Reason, same.Status, same.PhysicalResourceId]).toEqual([expect.any(String), 'SUCCESS', arn])
  }
})

test('C11 scalars come as text: numbers are read, anything else is refused by the name of the property', async () => {
  const bench = new Bench()
  bench.link([0, 'PENDING'])
  expect((await bench.create('VpcLinkReady', { BudgetSeconds: '30' })).seconds).toBeLessThan(32)
  for (const BudgetSeconds of ['many', '3.5', '-1', '0', '5000', 'true'])
    expect((await bench.create('VpcLinkReady', { BudgetSeconds })).Reason).toMatch(
      /^property BudgetSeconds must be a whole/,
    )
  const answer = await bench.create('Certificate', { ValidationRecords: 'false' })
  expect(answer.Reason).toMatch(/^property ValidationRecords must match/)
})

test('C12 a list that is absent or empty text is an empty list', async () => {
  for (const SubjectAlternativeNames of [undefined, '', [], [''], null]) {
    const bench = new Bench()
    const answer = await bench.create('Certificate', { SubjectAlternativeNames, Tags: '' })
    expect([answer.Status, bench.own[0]?.names]).toEqual(['SUCCESS', ['api.example.com']])
  }
  expect((await new Bench().create('Certificate', { SubjectAlternativeNames: 'x' })).Reason).toMatch('must be a list')
})

test('C13 an unknown property is refused by its name', async () => {
  const bench = new Bench()
  for (const kind of ['Certificate', 'AliasRecord', 'CertificateIssued', 'VpcLinkReady', 'IsolationProbe'] as const) {
    const { Status, Reason } = await bench.create(kind, { DomianName: 'x' })
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('property DomianName is unknown')])
  }
  const HostedZones = [{ Id: 'Z1', Role: 'x' }]
  expect((await bench.create('Certificate', { HostedZones })).Reason).toMatch('property HostedZones[0].Role is unknown')
})

test('C14 old properties of another version of the generator never make an update fail', async () => {
  const { bench, arn } = await deployed()
  for (const OldResourceProperties of [{}, { DomainName: 7, Names: ['x'] }, { HostedZones: 'none' }, undefined])
    expect((await bench.update('Certificate', arn, {}, { OldResourceProperties } as never)).Status).toBe('SUCCESS')
  const alias = await bench.create('AliasRecord')
  for (const OldResourceProperties of [{}, { Name: 7 }])
    expect((await bench.update('AliasRecord', alias.PhysicalResourceId, {}, { OldResourceProperties })).Status).toBe(
      'SUCCESS',
    )
})

test('C15 another revision alone is an update that changes nothing', async () => {
  const { bench, arn } = await deployed()
  const alias = await bench.create('AliasRecord')
  const writes = bench.writes.length
  expect(await bench.update('Certificate', arn, { Revision: '2' })).toMatchObject({ PhysicalResourceId: arn })
  const same = await bench.update('AliasRecord', alias.PhysicalResourceId, { Revision: '2' })
  expect(same).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: alias.PhysicalResourceId })
  expect(bench.writes).toHaveLength(writes)
})

test('C16 the functions that custom resources name keep their logical ids and have no names of their own', () => {
  const ids = JSON.parse(readFileSync('tests/logical-ids.json', 'utf8'))
  expect(JSON.stringify(ids)).toMatch('"WriterFunction')
  const { Resources } = readTemplate(readFileSync('examples/zone-elsewhere/templates/standalone.yaml', 'utf8'))
  const tokens = Object.values<Properties>(Resources)
    .map((one) => one['Properties'] as Properties)
    .flatMap(({ ServiceToken }) => (ServiceToken ? [JSON.stringify(ServiceToken)] : []))
  expect([...new Set(tokens)].sort()).toEqual([
    '{"Fn::GetAtt":["WaiterFunction","Arn"]}',
    '{"Fn::GetAtt":["WriterFunction","Arn"]}',
  ])
  for (const id of ['WaiterFunction', 'WriterFunction']) expect(Resources[id].Properties.FunctionName).toBeUndefined()
})

test('C17 a certificate is deleted in the region of its ARN', async () => {
  const bench = new Bench()
  const tags = { 'portcullis:stack-id': bench.stackId, 'portcullis:logical-id': 'Certificate' }
  const { arn } = Object.assign(bench.acm.add(bench.estate.account, 'us-east-1', ['api.example.com'], tags), {
    knownAt: 0,
  })
  expect((await bench.delete('Certificate', arn)).Status).toBe('SUCCESS')
  expect(bench.acm.certificates.has(arn)).toBe(false)
})

test('C18 the ARN of another account or partition is left alone', async () => {
  const bench = new Bench()
  for (const arn of [foreignArn, 'arn:aws-cn:acm:cn-north-1:111111111111:certificate/0000-1111'])
    expect((await bench.delete('Certificate', arn)).Status).toBe('SUCCESS')
  expect(bench.calls()).toEqual([])
  expect(bench.logs.join()).toMatch('not ours, so it stays')
})

test('C19 a certificate that lost our tags is left alone', async () => {
  const { bench, arn } = await deployed()
  bench.certificate(arn).tags.set('portcullis:stack-id', 'arn:aws:cloudformation:x:y:stack/other/1')
  expect((await bench.delete('Certificate', arn)).Status).toBe('SUCCESS')
  expect(bench.acm.certificates.has(arn)).toBe(true)
  expect(bench.logs.join()).toMatch('not ours, so it stays')
})

test('C20 what CloudFormation retains is not deleted by us: no event, no call', async () => {
  const { bench, arn } = await deployed()
  const { Name } = validationRecord(bench.estate.account, 'api.example.com')
  const calls = bench.calls().length
  await bench.pass(86_400)
  expect(bench.calls()).toHaveLength(calls)
  expect(bench.acm.certificates.has(arn)).toBe(true)
  expect(bench.records('CNAME').map((set) => set.Name)).toEqual([Name])
})
