/** One case for each kind of bug: single events on the fakes, told for several seeds. Says what was wrong. */
import { validationRecord } from '../stories/acm.ts'
import { FakeAwsError } from '../stories/aws.ts'
import type { Partition } from '../stories/beliefs.ts'
import { zoneId } from '../stories/estate.ts'
import type { Functions } from '../stories/functions.ts'
import { Bench, denied, type Kind, throttled } from './bench.ts'

export type Case = (code: Functions, seed: number) => Promise<string | undefined>

/** Also what must hold at every step and at the end of each story. */
const told =
  (tell: (bench: Bench) => Promise<string | undefined>, partition: Partition = 'aws', isSteady = true): Case =>
  async (code, seed) => {
    const bench = new Bench({ seed, code, partition })
    const problem = await tell(bench).catch((error) => `the case broke: ${error.message}`)
    return problem ?? (isSteady ? bench.estate.checkAlways()[0] : undefined)
  }
const unless = (isRight: boolean, problem: string): string | undefined => (isRight ? undefined : problem)

const pay = { SubjectAlternativeNames: ['*.api.example.com', 'pay.example.com'] }
const longAgo = { knownAt: 0, recordsAt: new Map() }
/** Every certificate that is requested from now on. */
const shape = (bench: Bench, how: (names: readonly string[]) => object) => {
  const add = bench.acm.add.bind(bench.acm)
  bench.acm.add = (...args) => Object.assign(add(...args), how(args[2]))
}
const made = async (bench: Bench, kind: Kind = 'Certificate', changes = {}): Promise<string> => {
  shape(bench, () => longAgo)
  const { Status, Reason, PhysicalResourceId } = await bench.create(kind, changes)
  if (Status !== 'SUCCESS') throw new Error(`the create failed: ${Reason}`)
  return PhysicalResourceId
}
const nothingLeft = (bench: Bench) => unless(bench.own.length === 0, `${bench.own[0]?.arn} is left behind`)
const deleted = async (bench: Bench, id: string, changes = {}) => {
  const { Status, Reason } = await bench.delete('Certificate', id, changes)
  await bench.settle()
  return unless(Status === 'SUCCESS', `the delete failed: ${Reason}`) ?? nothingLeft(bench)
}

/** In fair weather: made, updated, deleted. */
export const life = told(async (bench) => {
  const id = await made(bench)
  const [own] = bench.own
  if (own?.arn !== id) return `C8: the physical id is ${id}`
  return deleted(bench, id)
})
export const lifeInChina = told(async (bench) => deleted(bench, await made(bench)), 'aws-cn')

export const failure = told(async (bench) => {
  const { Status } = await bench.create('Certificate', { DomainName: '' })
  return unless(Status === 'FAILED', `A1: the answer to wrong properties is ${Status}`)
})

export const failureAfterRequest = told(async (bench) => {
  const id = await made(bench, 'Certificate', { SubjectAlternativeNames: [] })
  bench.fail('ListResourceRecordSets', denied)
  const create = await bench.create('Certificate', {}, { LogicalResourceId: 'Other' })
  if (!bench.own.some(({ arn }) => arn === create.PhysicalResourceId)) return `C2: named ${create.PhysicalResourceId}`
  const update = await bench.update('Certificate', id, pay)
  const isNew = update.PhysicalResourceId !== id && bench.own.some(({ arn }) => arn === update.PhysicalResourceId)
  return unless(isNew, `C4: named ${update.PhysicalResourceId}`)
})

export const oneIdForAll = told(async (bench) => {
  const [one, other] = [await made(bench), await made(bench, 'Certificate', pay)]
  return unless(one !== other, `C8: both are ${one}`)
})

export const uploadAgain = told(async (bench) => {
  bench.link([0, 'AVAILABLE'])
  let tries = 0
  bench.estate.cloudFormation.putTrouble = () => (tries++ === 0 ? 503 : undefined)
  const { Status } = await bench.create('VpcLinkReady')
  return unless(Status === 'SUCCESS' && bench.waiter.invocations.length === 1, `A5: ${Status} after another run`)
})

export const uploadAfterMinutes = told(async (bench) => {
  bench.link([0, 'AVAILABLE'])
  const end = bench.clock.now() + 420_000
  bench.estate.cloudFormation.putTrouble = () => (bench.clock.now() < end ? 503 : undefined)
  await bench.create('VpcLinkReady')
  await bench.settle()
  return unless(bench.waiter.invocations.length === 1, 'A22: the upload was given up while the run had time')
})

export const uploadRefused = told(
  async (bench) => {
    bench.link([0, 'AVAILABLE'])
    bench.estate.cloudFormation.putTrouble = () => 403
    await bench.create('VpcLinkReady')
    await bench.settle()
    const statuses = new Set(bench.sent.map((body) => JSON.parse(body).Status))
    return unless(statuses.size === 1, `A8: answered ${[...statuses].join(' and ')}`)
  },
  'aws',
  false,
)

const same = (changes: object, before: object = {}) =>
  told(async (bench) => {
    const id = await made(bench, 'Certificate', before)
    const old = { OldResourceProperties: bench.properties('Certificate', before as Record<string, unknown>) }
    const { PhysicalResourceId, Data } = await bench.update('Certificate', id, { ...before, ...changes }, old)
    return (
      unless(PhysicalResourceId === id && bench.own.length === 1, `C9: replaced by ${PhysicalResourceId}`) ??
      unless(Data['CertificateArn'] === id, 'A15: attributes are missing')
    )
  })
export const sameCertificate = same({ Revision: 'next' })
export const sameInAnotherOrder = same({ SubjectAlternativeNames: [...pay.SubjectAlternativeNames].reverse() }, pay)
export const sameWithCleanUp = same({ ValidationRecords: 'deleteIfUnused', CertificateRegions: ['eu-west-1'] })

export const cleanUpAfterUpdate = told(async (bench) => {
  const old = await made(bench)
  const { PhysicalResourceId } = await bench.update('Certificate', old, pay)
  await bench.delete('Certificate', old)
  return unless(bench.own.map(({ arn }) => arn).join() === PhysicalResourceId, 'C6: the new certificate is gone too')
})

export const aliasRollback = told(async (bench) => {
  const id = await made(bench, 'AliasRecord')
  const OldResourceProperties = bench.properties('AliasRecord', { Name: 'next.example.com' })
  const { Status, Reason } = await bench.update('AliasRecord', id, {}, { OldResourceProperties })
  return unless(Status === 'SUCCESS', `E22: the rollback failed: ${Reason}`)
})

export const twoStacks = told(async (bench) => {
  const one = await made(bench)
  const StackId = bench.stackId.replace('/billing/', '/orders/')
  const two = await bench.create('Certificate', {}, { StackId })
  return unless(two.Status === 'SUCCESS' && two.PhysicalResourceId !== one, `B5: the other stack got ${two.Reason}`)
})

export const twoCopies = told(async (bench) => {
  bench.estate.deliveries = () => [50, 50]
  await made(bench)
  await bench.settle()
  return unless(bench.own.length === 1, `B2: ${bench.own.length} certificates for one event`)
})

export const sameRequestId = told(async (bench) => {
  shape(bench, () => longAgo)
  const one = await bench.create('Certificate', {}, { RequestId: 'r' })
  await bench.delete('Certificate', one.PhysicalResourceId)
  const { Status, Reason } = await bench.create('Certificate', {}, { RequestId: 'r' })
  return unless(Status === 'SUCCESS', `B4: the repeated deployment failed: ${Reason}`)
})

export const neverValidated = told(async (bench) => {
  bench.acm.fateOfNext = () => ({ status: 'PENDING_VALIDATION', at: 0 })
  const { Status, seconds } = await bench.create('Certificate')
  return unless(Status === 'SUCCESS' && seconds < 180, `B6: ${Status} after ${seconds} s`)
})

export const lateRecords = told(async (bench) => {
  shape(bench, (names) => ({
    knownAt: 0,
    recordsAt: new Map(names.map((name) => [name, bench.clock.now() + (name === 'pay.example.com' ? 90_000 : 0)])),
  }))
  const { Status, Reason } = await bench.create('Certificate', pay)
  const [own] = bench.own
  const missing = own?.names.find((name) => !bench.acm.isRecordThere(own, name))
  return unless(Status === 'SUCCESS' && !missing, `D2: ${Status} ${Reason}, without the record of ${missing}`)
})

export const onlyUpsert = told(async (bench) => {
  const role = bench.ground.sts.roles.get(bench.ground.roleArn)
  const [all] = role?.policies ?? []
  const Condition = {
    'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsActions': ['UPSERT', 'DELETE'] },
  }
  if (role && all) role.policies = [{ ...all, Condition }]
  await made(bench)
  return undefined
})

export const takenRecord = told(async (bench) => {
  const { Name, Type } = validationRecord(bench.estate.account, 'api.example.com')
  bench.ground.route53.put(bench.zone, { Name, Type, TTL: 60, ResourceRecords: [{ Value: 'elsewhere.example.net.' }] })
  const { Status } = await bench.create('Certificate')
  return unless(Status === 'FAILED', 'E14: a foreign record was overwritten')
})

export const newRights = told(async (bench) => {
  bench.fail('RequestCertificate|ListTagsForCertificate', denied, 6)
  await made(bench)
  return undefined
})
export const newToken = told(async (bench) => {
  bench.fail('RequestCertificate', new FakeAwsError('UnrecognizedClientException', 'The token is invalid', 403), 4)
  await made(bench)
  return undefined
})
export const newRightsLate = told(async (bench) => {
  const role = bench.ground.sts.roles.get(bench.ground.roleArn)
  if (role) role.usableAt = bench.clock.now() + 80_000
  bench.fail('RequestCertificate', denied, 3)
  await made(bench)
  return undefined
})

// ---- the wait

const waiting = async (bench: Bench, changes: Record<string, unknown>, until?: (arn: string) => void) => {
  const { arn } = bench.pending()
  until?.(arn)
  return bench.create('CertificateIssued', { CertificateArn: arn, ...changes })
}
export const waitEnds = told(async (bench) => {
  const { Status, seconds } = await waiting(bench, { BudgetSeconds: '60' })
  return unless(Status === 'FAILED' && seconds < 80, `D18: ${Status} after ${seconds} s`)
})
export const waitLasts = told(async (bench) => {
  const { Data } = await waiting(bench, {}, (arn) => {
    bench.validate(bench.certificate(arn))
    Object.assign(bench.certificate(arn), { issuedAfter: 600_000 })
  })
  return unless(Data['Status'] === 'ISSUED', 'D18: gave up a certificate that came after ten minutes')
})
export const waitForIssue = told(async (bench) => {
  const { seconds } = await waiting(bench, {}, (arn) => {
    bench.validate(bench.certificate(arn))
    Object.assign(bench.certificate(arn), { issuedAfter: 60_000, lag: 120_000 })
  })
  return unless(seconds >= 180, `D7: took it for issued after ${seconds} s`)
})
export const silentCall = told(async (bench) => {
  bench.fail('DescribeCertificate', 'forever', 1)
  const { Status, seconds } = await waiting(bench, {}, (arn) => bench.become(bench.certificate(arn), 'FAILED'))
  return unless(Status === 'FAILED' && seconds < 120, `A24: ${Status} after ${seconds} s`)
})
export const waitForDead = told(async (bench) => {
  const { Status, seconds } = await waiting(bench, {}, (arn) =>
    bench.become(bench.certificate(arn), 'VALIDATION_TIMED_OUT'),
  )
  return unless(Status === 'FAILED' && seconds < 60, `D6: ${Status} after ${seconds} s`)
})

// ---- the delete

export const inUseForAMoment = told(async (bench) => {
  const id = await made(bench)
  bench.certificate(id).releasedAt = bench.clock.now() + 60_000
  return deleted(bench, id)
})
export const inUseForLonger = told(async (bench) => {
  const id = await made(bench)
  bench.certificate(id).releasedAt = bench.clock.now() + 1_200_000
  return deleted(bench, id, { ServiceTimeout: '1920' })
})
export const lastDelivery = told(async (bench) => {
  const id = await made(bench)
  bench.certificate(id).releasedAt = bench.clock.now() + 3_600_000
  bench.estate.deliveries = () => [180_000]
  bench.writer.crashOf = () => undefined
  // Lambda has sent it twice already, in vain.
  const { invoke } = bench.writer
  bench.writer.invoke = (event, delay) => invoke.call(bench.writer, event, delay, 2)
  const { Status } = await bench.delete('Certificate', id, { ServiceTimeout: '1920' })
  return unless(Status === 'FAILED', `A23: no answer: ${Status}`)
})
export const unusedAtOnce = told(async (bench) => {
  const { seconds } = await bench.delete('Certificate', await made(bench))
  return unless(seconds < 5, `D13: it took ${seconds} s`)
})
export const deleteTwice = told(async (bench) => {
  const id = await made(bench)
  await bench.delete('Certificate', id)
  return deleted(bench, id)
})
export const amongMany = told(async (bench) => {
  for (let count = 0; count < 5; count++) bench.pending([`other${count}.example.com`])
  await made(bench)
  return deleted(bench, 'portcullis:none:Certificate')
})
export const elliptic = told(async (bench) => {
  const key = { KeyAlgorithm: 'EC_prime256v1' }
  await made(bench, 'Certificate', key)
  return deleted(bench, 'portcullis:none:Certificate', key)
})
export const aliasGone = told(async (bench) => {
  const id = await made(bench, 'AliasRecord')
  bench.fail('ChangeResourceRecordSets', Object.assign(new Error('reset'), { code: 'ECONNRESET' }), 1, 'after')
  const { Status, Reason } = await bench.delete('AliasRecord', id)
  return unless(Status === 'SUCCESS', `E16: the delete of a record that is gone failed: ${Reason}`)
})
export const aliasOfOthers = told(async (bench) => {
  const id = await made(bench, 'AliasRecord')
  const [set] = bench.records('A')
  bench.ground.route53.put(bench.zone, {
    Name: 'api.example.com.',
    Type: 'A',
    AliasTarget: {
      DNSName: 'other.example.net.',
      HostedZoneId: set?.AliasTarget?.HostedZoneId,
      EvaluateTargetHealth: false,
    },
  })
  await bench.delete('AliasRecord', id)
  return unless(bench.records('A').length === 1, 'E18: a record that leads elsewhere was removed')
})
const cleanUp = { ValidationRecords: 'deleteIfUnused', CertificateRegions: ['eu-west-1'] }
export const sharedRecord = told(async (bench) => {
  bench.pending(['www.example.com'])
  bench.pending(['api.example.com'])
  const id = await made(bench, 'Certificate', cleanUp)
  await bench.delete('Certificate', id, cleanUp)
  return unless(bench.records('CNAME').length === 1, 'E17: a record was removed that another certificate lives on')
})

// ---- what CloudFormation has given up

export const overtaken = told(async (bench) => {
  const role = bench.ground.sts.roles.get(bench.ground.roleArn)
  if (role) role.usableAt = bench.clock.now() + 45_000
  void bench.ask('Create', 'Certificate')
  await bench.pass(5)
  return deleted(bench, 'billing-Certificate-1XYZ')
})
export const tooLate = told(async (bench) => {
  bench.estate.deliveries = () => [500_000]
  void bench.ask('Create', 'Certificate')
  await bench.pass(1)
  bench.estate.deliveries = () => [50]
  return deleted(bench, 'billing-Certificate-1XYZ')
})
export const rolledBack = told(async (bench) => {
  const PhysicalResourceId = await made(bench)
  const OldResourceProperties = bench.properties('Certificate', pay)
  const none = bench.ground.aws.trouble
  const until = bench.clock.now() + 40_000
  bench.ground.aws.trouble = (call) =>
    call.operation === 'RequestCertificate' && bench.clock.now() < until
      ? { when: 'before', error: throttled }
      : none(call)
  void bench.ask('Update', 'Certificate', pay, { PhysicalResourceId })
  await bench.pass(2)
  await bench.update('Certificate', PhysicalResourceId, {}, { OldResourceProperties })
  return deleted(bench, PhysicalResourceId)
})
export const takenOver = told(async (bench) => {
  const PhysicalResourceId = await made(bench)
  const OldResourceProperties = bench.properties('Certificate', pay)
  // The certificate of the cancelled update shows when the update that rolls it back has looked, and has no records yet.
  shape(bench, (names) => {
    const at = bench.clock.now() + 4000
    return { knownAt: at, recordsAt: new Map(names.map((name) => [name, at + 30_000])) }
  })
  void bench.ask('Update', 'Certificate', pay, { PhysicalResourceId })
  await bench.pass(2)
  bench.estate.deliveries = () => [50, 8000]
  await bench.update('Certificate', PhysicalResourceId, {}, { OldResourceProperties })
  bench.estate.deliveries = () => [50]
  await bench.pass(3)
  const next = await bench.update('Certificate', PhysicalResourceId, pay)
  await bench.settle()
  const isThere = bench.own.some(({ arn }) => arn === next.PhysicalResourceId)
  return unless(next.Status === 'SUCCESS' && isThere, `C4: a late copy removed the certificate: ${next.Reason}`)
})
export const secondCopy = told(async (bench) => {
  const id = await made(bench)
  bench.estate.deliveries = () => [50, 8000]
  const next = await bench.update('Certificate', id, pay)
  await bench.settle()
  bench.estate.deliveries = () => [50]
  const { seconds } = await bench.delete('Certificate', next.PhysicalResourceId, pay)
  return unless(seconds < 5, `B15: the delete waited for ${seconds} s`)
})

/** An update that keeps its certificate, with a copy that comes or goes on when the stack is being deleted. */
const copyAt = (ms: number, isSlow: boolean) =>
  told(async (bench) => {
    const id = await made(bench)
    const none = bench.ground.aws.trouble
    bench.ground.aws.trouble = (call) =>
      isSlow && call.operation === 'DescribeCertificate' && !call.caller.isAwaited() && bench.acm.certificates.has(id)
        ? { when: 'before', error: throttled }
        : none(call)
    bench.estate.deliveries = () => [50, ms]
    const { Status } = await bench.update('Certificate', id, { Revision: 'next' })
    bench.estate.deliveries = () => [50]
    if (isSlow) await bench.pass(ms / 1000 + 2)
    return unless(Status === 'SUCCESS', `the update ended with ${Status}`) ?? deleted(bench, id)
  })
export const lateCopy = copyAt(30_000, false)
export const slowCopy = copyAt(2000, true)

export const lateRollback = told(async (bench) => {
  const id = await made(bench)
  const OldResourceProperties = bench.properties('Certificate', pay)
  bench.estate.deliveries = () => [50, 120_000]
  await bench.update('Certificate', id, {}, { OldResourceProperties })
  bench.estate.deliveries = () => [50]
  const next = await bench.update('Certificate', id, pay)
  await bench.delete('Certificate', id)
  return deleted(bench, next.PhysicalResourceId, pay)
})
export const twin = told(async (bench) => {
  const id = await made(bench)
  bench.pending(['api.example.com'], Object.fromEntries(bench.certificate(id).tags))
  await bench.pass(2)
  return deleted(bench, id)
})
export const replacedDead = told(async (bench) => {
  const dead = await made(bench)
  bench.become(bench.certificate(dead), 'FAILED', 'CAA_ERROR')
  const next = await bench.update('Certificate', dead, { Revision: 'next' })
  await bench.pass(2)
  await bench.delete('Certificate', dead)
  return unless(bench.own.map(({ arn }) => arn).join() === next.PhysicalResourceId, 'C6: its successor is gone too')
})
export const unconfirmed = told(
  async (bench) => {
    // ACM names a certificate that nobody ever sees, until the time of the run is up.
    shape(bench, () => ({ knownAt: Number.POSITIVE_INFINITY }))
    bench.writer.limitMs = 50_000
    const { PhysicalResourceId } = await bench.create('Certificate')
    return unless(!PhysicalResourceId.startsWith('arn:'), `B13: the id is ${PhysicalResourceId}, which may be gone`)
  },
  'aws',
  false,
)

// ---- what stays, and what was seen

const tellsOf = (kind: Kind, type: string, changes: Record<string, unknown> = {}) =>
  told(async (bench) => {
    const id = await made(bench, kind, changes)
    bench.ground.sts.roles.clear()
    const { Status, Reason } = await bench.delete(kind, id, changes)
    const told = Status === 'SUCCESS' && Reason.includes(`kept ${type} `) && Reason.includes(zoneId)
    return unless(told && /change-resource-record-sets/.test(bench.logs.join()), `E23: left behind silently: ${Reason}`)
  })
export const keptAlias = tellsOf('AliasRecord', 'A')
export const keptValidation = tellsOf('Certificate', 'CNAME', cleanUp)

export const probeOfValues = told(async (bench) => {
  bench.api()
  const of = (issuer: string) => ({ Revision: `c8aa25ce80daceb6|https://${issuer}/?a:b`, OpenRequest: '' })
  const one = await bench.create('IsolationProbe', of('idp.example.com'))
  const two = await bench.update('IsolationProbe', one.PhysicalResourceId, of('other.example.com'))
  const form = /^portcullis:probe:IsolationProbe:[0-9a-f]{16}:[0-9a-f]{16}$/
  const probes = bench.logs.filter((line) => line.includes('GET /orders'))
  return (
    unless(
      two.Status === 'SUCCESS' && form.test(two.PhysicalResourceId),
      `H15: ${two.Status}, ${two.PhysicalResourceId}`,
    ) ?? unless(probes.length >= 2, 'H15: another value of a parameter was not probed')
  )
})
export const probeSees = told(async (bench) => {
  bench.api()
  await bench.create('IsolationProbe', { OpenRequest: '' })
  return unless(/GET \/orders: 40[13]/.test(bench.logs.join()), 'H16: the log does not say what the probe saw')
})
