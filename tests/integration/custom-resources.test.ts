// The built functions on Node.js 24, with the real SDK, over real HTTP, against moto.
//
// moto's: ACM, Route 53, STS and API Gateway's links, in two accounts that are held apart.
// Ours: a front before moto, for what moto cannot do. It holds a certificate back until its records are in the zone,
// and gives single calls other statuses, errors, cut connections and silence.
// The waits are the functions' own, in real time; the stories run side by side.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type AnswerDesk, startAnswerDesk } from '../engine/answer-desk.ts'
import { broken, changed, lost, refusal, reset, silence } from '../engine/aws-replies.ts'
import { startMoto } from '../engine/moto.ts'
import type { ServerProcess } from '../engine/server-process.ts'
import { openTwoAccounts, type Properties, type TwoAccounts } from '../engine/two-accounts.ts'

let moto: ServerProcess
let desk: AnswerDesk
beforeAll(async () => {
  // At once, as far as moto is concerned; the front waits for the records.
  moto = await startMoto({ MOTO_ACM_VALIDATION_WAIT: '0' })
  desk = await startAnswerDesk()
})
afterAll(async () => {
  await desk.close()
  await moto.stop()
})

let stories = 0
/** Told with a zone of its own, by the two forms of the functions in turn. */
const story = (name: string, tell: (on: TwoAccounts) => Promise<void>) => {
  const number = stories++
  const whole = async () => {
    const on = await openTwoAccounts(`story${number}`, moto.url, desk, number % 2 ? 'inline' : 'index')
    try {
      await tell(on)
      await on.check()
    } finally {
      await on.close()
    }
  }
  test.concurrent(name, whole)
}

const certificateOf = (on: TwoAccounts, more: Properties = {}): Properties => ({
  DomainName: on.domain,
  SubjectAlternativeNames: [`*.${on.domain}`, `pay.${on.domain}`],
  HostedZones: [on.access],
  Tags: [{ Key: 'team', Value: 'payments' }],
  ValidationRecords: 'deleteIfUnused',
  CertificateRegions: ['eu-west-1', 'us-east-1'],
  ...more,
})
const aliasOf = (on: TwoAccounts, name: string, target: string): Properties => ({
  HostedZoneId: on.zone,
  HostedZoneRoleArn: on.access.RoleArn,
  HostedZoneExternalId: on.access.ExternalId,
  Name: name,
  TargetDnsName: target,
  TargetHostedZoneId: 'ZLY8HYME6SFDD',
  RecordTypes: ['A', 'AAAA'],
})
/** moto's validation record of every name. */
const cname = (name: string) =>
  `_d930b28be6c5927595552b219965053e.${name}. CNAME 300 _c9edd76ee4a0e2a74388032f3861cc50.ykybfrwcxw.acm-validations.aws.`

const certificateIs = (changes: object) => changed(({ Certificate }) => Object.assign(Certificate, changes))
const linkIs = (vpcLinkStatus: string, vpcLinkStatusMessage?: string) =>
  changed((link) => Object.assign(link, { vpcLinkStatus, vpcLinkStatusMessage }))

story('a certificate is requested here, proved in the other account, issued, replaced and removed', async (on) => {
  const properties = certificateOf(on)
  const created = await on.ask('Create', 'Certificate', properties)
  const first = created.PhysicalResourceId
  expect(created).toMatchObject({ Status: 'SUCCESS', Data: { CertificateArn: first } })
  const clients = new Set(created.run.loaded.filter((name) => !name.startsWith('node:')))
  expect([...clients].sort()).toEqual(['acm', 'route-53', 'sts'].map((name) => `@aws-sdk/client-${name}`))
  expect(first).toMatch(/^arn:aws:acm:eu-west-1:123456789012:certificate\//)
  expect(await on.records()).toEqual([cname(on.domain), cname(`pay.${on.domain}`)].sort())
  const { Tags: tags } = await on.acm.listTagsForCertificate({ CertificateArn: first })
  expect(tags).toEqual(
    expect.arrayContaining([
      { Key: 'team', Value: 'payments' },
      { Key: 'portcullis:stack-id', Value: on.stackId },
      { Key: 'portcullis:logical-id', Value: 'Certificate' },
    ]),
  )
  const [assumed] = on.seen('AssumeRole')
  expect(Object.fromEntries(new URLSearchParams(assumed?.body))).toMatchObject({
    RoleArn: on.access.RoleArn,
    ExternalId: on.access.ExternalId,
    RoleSessionName: expect.stringMatching(/^portcullis-story/),
  })
  expect([assumed?.region, on.seen('RequestCertificate')[0]?.region]).toEqual(['us-east-1', 'eu-west-1'])

  on.front.next('DescribeCertificate', certificateIs({ Status: 'PENDING_VALIDATION' }))
  const waited = await on.ask('Create', 'CertificateIssued', { CertificateArn: first })
  expect(waited).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ISSUED', CertificateArn: first } })
  expect(waited.seconds).toBeGreaterThan(1.4)

  const wider = certificateOf(on, { SubjectAlternativeNames: [`pay.${on.domain}`, `shop.${on.domain}`] })
  const more = { PhysicalResourceId: first, OldResourceProperties: properties }
  const { Status, PhysicalResourceId: second } = await on.ask('Update', 'Certificate', wider, more)
  expect([Status, second === first]).toEqual(['SUCCESS', false])
  expect((await on.certificates()).sort()).toEqual([first, second].sort())
  expect(await on.records()).toContain(cname(`shop.${on.domain}`))

  expect((await on.ask('Delete', 'Certificate', properties, { PhysicalResourceId: first })).Status).toBe('SUCCESS')
  expect(await on.certificates()).toEqual([second])
  expect(await on.records()).toHaveLength(3)
  expect((await on.ask('Delete', 'Certificate', wider, { PhysicalResourceId: second })).Status).toBe('SUCCESS')
  expect([await on.certificates(), await on.records()]).toEqual([[], []])
})

story('without the role, the zone of the other account is not there, and nothing is requested', async (on) => {
  const HostedZones = [{ Id: on.zone }]
  const { Status, Reason } = await on.ask('Create', 'Certificate', certificateOf(on, { HostedZones }))
  expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(`hosted zone ${on.zone} does not exist`)])
  expect([await on.certificates(), await on.records()]).toEqual([[], []])
})

story('the alias of the API is written in the other account, moved, renamed and removed', async (on) => {
  const alias = (name: string, target: string) => aliasOf(on, name, target)
  const [one, two] = ['d-1', 'd-2'].map((id) => `${id}.execute-api.eu-west-1.amazonaws.com`) as [string, string]
  const both = (name: string, target: string) =>
    ['A', 'AAAA'].map((type) => `${name}. ${type} alias ${target}. ZLY8HYME6SFDD`)
  const [api, shop] = [`api.${on.domain}`, `shop.${on.domain}`] as const
  await on.write({ Name: `www.${on.domain}`, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] })
  const rest = [`www.${on.domain}. A 60 192.0.2.1`]

  const { Status, PhysicalResourceId: first } = await on.ask('Create', 'AliasRecord', alias(api, one))
  expect([Status, first]).toEqual(['SUCCESS', `portcullis:alias:${on.zone}:${api}`])
  expect(await on.records()).toEqual([...both(api, one), ...rest])

  const moved = await on.ask('Update', 'AliasRecord', alias(api, two), {
    PhysicalResourceId: first,
    OldResourceProperties: alias(api, one),
  })
  expect([moved.Status, moved.PhysicalResourceId]).toEqual(['SUCCESS', first])
  expect(await on.records()).toEqual([...both(api, two), ...rest])

  const renamed = await on.ask('Update', 'AliasRecord', alias(shop, two), {
    PhysicalResourceId: first,
    OldResourceProperties: alias(api, two),
  })
  const second = renamed.PhysicalResourceId
  expect([renamed.Status, second]).toEqual(['SUCCESS', `portcullis:alias:${on.zone}:${shop}`])
  expect(await on.records()).toEqual([...both(api, two), ...both(shop, two), ...rest])

  await on.ask('Delete', 'AliasRecord', alias(api, two), { PhysicalResourceId: first })
  expect(await on.records()).toEqual([...both(shop, two), ...rest])
  const over = await on.ask('Create', 'AliasRecord', alias(`www.${on.domain}`, two))
  expect([over.Status, over.Reason]).toEqual(['FAILED', expect.stringContaining('is already A 192.0.2.1')])
  expect((await on.ask('Delete', 'AliasRecord', alias(shop, two), { PhysicalResourceId: second })).Status).toBe(
    'SUCCESS',
  )
  expect(await on.records()).toEqual(rest)
})

story('the delete of a certificate that is in use is tried again until it is free', async (on) => {
  const { PhysicalResourceId } = await on.ask('Create', 'Certificate', certificateOf(on))
  on.front.next('DeleteCertificate', refusal(400, 'ResourceInUseException'))
  const gone = await on.ask('Delete', 'Certificate', certificateOf(on), { PhysicalResourceId })
  expect(gone.Status).toBe('SUCCESS')
  expect(gone.seconds).toBeGreaterThan(7.4)
  expect([await on.certificates(), await on.records()]).toEqual([[], []])
})

story('throttling and errors of the servers are survived by every call of the writer', async (on) => {
  const throttled = refusal(400, 'Throttling', 'Rate exceeded')
  on.front.next('AssumeRole', throttled, broken(503))
  on.front.next('GetHostedZone', throttled, broken(500))
  on.front.next('RequestCertificate', refusal(400, 'ThrottlingException', 'Rate exceeded'), broken(500))
  on.front.next('DescribeCertificate', broken(502), refusal(500, 'InternalFailure'))
  on.front.next('ListResourceRecordSets', broken(500), throttled)
  on.front.next('ChangeResourceRecordSets', throttled, refusal(400, 'PriorRequestNotComplete'), broken(503))
  const { Status, PhysicalResourceId } = await on.ask('Create', 'Certificate', certificateOf(on))
  expect([Status, await on.certificates()]).toEqual(['SUCCESS', [PhysicalResourceId]])
  expect(await on.records()).toHaveLength(2)
  on.front.next('DeleteCertificate', refusal(400, 'ThrottlingException', 'Rate exceeded'), broken(500))
  on.front.next('ListTagsForCertificate', broken(503))
  on.front.next('ListCertificates', refusal(400, 'ThrottlingException', 'Rate exceeded'))
  expect((await on.ask('Delete', 'Certificate', certificateOf(on), { PhysicalResourceId })).Status).toBe('SUCCESS')
  expect([await on.certificates(), await on.records()]).toEqual([[], []])
})

story('cut connections are survived, and an effect whose answer was lost is not had twice', async (on) => {
  on.front.next('AssumeRole', reset)
  on.front.next('GetHostedZone', reset)
  on.front.next('RequestCertificate', reset, lost)
  on.front.next('DescribeCertificate', reset)
  on.front.next('ChangeResourceRecordSets', lost, reset)
  const { Status, PhysicalResourceId } = await on.ask('Create', 'Certificate', certificateOf(on))
  expect([Status, await on.certificates()]).toEqual(['SUCCESS', [PhysicalResourceId]])
  expect(await on.records()).toHaveLength(2)
  on.front.next('DeleteCertificate', lost)
  on.front.next('ListTagsForCertificate', reset)
  expect((await on.ask('Delete', 'Certificate', certificateOf(on), { PhysicalResourceId })).Status).toBe('SUCCESS')
  expect([await on.certificates(), await on.records()]).toEqual([[], []])
})

story('rights and resources that are too new are asked for again', async (on) => {
  on.front.next('AssumeRole', refusal(403, 'AccessDenied'))
  on.front.next('GetHostedZone', refusal(403, 'AccessDenied'))
  on.front.next('RequestCertificate', refusal(400, 'AccessDeniedException'))
  on.front.next('DescribeCertificate', refusal(400, 'ResourceNotFoundException'))
  const { Status, PhysicalResourceId: CertificateArn } = await on.ask('Create', 'Certificate', certificateOf(on))
  expect([Status, await on.certificates()]).toEqual(['SUCCESS', [CertificateArn]])
  expect(await on.records()).toHaveLength(2)
  on.front.next('DescribeCertificate', refusal(400, 'ResourceNotFoundException'), refusal(400, 'AccessDeniedException'))
  expect((await on.ask('Create', 'CertificateIssued', { CertificateArn })).Data?.['Status']).toBe('ISSUED')
  on.front.next('DeleteCertificate', refusal(400, 'RequestInProgressException'), refusal(400, 'ConflictException'))
  const deleted = await on.ask('Delete', 'Certificate', certificateOf(on), { PhysicalResourceId: CertificateArn })
  expect([deleted.Status, await on.certificates(), await on.records()]).toEqual(['SUCCESS', [], []])
})

story(
  'the delete of an alias whose answer was lost is a success, whatever Route 53 says to its repetition',
  async (on) => {
    const properties = aliasOf(on, `api.${on.domain}`, 'd-1.execute-api.eu-west-1.amazonaws.com')
    const { PhysicalResourceId } = await on.ask('Create', 'AliasRecord', properties)
    expect(await on.records()).toHaveLength(2)
    // Not every version of the SDK hands on what the error says.
    on.front.next('ChangeResourceRecordSets', lost, refusal(400, 'InvalidChangeBatch', ''))
    expect(await on.ask('Delete', 'AliasRecord', properties, { PhysicalResourceId })).toMatchObject({
      Status: 'SUCCESS',
    })
    expect(await on.records()).toEqual([])
  },
)

story('a call that is never answered is given up after ten seconds and sent again', async (on) => {
  const { PhysicalResourceId: CertificateArn } = await on.ask('Create', 'Certificate', certificateOf(on))
  const before = on.seen('DescribeCertificate').length
  on.front.next('DescribeCertificate', silence)
  const { Data, seconds } = await on.ask('Create', 'CertificateIssued', { CertificateArn })
  expect([Data?.['Status'], on.seen('DescribeCertificate').length - before]).toEqual(['ISSUED', 2])
  // The limit itself, in the bundle: a-answer.test.ts. Here a busy machine adds to it.
  expect(seconds).toBeGreaterThan(9.9)
})

story(
  'a certificate whose record is missing is pending, first as a success, in the last run as a failure',
  async (on) => {
    const { CertificateArn } = await on.acm.requestCertificate({ DomainName: on.domain, ValidationMethod: 'DNS' })
    const [first, last] = await Promise.all(
      ['1', '2'].map((Attempt) =>
        on.ask('Create', 'CertificateIssued', { CertificateArn, Attempt, Attempts: '2', BudgetSeconds: '4' }),
      ),
    )
    expect(first).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING', CertificateArn } })
    const [name, , , value] = cname(on.domain).split(' ')
    expect([last?.Status, last?.Reason]).toEqual([
      'FAILED',
      expect.stringContaining(`dig ${name} CNAME should show ${value}`),
    ])
  },
)

story('a certificate that fails while it is waited for ends the wait with its reason', async (on) => {
  const { CertificateArn } = await on.acm.requestCertificate({ DomainName: on.domain, ValidationMethod: 'DNS' })
  const pending = certificateIs({ Status: 'PENDING_VALIDATION' })
  on.front.next('DescribeCertificate', pending, certificateIs({ Status: 'FAILED', FailureReason: 'CAA_ERROR' }))
  const { Status, Reason, seconds } = await on.ask('Create', 'CertificateIssued', { CertificateArn })
  expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/is FAILED - CAA_ERROR - .*allow amazon\.com/)])
  expect(seconds).toBeGreaterThan(1.4)
})

story('a link that is pending is asked for again until it is available', async (on) => {
  const VpcLinkId = await on.link()
  on.front.next('GetVpcLink', refusal(429, 'TooManyRequestsException'), broken(503), linkIs('PENDING'))
  const { Status, Data, seconds } = await on.ask('Create', 'VpcLinkReady', { VpcLinkId })
  expect([Status, Data]).toEqual(['SUCCESS', { VpcLinkId, Status: 'AVAILABLE' }])
  expect([on.seen('GetVpcLink').length, seconds > 3.7]).toEqual([4, true])
})

story('a link that fails ends the wait with its message', async (on) => {
  const VpcLinkId = await on.link()
  on.front.next('GetVpcLink', linkIs('PENDING'), linkIs('FAILED', 'subnet-1 has no free address'))
  const { Status, Reason } = await on.ask('Create', 'VpcLinkReady', { VpcLinkId })
  expect([Status, Reason]).toEqual([
    'FAILED',
    expect.stringContaining(`${VpcLinkId} is FAILED (subnet-1 has no free address) - `),
  ])
})

story('an inactive link is a success with a warning, at once', async (on) => {
  const VpcLinkId = await on.link()
  on.front.next('GetVpcLink', linkIs('INACTIVE'))
  const { Status, Data, run } = await on.ask('Create', 'VpcLinkReady', { VpcLinkId })
  expect([Status, Data]).toEqual(['SUCCESS', { VpcLinkId, Status: 'INACTIVE' }])
  expect(run.log).toMatch(/"level":"warn".*INACTIVE/)
})

story('the answer is uploaded again after an error and a cut connection', async (on) => {
  const troubles = [503, 'reset'] as const
  const VpcLinkId = await on.link()
  expect((await on.ask('Create', 'VpcLinkReady', { VpcLinkId }, { troubles: [...troubles] })).Status).toBe('SUCCESS')
})
