import type { KeyAlgorithm, Tag } from '@aws-sdk/client-acm'
import { placeOf } from '../runtime/arn.ts'
import { call } from '../runtime/aws.ts'
import { isDead, whyDead } from '../runtime/certificate-status.ts'
import { type AwsError, Failure, isInUse, isTransient } from '../runtime/errors.ts'
import { poll } from '../runtime/poll.ts'
import type { Resource, Task } from '../runtime/task.ts'
import { removeUnusedRecords } from './certificate-cleanup.ts'
import {
  addTags,
  backTag,
  isArn,
  label,
  mark,
  mayAsk,
  quietFrom,
  removeStrays,
  sentAt,
  strays,
  takenTag,
} from './certificate-copies.ts'
import { describe, find, isAlive, remove } from './certificate-lookup.ts'
import { sha256, type Wanted, wantedOf } from './certificate-properties.ts'
import {
  asTags,
  findTagged,
  hasTags,
  type OwnTags,
  requestTag,
  specTag,
  stackTags,
  tagsOf,
} from './certificate-search.ts'
import type { Acm, Clients } from './clients.ts'
import { plain } from './names.ts'
import { recordsOf, writeRecords } from './validation-records.ts'
import { openZones, zoneOf } from './zones.ts'

//! ---- Custom::PortcullisCertificate: requests a certificate and writes its validation records ----
//! It never waits for the validation, so CloudFormation knows the ARN before the long wait begins.

/** Where nothing is known of a certificate, but ACM may have made one. */
const unheard = ({ event }: Task): string => `portcullis:asked:${event.LogicalResourceId}`

//! The same event gives the same token, and ACM then the same certificate. The URL of the answer is part of it, because
//! a repeated deployment may have the same RequestId, and would get the certificate of the earlier try, which is gone.
const request = async (task: Task, acm: Acm, { domain, sans, keyAlgorithm }: Wanted, own: OwnTags, user: OwnTags) => {
  const before = task.physicalId
  const until = sentAt(task) + mayAsk
  let arn = ''
  if (task.world.now() >= until) {
    arn = (await findTagged(task, acm, own, [domain]))[0] ?? ''
    if (!arn) throw new Failure('deadline', 'too late to request a certificate - nothing was requested - deploy again')
  } else {
    if (!isArn(before)) task.physicalId = unheard(task)
    const input = {
      DomainName: domain,
      ...(sans.length > 0 && { SubjectAlternativeNames: [...sans] }),
      ValidationMethod: 'DNS' as const,
      KeyAlgorithm: keyAlgorithm as KeyAlgorithm,
      IdempotencyToken: `${own[requestTag]}`.slice(0, 32),
      Tags: asTags({ ...user, ...own }),
    }
    const answer = await call(task, acm, 'requestCertificate', input, undefined, until).catch((error: AwsError) => {
      //! Refused for good: there is nothing to look for.
      if (error.$metadata?.httpStatusCode && !isTransient(error)) task.physicalId = before
      if (!/LimitExceeded|Quota/.test(`${error?.name}`)) throw error
      throw new Failure(
        'state',
        `ACM gives no further certificate - ${error.message} - raise its quota in Service Quotas, or delete unused ones`,
      )
    })
    arn = answer.CertificateArn ?? ''
  }
  //! The delete of one that is gone could not tell what else there was; without an ARN it searches.
  const tags = await tagsOf(task, acm, arn, true)
  if (!tags) throw new Failure('state', `certificate ${arn} was deleted meanwhile - deploy again`)
  if (hasTags(tags, own)) task.physicalId = arn
  const found = await describe(task, acm, arn, true)
  const names = [...new Set([domain, ...(found.SubjectAlternativeNames ?? []).map(plain)])].sort().join()
  if (names !== [domain, ...sans].sort().join()) {
    task.physicalId = before
    throw new Failure('state', `ACM answered with certificate ${arn} for other names: ${names} - deploy again`)
  }
  if (isDead(found.Status)) throw new Failure('state', whyDead(found))
  return arn
}

/** What the update before was about; undefined when there is none, or another version of the generator wrote it. */
const oldSpecOf = (task: Task): string | undefined => {
  try {
    const { OldResourceProperties } = task.event as { OldResourceProperties?: Record<string, unknown> }
    return wantedOf(OldResourceProperties ?? {}, task.here.region).spec
  } catch {
    return undefined
  }
}

/** The certificate of this specification: the present one, an earlier one (rollback), or a new one. */
const choose = async (
  task: Task,
  acm: Acm,
  wanted: Wanted,
  spec: string,
  old: string | undefined,
  user: OwnTags,
): Promise<string> => {
  const own = { ...stackTags(task), [specTag]: spec }
  const { RequestType, StackId, LogicalResourceId, RequestId, ResponseURL } = task.event
  const before = task.physicalId
  const token = sha256([StackId, LogicalResourceId, RequestId, ResponseURL, spec].join('|'))
  if (RequestType === 'Update') {
    const present = (isArn(before) && (await tagsOf(task, acm, before))) || []
    let [arn] = hasTags(present, own) && (await isAlive(task, acm, before)) ? [before] : []
    if (!arn && present.some(({ Key }) => Key === backTag(spec))) await mark(task, acm, before, [takenTag(spec)])
    for (const status of ['ISSUED', 'PENDING_VALIDATION'] as const)
      arn ??= (await findTagged(task, acm, own, [wanted.domain], [status]))[0]
    if (arn) {
      task.physicalId = arn
      if (old !== spec) await label(task, acm, arn, token, old ? [spec, old] : [spec])
      return arn
    }
    //! Copies of an update that wants what it had ask for nothing while that is there. It goes after the update, and a
    //! copy that finds it gone comes after that.
    if (old === spec && isArn(before) && !(await tagsOf(task, acm, before)))
      throw new Failure('state', `certificate ${before} is gone - to get a new one, deploy with another name`)
  }
  return request(task, acm, wanted, { ...own, [requestTag]: token }, user)
}

/** ACM derives the records some time after the request. */
const waitForRecords = async (task: Task, acm: Acm, arn: string, names: readonly string[]) => {
  let missing = names
  const found = await poll(task, { pause: [2000, 10_000], until: task.world.now() + 300_000 }, async () => {
    const certificate = await describe(task, acm, arn, true)
    if (isDead(certificate.Status)) throw new Failure('state', whyDead(certificate))
    const options = certificate.DomainValidationOptions ?? []
    const known = options.filter((one) => one.ResourceRecord?.Name).map((one) => plain(one.DomainName ?? ''))
    missing = names.filter((name) => !known.includes(name))
    return missing.length === 0 ? certificate : undefined
  })
  if (!found) throw new Failure('deadline', `ACM gave no validation record for ${missing.join(', ')} - deploy again`)
  return recordsOf(found)
}

/** ACM refuses while something uses the certificate, and for minutes after. */
const destroy = async (task: Task, acm: Acm, CertificateArn: string): Promise<void> => {
  const deleted = await poll(task, { pause: [10_000, 10_000], until: task.end - 5000 }, async () => {
    try {
      await remove(task, acm, CertificateArn)
      return true
    } catch (error) {
      if (!isInUse(error)) throw error
      return undefined
    }
  })
  if (deleted) return
  const { InUseBy = [] } = (await find(task, acm, CertificateArn)) ?? {}
  throw new Failure(
    'again',
    `certificate ${CertificateArn} is still in use by ${InUseBy.slice(0, 3).join(', ')} - delete that first, then retry the delete`,
  )
}

/** The tags of the certificate that is to be deleted: of none when there is none, undefined when it is not ours. */
const tagsBefore = async (task: Task, clients: Clients): Promise<readonly Tag[] | undefined> => {
  const { physicalId: id, here } = task
  if (!isArn(id)) return []
  const { partition, region, account } = placeOf(id)
  if (partition !== here.partition || account !== here.account) return undefined
  const tags = await tagsOf(task, clients.acm(region), id)
  return !tags || hasTags(tags, stackTags(task)) ? (tags ?? []) : undefined
}

export const certificate = (clients: Clients): Resource => ({
  async apply(task) {
    const { properties, wanted, spec } = wantedOf(task.event.ResourceProperties, task.here.region)
    const names = [wanted.domain, ...wanted.sans]
    const before = task.physicalId
    const zones = await openZones(task, clients, properties.HostedZones)
    for (const name of names) zoneOf(zones, name.replace(/^\*\./, ''))
    const acm = clients.acm(task.here.region)
    const user = Object.fromEntries(properties.Tags.map(({ Key, Value }) => [Key, Value]))
    const old = oldSpecOf(task)
    const arn = await choose(task, acm, wanted, spec, old, user)
    task.physicalId = arn
    const records = await waitForRecords(task, acm, arn, names)
    await writeRecords(zones, records)
    if (task.event.RequestType === 'Update') {
      if (properties.Tags.length > 0) await addTags(task, acm, arn, user)
      if (old) await removeStrays(task, acm, old, [arn, before])
    }
    const ValidationRecords = records.map(({ name, value }) => `${name} CNAME ${value}`).join('; ')
    return { CertificateArn: arn, ValidationRecords: ValidationRecords.slice(0, 1000) }
  },

  async remove(task) {
    const { physicalId: id } = task
    const tags = await tagsBefore(task, clients)
    if (!tags) {
      task.log('delete', { status: 'not ours, so it stays' }, 'warn')
      return
    }
    const cleanUp = task.event.ResourceProperties['ValidationRecords'] === 'deleteIfUnused'
    const acm = clients.acm(isArn(id) ? placeOf(id).region : task.here.region)
    const destroyWhole = async (arn: string): Promise<void> => {
      const last = cleanUp ? await find(task, acm, arn) : undefined
      await destroy(task, acm, arn)
      if (last) await removeUnusedRecords(task, clients, last)
    }
    const until = quietFrom(task, tags)
    for (;;) {
      for (const arn of await strays(task, acm, tags, until)) await destroyWhole(arn)
      if (task.world.now() >= until) break
      await task.world.sleep(15_000, task.signal)
    }
    //! The one that tells about the others is the last, so that a run that is cut off can be repeated.
    if (tags.length > 0) await destroyWhole(id)
  },
})
