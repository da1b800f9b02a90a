/** What an answer says must be true at the moment in which CloudFormation takes it. */
import type { Answer, Pending } from './cloudformation.ts'
import type { Estate } from './estate.ts'
import type { Invocation } from './lambda.ts'

type Case = {
  readonly estate: Estate
  readonly pending: Pending
  readonly answer: Answer
  readonly invocation: Invocation
  /** Since CloudFormation asked. */
  readonly seconds: number
}
type Rule = (the: Case) => string | undefined

const isReached = ({ pending, answer }: Case): boolean =>
  answer.Status === 'SUCCESS' && pending.event.RequestType !== 'Delete'
const certificateOf = ({ estate, pending, answer }: Case) =>
  estate.ground.acm.certificates.get(
    pending.event.ResourceProperties['CertificateArn'] ?? answer.Data['CertificateArn'] ?? answer.PhysicalResourceId,
  )

const recordsAreThere: Rule = (the) => {
  const certificate = isReached(the) ? certificateOf(the) : undefined
  const missing = certificate?.names.find((name) => !the.estate.ground.acm.isRecordThere(certificate, name))
  return missing && `D2: success, but the record of ${missing} is missing`
}

/** ACM needs 90 seconds at most to say which records it wants. */
const doesNotWaitForIssuance: Rule = (the) =>
  the.estate.isFair && isReached(the) && the.seconds > 180
    ? `B6: the request took ${the.seconds} s, in which its id was not known`
    : undefined

/** An id that CloudFormation was never told is one that it never deletes. What ACM never told, nobody can name. */
const namesWhatItMade: Rule = ({ estate, answer, invocation, pending }) => {
  if (answer.Status !== 'FAILED' || /ran out of time|too late|^requestCertificate failed/.test(answer.Reason))
    return undefined
  const made = estate.ground.acm.madeBy(invocation)
  return made.length > 0 && !made.includes(answer.PhysicalResourceId)
    ? `C2/C4: the failed ${pending.event.RequestType} names ${answer.PhysicalResourceId} instead of ${made.at(-1)}`
    : undefined
}

const isIssuedInTheEnd: Rule = (the) => {
  const certificate = isReached(the) ? certificateOf(the) : undefined
  const { Attempt, Attempts } = the.pending.event.ResourceProperties
  if (!certificate || (the.answer.Data['Status'] !== 'ISSUED' && Number(Attempt) < Number(Attempts))) return undefined
  const { fate } = certificate
  // What died after the run looked at it was issued before.
  if (fate && fate.status !== 'PENDING_VALIDATION' && fate.at >= the.invocation.startedAt) return undefined
  const status = the.estate.ground.acm.statusOf(certificate)
  return status === 'ISSUED' ? undefined : `D7: success, but the certificate is ${status}`
}

const waitsForItsBudget: Rule = ({ pending, answer, seconds }) => {
  const { BudgetSeconds } = pending.event.ResourceProperties
  const gaveUp = answer.Data['Status'] === 'PENDING' || /was not issued within/.test(answer.Reason)
  return gaveUp && seconds < Number(BudgetSeconds) - 20 ? `D18: gave up after ${seconds} s` : undefined
}

const seesTheEnd: Rule = (the) => {
  const { estate, pending, answer, seconds } = the
  const { fate } = certificateOf(the) ?? {}
  const at = fate && fate.status !== 'PENDING_VALIDATION' ? fate.at : Number.POSITIVE_INFINITY
  const since = seconds - Math.max(0, at - pending.askedAt) / 1000
  // In bad weather a run may crash late, come again, and find the way to its answer blocked.
  const limit = estate.isFair ? 60 : 700
  return pending.event.RequestType !== 'Delete' && since > limit && !/ran out of time/.test(answer.Reason)
    ? `D6: waited for ${since} s for a certificate that is dead`
    : undefined
}

const deletesAtOnce: Rule = ({ estate, pending, seconds }) => {
  const gone = estate.ground.acm.deleted.find(({ arn }) => arn === estate.idBefore(pending))
  // What was brought back minutes ago waits for the run that it was brought back from.
  const isBack = [...(gone?.tags ?? [])].some(
    ([key, value]) => key.startsWith('portcullis:back:') && Number(value) > pending.askedAt - 370_000,
  )
  return estate.isFair &&
    gone &&
    !isBack &&
    gone.releasedAt <= pending.askedAt &&
    gone.inUseUntil <= pending.askedAt &&
    seconds > 10
    ? `D13: the delete of an unused certificate took ${seconds} s`
    : undefined
}

const isInUse: Rule = ({ estate, pending, answer }) => {
  const certificate = estate.ground.acm.certificates.get(estate.idBefore(pending))
  const isFree = !certificate || (certificate.inUseBy.size === 0 && certificate.releasedAt < pending.askedAt)
  return isFree && /still in use by/.test(answer.Reason)
    ? `C6: nothing uses ${estate.idBefore(pending)}, but its delete says: ${answer.Reason}`
    : undefined
}

/** Of what an alias was asked to be, by the records of the zone. */
const isWhole = ({ estate, pending }: Case): boolean => {
  const { HostedZoneId, Name, RecordTypes } = pending.event.ResourceProperties
  const zone = estate.ground.route53.zones.get(HostedZoneId)
  return [...RecordTypes].every((type) => zone?.records.has(`${Name}. ${type}`))
}

const goneIsDeleted: Rule = (the) => {
  const { pending, answer } = the
  if (pending.event.RequestType !== 'Delete' || answer.Status !== 'FAILED') return undefined
  // Route 53 says this of a record that is gone, but of much else too.
  const isRefused = /InvalidChangeBatch/.test(answer.Reason) && !isWhole(the)
  return isRefused || /NotFound|not found/.test(answer.Reason)
    ? `B8: a delete failed because something is gone: ${answer.Reason}`
    : undefined
}

const rules: Readonly<Record<string, readonly Rule[]>> = {
  'Custom::PortcullisCertificate': [
    recordsAreThere,
    doesNotWaitForIssuance,
    namesWhatItMade,
    seesTheEnd,
    deletesAtOnce,
    isInUse,
    goneIsDeleted,
  ],
  'Custom::PortcullisCertificateIssued': [isIssuedInTheEnd, waitsForItsBudget, seesTheEnd],
  'Custom::PortcullisAliasRecord': [goneIsDeleted],
}

export const untruths = (the: Omit<Case, 'seconds'>): string[] => {
  const seconds = (the.estate.clock.now() - the.pending.askedAt) / 1000
  return (rules[the.pending.event.ResourceType] ?? []).flatMap((rule) => rule({ ...the, seconds }) ?? [])
}
