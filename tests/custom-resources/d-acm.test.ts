// Group D: ACM.
import { readFileSync } from 'node:fs'
import { validationRecord } from '../stories/acm.ts'
import { FakeAwsError } from '../stories/aws.ts'
import { Bench, denied, foreignArn, holdsAlways, throttled } from './bench.ts'

holdsAlways()

const waiting = () => {
  const bench = new Bench()
  const certificate = bench.pending()
  return { bench, certificate, changes: { CertificateArn: certificate.arn } }
}
/** Certificates get their records that late. */
const slowRecords = (bench: Bench, seconds: number, only: (name: string) => boolean = () => true) => {
  const add = bench.acm.add.bind(bench.acm)
  bench.acm.add = (...args) => {
    const made = add(...args)
    const at = bench.clock.now() + seconds * 1000
    return Object.assign(made, { recordsAt: new Map(made.names.map((name) => [name, only(name) ? at : 0])) })
  }
}

test('D1 a certificate that is unknown for some seconds after the request is waited for', async () => {
  const bench = new Bench()
  const add = bench.acm.add.bind(bench.acm)
  bench.acm.add = (...args) => Object.assign(add(...args), { knownAt: bench.clock.now() + 40_000 })
  const { Status, seconds } = await bench.create('Certificate')
  expect([Status, seconds > 40]).toEqual(['SUCCESS', true])
  expect(bench.own).toHaveLength(1)
})

test('D2 it goes on only when every name has its record, and after five minutes says which have none', async () => {
  const names = { SubjectAlternativeNames: ['pay.example.com'] }
  const bench = new Bench()
  slowRecords(bench, 200, (name) => name === 'pay.example.com')
  expect((await bench.create('Certificate', names)).Status).toBe('SUCCESS')
  expect(bench.records('CNAME')).toHaveLength(2)
  const never = new Bench()
  slowRecords(never, 9999, (name) => name === 'pay.example.com')
  const { Status, Reason, seconds } = await never.create('Certificate', names)
  expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/no validation record for pay\.example\.com - /)])
  expect(seconds).toBeLessThan(320)
})

test('D3 a name and its wildcard have one record, which is written once', async () => {
  const bench = new Bench()
  await bench.create('Certificate')
  expect(bench.calls('ChangeResourceRecordSets').map(({ input }) => input)).toEqual([
    expect.objectContaining({ ChangeBatch: expect.objectContaining({ Changes: [expect.anything()] }) }),
  ])
  const two = new Bench()
  const describe = two.acm.describe.bind(two.acm)
  two.acm.describe = (certificate) => {
    const detail = describe(certificate)
    const last = detail.DomainValidationOptions?.at(-1)?.ResourceRecord
    if (last) last.Value = 'other.acm-validations.aws.'
    return detail
  }
  expect((await two.create('Certificate')).Reason).toMatch('ACM wants two values')
})

test('D4 a certificate that is issued at once needs no wait, and its records are there all the same', async () => {
  const bench = new Bench()
  const issued = bench.pending()
  bench.become(issued, 'ISSUED')
  const answer = await bench.create('CertificateIssued', { CertificateArn: issued.arn })
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ISSUED', CertificateArn: issued.arn } })
  expect(answer.seconds).toBeLessThan(1)
  bench.acm.fateOfNext = () => ({ status: 'ISSUED', at: 0 })
  await bench.create('Certificate')
  expect(bench.records('CNAME')).toHaveLength(1)
})

test('D5 a certificate that failed ends the wait at once, with its reason and a hint', async () => {
  for (const [reason, hint] of [
    ['CAA_ERROR', 'allow amazon.com'],
    ['ADDITIONAL_VERIFICATION_REQUIRED', 'ask AWS Support'],
    ['DOMAIN_NOT_ALLOWED', 'list of unsafe domains'],
    ['NO_AVAILABLE_CONTACTS', 'use DNS validation'],
    ['PCA_ACCESS_DENIED', 'request a new certificate'],
  ] as const) {
    const { bench, certificate, changes } = waiting()
    bench.become(certificate, 'FAILED', reason, 30)
    const { Status, Reason, seconds } = await bench.create('CertificateIssued', changes)
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(`is FAILED - ${reason} - .*${hint}`)])
    expect(seconds).toBeLessThan(50)
  }
})

test('D6 timed out, revoked, expired and inactive are ends too, at once', async () => {
  for (const status of ['VALIDATION_TIMED_OUT', 'REVOKED', 'EXPIRED', 'INACTIVE'] as const) {
    const { bench, certificate, changes } = waiting()
    bench.become(certificate, status)
    const { Status, Reason, seconds } = await bench.create('CertificateIssued', changes)
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(`is ${status}`)])
    expect(seconds).toBeLessThan(1)
  }
})

test('D7 validated names are not an issued certificate: the wait goes on', async () => {
  const { bench, certificate, changes } = waiting()
  bench.validate(certificate)
  await bench.pass(90)
  const { statusOf } = bench.acm
  const issuedAt = bench.clock.now() + 120_000
  bench.acm.statusOf = (one) => (bench.clock.now() < issuedAt ? 'PENDING_VALIDATION' : statusOf.call(bench.acm, one))
  const { Data, seconds } = await bench.create('CertificateIssued', changes)
  expect([Data['Status'], seconds > 118]).toEqual(['ISSUED', true])
})

test('D8 a refusal ends the wait, after a minute in which new rights may come into force', async () => {
  const { bench, certificate, changes } = waiting()
  bench.become(certificate, 'ISSUED')
  bench.fail('DescribeCertificate', denied, 3)
  expect((await bench.create('CertificateIssued', changes)).Status).toBe('SUCCESS')
  bench.fail('DescribeCertificate', denied)
  const { Status, Reason, seconds } = await bench.create('CertificateIssued', changes)
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('AccessDenied')])
  expect(seconds).toBeLessThan(80)
})

test('D21 a token that AWS does not know yet is tolerated like a right that is too new', async () => {
  const unrecognized = new FakeAwsError('UnrecognizedClientException', 'The security token is invalid', 403)
  const bench = new Bench()
  bench.fail('ListTagsForCertificate|RequestCertificate', unrecognized, 6)
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
  const waiting = new Bench()
  waiting.link([0, 'AVAILABLE'])
  waiting.fail('GetVpcLink', unrecognized, 3)
  expect((await waiting.create('VpcLinkReady')).Status).toBe('SUCCESS')
})

test('D22 the time for which a refusal is tolerated counts from the first refusal, whatever went before', async () => {
  const bench = new Bench()
  // The role of the zone comes after 80 seconds; the right to request only then begins to be refused.
  const role = bench.ground.sts.roles.get(bench.ground.roleArn)
  if (role) role.usableAt = bench.clock.now() + 80_000
  let first = 0
  const none = bench.ground.aws.trouble
  bench.ground.aws.trouble = (call) => {
    if (call.operation !== 'RequestCertificate') return none(call)
    first ||= bench.clock.now()
    return bench.clock.now() - first < 40_000 ? { when: 'before', error: denied } : none(call)
  }
  const { Status, seconds } = await bench.create('Certificate')
  expect(Status).toBe('SUCCESS')
  expect(seconds).toBeGreaterThan(115)
})

test('D9 throttling is waited out', async () => {
  const { bench, certificate, changes } = waiting()
  bench.become(certificate, 'ISSUED')
  bench.fail('.*', throttled, 6)
  expect((await bench.create('CertificateIssued', changes)).Status).toBe('SUCCESS')
  bench.fail('.*', throttled, 30)
  expect((await bench.create('Certificate')).Status).toBe('SUCCESS')
})

test('D10 a used-up quota ends the request at once and is named', async () => {
  const bench = new Bench()
  bench.acm.quota = 0
  const { Status, Reason, seconds } = await bench.create('Certificate')
  expect([Status, Reason]).toEqual([
    'FAILED',
    expect.stringMatching(/no further certificate - .*limit.* - raise its quota/),
  ])
  expect(seconds).toBeLessThan(3)
})

test('D11 a certificate that is still in use is deleted as soon as it is free, or the reason names its users', async () => {
  const bench = new Bench()
  const { PhysicalResourceId: arn } = await bench.create('Certificate')
  bench.acm.use(arn, 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/a')
  const failed = await bench.delete('Certificate', arn)
  expect([failed.Status, failed.Reason]).toEqual([
    'FAILED',
    expect.stringMatching(/still in use by arn:aws:elasticloadbalancing.* - delete that first, then retry the delete/),
  ])
  expect(failed.seconds).toBeGreaterThan(600)
  bench.certificate(arn).inUseBy.clear()
  bench.certificate(arn).releasedAt = bench.clock.now() + 200_000
  const gone = await bench.delete('Certificate', arn)
  expect([gone.Status, bench.own]).toEqual(['SUCCESS', []])
  expect(gone.seconds).toBeLessThan(215)
})

test('D12 the delete of a certificate that is gone, or of no ARN, is a success', async () => {
  for (const denies of [false, true]) {
    const bench = new Bench()
    bench.ground.aws.goneIsDenied = denies
    const { PhysicalResourceId: arn } = await bench.create('Certificate')
    bench.acm.certificates.delete(arn)
    for (const id of [arn, `${arn}/x`, 'arn:aws:acm', '-'])
      expect((await bench.delete('Certificate', id)).Status).toBe('SUCCESS')
  }
})

test('D13 the delete of an unused certificate does not wait', async () => {
  const bench = new Bench()
  const { PhysicalResourceId } = await bench.create('Certificate')
  expect((await bench.delete('Certificate', PhysicalResourceId)).seconds).toBeLessThan(2)
  // Nor for the right to look at other certificates, which an update may have taken away.
  const cleanUp = { ValidationRecords: 'deleteIfUnused', CertificateRegions: ['eu-west-1'] }
  const second = await bench.create('Certificate', cleanUp)
  const other = bench.pending(['other.example.com'])
  bench.ground.aws.trouble = ({ operation, resource }) =>
    operation === 'DescribeCertificate' && resource === other.arn ? { when: 'before', error: denied } : undefined
  const { Status, seconds } = await bench.delete('Certificate', second.PhysicalResourceId, cleanUp)
  expect([Status, bench.records('CNAME').length, bench.logs.join()]).toEqual([
    'SUCCESS',
    1,
    expect.stringMatching('kept: '),
  ])
  expect(seconds).toBeLessThan(3)
})

test('D14 conflicts and requests in progress are tried again', async () => {
  for (const name of ['ConflictException', 'RequestInProgressException', 'InvalidStateException']) {
    const bench = new Bench()
    bench.fail('.*Certificate', new FakeAwsError(name, 'busy'), 3)
    const { Status, PhysicalResourceId } = await bench.create('Certificate')
    bench.fail('DeleteCertificate', new FakeAwsError(name, 'busy'), 3)
    expect([Status, (await bench.delete('Certificate', PhysicalResourceId)).Status]).toEqual(['SUCCESS', 'SUCCESS'])
  }
})

test('D15 a domain that is too long and too many names are refused before any call', async () => {
  const bench = new Bench()
  const long = `${'a'.repeat(60)}.example.com`
  expect((await bench.create('Certificate', { DomainName: long })).Reason).toMatch('longer than 64 characters')
  const SubjectAlternativeNames = Array.from({ length: 100 }, (_, index) => `n${index}.example.com`)
  const many = await bench.create('Certificate', { SubjectAlternativeNames })
  expect(many.Reason).toMatch('100 names at most, not 101')
  expect(bench.calls()).toEqual([])
})

test('D16 the search for certificates sees all key types and all pages', async () => {
  for (const KeyAlgorithm of ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1']) {
    const bench = new Bench()
    for (let index = 0; index < 8; index++) bench.pending(['api.example.com'])
    const { PhysicalResourceId } = await bench.create('Certificate', { KeyAlgorithm })
    const others = Array.from({ length: 8 }, () => bench.pending(['api.example.com']))
    bench.fail('ListTagsForCertificate', new FakeAwsError('ResourceNotFoundException', 'gone'), 1)
    const gone = await bench.delete('Certificate', 'portcullis:none:Certificate', { KeyAlgorithm })
    expect(gone.Status).toBe('SUCCESS')
    expect(bench.acm.certificates.has(PhysicalResourceId)).toBe(false)
    for (const { arn } of others) expect(bench.acm.certificates.has(arn)).toBe(true)
  }
})

test('D17 certificate transparency is not an option, because ACM no longer has it', async () => {
  const answer = await new Bench().create('Certificate', { CertificateTransparencyLoggingPreference: 'DISABLED' })
  expect(answer.Reason).toMatch('property CertificateTransparencyLoggingPreference is unknown')
  for (const name of ['index', 'inline'])
    expect(readFileSync(`dist/functions/writer/${name}.js`, 'utf8')).not.toMatch('Transparency')
})

test('D18 a wait that is too long ends with the names, the record to look up, and where to look', async () => {
  const { bench, changes } = waiting()
  const { Name, Value } = validationRecord(bench.estate.account, 'api.example.com')
  const { Status, Reason, seconds } = await bench.create('CertificateIssued', { ...changes, BudgetSeconds: '600' })
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(`dig ${Name} CNAME should show ${Value}`)])
  expect(Reason).toMatch(
    /not issued within 600 s - waiting for api\.example\.com - .*is the zone public and delegated\?/,
  )
  expect(seconds).toBeLessThan(601)
  const first = await bench.create('CertificateIssued', { ...changes, Attempts: '2' })
  expect(first).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING' } })
})

test('D19 an imported or e-mail-validated certificate is good when it is issued, and hopeless when it is not', async () => {
  const { bench, certificate, changes } = waiting()
  certificate.type = 'IMPORTED'
  expect((await bench.create('CertificateIssued', changes)).Status).toBe('SUCCESS')
  bench.become(certificate, 'PENDING_VALIDATION')
  const { Reason, seconds } = await bench.create('CertificateIssued', changes)
  expect(Reason).toMatch('is PENDING_VALIDATION and not validated by DNS')
  expect(seconds).toBeLessThan(1)
})

test('D20 an invalid ARN, or one of another region or partition, is refused before any call', async () => {
  const bench = new Bench()
  const there = foreignArn.replace('eu-west-1', 'us-east-1')
  const abroad = foreignArn.replace('arn:aws:', 'arn:aws-cn:')
  for (const CertificateArn of ['x', '', 'arn:aws:acm:eu-west-1:1:certificate/x', there, abroad]) {
    const { Status, Reason } = await bench.create('CertificateIssued', { CertificateArn })
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/CertificateArn|is not in eu-west-1/)])
  }
  expect(bench.calls()).toEqual([])
})

test('D23 a certificate with all the tags that it can have does not fail the update that brings it back', async () => {
  const bench = new Bench()
  const { PhysicalResourceId } = await bench.create('Certificate')
  const { tags } = bench.certificate(PhysicalResourceId)
  const fill = (size: number) => {
    for (let count = tags.size; count < size; count++) tags.set(`portcullis:back:${count}`, '1')
  }
  const before = { SubjectAlternativeNames: ['pay.example.com'] }
  for (const size of [49, 50]) {
    fill(size)
    const OldResourceProperties = bench.properties('Certificate', before)
    const back = await bench.update('Certificate', PhysicalResourceId, {}, { OldResourceProperties })
    expect(back).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
  }
  expect(tags.size).toBe(50)
  expect((await bench.delete('Certificate', PhysicalResourceId)).Status).toBe('SUCCESS')
  expect(bench.own).toEqual([])
})
