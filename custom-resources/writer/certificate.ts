import type { CertificateDetail, KeyAlgorithm } from '@aws-sdk/client-acm'
import { certificateArn, placeOf } from '../runtime/arn.ts'
import { call, rightsMayBeNew } from '../runtime/aws.ts'
import { isDead, whyDead } from '../runtime/certificate-status.ts'
import { type AwsError, Failure, isDenied, isInUse, isNotFound } from '../runtime/errors.ts'
import { poll } from '../runtime/poll.ts'
import type { Resource, Task } from '../runtime/task.ts'
import { removeUnusedRecords } from './certificate-cleanup.ts'
import { sha256, type Wanted, wantedOf } from './certificate-properties.ts'
import { asTags, findTagged, hasTags, type OwnTags, stackTags, tagsOf } from './certificate-search.ts'
import type { Acm, Clients } from './clients.ts'
import { plain } from './names.ts'
import { recordsOf, writeRecords } from './validation-records.ts'
import { openZones, zoneOf } from './zones.ts'

//! ---- Custom::PortcullisCertificate: requests a certificate and writes its validation records ----
//! It never waits for the validation, so CloudFormation knows the ARN before the long wait begins.

const describe = async (task: Task, acm: Acm, CertificateArn: string, fresh = false): Promise<CertificateDetail> => {
  const asked = task.world.now()
  //! A new certificate may be unknown for some seconds.
  const forgive = (error: unknown) =>
    rightsMayBeNew(task)(error) || (fresh && isNotFound(error) && task.world.now() - asked < 60_000)
  return (await call(task, acm, 'describeCertificate', { CertificateArn }, forgive)).Certificate ?? {}
}

//! Our rights depend on the certificate's tags, so AWS may refuse instead of saying that it is gone; the right to
//! list tags does not, and tells.
const unlessGone = async <T>(task: Task, acm: Acm, arn: string, work: Promise<T>): Promise<T | undefined> =>
  work.catch(async (error) => {
    if (isNotFound(error) || (isDenied(error) && !(await tagsOf(task, acm, arn)))) return undefined
    throw error
  })

const find = (task: Task, acm: Acm, arn: string, fresh = false): Promise<CertificateDetail | undefined> =>
  unlessGone(task, acm, arn, describe(task, acm, arn, fresh))

const remove = (task: Task, acm: Acm, arn: string): Promise<unknown> =>
  unlessGone(task, acm, arn, call(task, acm, 'deleteCertificate', { CertificateArn: arn }))

const isAlive = async (task: Task, acm: Acm, arn: string): Promise<boolean> => {
  const found = await find(task, acm, arn)
  return found !== undefined && !isDead(found.Status)
}

//! The same event gives the same token, and ACM then the same certificate; a repeated deployment may have the
//! same RequestId, and then gets the certificate of the earlier try, which may be dead: that one is passed over.
const request = async (task: Task, acm: Acm, { domain, sans, keyAlgorithm }: Wanted, own: OwnTags, user: OwnTags) => {
  const before = task.physicalId
  const base = own['portcullis:request'] ?? ''
  for (let variant = 0; variant <= 3; variant++) {
    const { CertificateArn: arn = '' } = await call(task, acm, 'requestCertificate', {
      DomainName: domain,
      ...(sans.length > 0 && { SubjectAlternativeNames: [...sans] }),
      ValidationMethod: 'DNS',
      KeyAlgorithm: keyAlgorithm as KeyAlgorithm,
      IdempotencyToken: sha256(`${base}|${variant}`).slice(0, 32),
      Tags: asTags({ ...user, ...own }),
    }).catch((error: AwsError) => {
      if (!/LimitExceeded|Quota/.test(`${error?.name}`)) throw error
      throw new Failure(
        'state',
        `ACM gives no further certificate - ${error.message} - raise its quota in Service Quotas, or delete unused ones`,
      )
    })
    task.physicalId = arn
    const found = await find(task, acm, arn, true)
    //! The delete of one that is gone could not tell what else there was; without an ARN it searches.
    if (!found) task.physicalId = before
    const names = [...new Set([domain, ...(found?.SubjectAlternativeNames ?? []).map(plain)])].sort().join()
    if (found && names !== [domain, ...sans].sort().join()) {
      task.physicalId = before
      throw new Failure('state', `ACM answered with certificate ${arn} for other names: ${names} - deploy again`)
    }
    if (found && !isDead(found.Status)) return arn
    task.log('request', { status: `${arn} is ${found?.Status ?? 'gone'}`, attempt: variant + 1 }, 'warn')
    if (found && variant === 3) throw new Failure('state', whyDead(found))
  }
  throw new Failure('state', 'ACM answered four times with a certificate that is gone - deploy again in an hour')
}

const isArn = (id: string): boolean => certificateArn.test(id)

/** The certificate of this specification: the present one, an earlier one (rollback), or a new one. */
const arnFor = async (task: Task, acm: Acm, wanted: Wanted, spec: string, user: OwnTags): Promise<string> => {
  const own = { ...stackTags(task), 'portcullis:spec': spec }
  const { RequestType, StackId, LogicalResourceId, RequestId } = task.event
  if (RequestType === 'Update') {
    const present = isArn(task.physicalId) ? ((await tagsOf(task, acm, task.physicalId)) ?? []) : []
    if (hasTags(present, own) && (await isAlive(task, acm, task.physicalId))) return task.physicalId
    const [earlier] = [
      ...(await findTagged(task, acm, own, [wanted.domain], ['ISSUED'])),
      ...(await findTagged(task, acm, own, [wanted.domain], ['PENDING_VALIDATION'])),
    ]
    if (earlier) return earlier
  }
  const base = sha256([StackId, LogicalResourceId, RequestId, spec].join('|'))
  return request(task, acm, wanted, { ...own, 'portcullis:request': base }, user)
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

const isOlder = (found: CertificateDetail | undefined, asked = 0): boolean =>
  found?.CreatedAt !== undefined && found.CreatedAt.getTime() < asked + 1000

//! An update that was cut off may have left a certificate that CloudFormation never heard of. The update that
//! rolls it back removes it: it has the specification of the old properties, and is not what they name. One that
//! is younger than the event belongs to a later update: this event then is a copy that came late.
const removeStrays = async (task: Task, acm: Acm, keep: readonly string[]): Promise<void> => {
  const old = (task.event as { OldResourceProperties?: Record<string, unknown> }).OldResourceProperties
  try {
    const { wanted, spec } = wantedOf(old ?? {}, task.here.region)
    for (const arn of await findTagged(task, acm, { ...stackTags(task), 'portcullis:spec': spec }, [wanted.domain]))
      if (!keep.includes(arn) && isOlder(await find(task, acm, arn), task.asked)) await remove(task, acm, arn)
  } catch (error) {
    task.log('strays', { status: `kept: ${(error as AwsError)?.name}` }, 'warn')
  }
}

/** ACM refuses while something uses the certificate, and for minutes after. */
const destroy = async (task: Task, acm: Acm, CertificateArn: string): Promise<void> => {
  const deleted = await poll(task, { pause: [10_000, 10_000] }, async () => {
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
    'state',
    `certificate ${CertificateArn} is still in use by ${InUseBy.slice(0, 3).join(', ')} - delete that first, then retry the delete`,
  )
}

/**
 * Which certificates a deletion means; only ever ones that carry the tags of this very resource. The one that leads
 * to its siblings is the last, so that a run that is cut off can be repeated.
 */
const doomed = async (task: Task, clients: Clients): Promise<string[]> => {
  const mine = stackTags(task)
  const domain = plain(String(task.event.ResourceProperties['DomainName'] ?? ''))
  const id = task.physicalId
  //! A create that failed early never told an ARN; it may have made a certificate all the same.
  if (!isArn(id)) return findTagged(task, clients.acm(task.here.region), mine, [domain])
  const { partition, region, account } = placeOf(id)
  const tags =
    partition === task.here.partition && account === task.here.account
      ? await tagsOf(task, clients.acm(region), id)
      : []
  if (!tags) return []
  if (!hasTags(tags, mine)) {
    task.log('delete', { status: 'not ours, so it stays' }, 'warn')
    return []
  }
  const made = tags.find((tag) => tag.Key === 'portcullis:request')?.Value ?? ''
  const siblings = await findTagged(task, clients.acm(region), { ...mine, 'portcullis:request': made }, [domain])
  return [...siblings.filter((arn) => arn !== id), id]
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
    const arn = await arnFor(task, acm, wanted, spec, user)
    task.physicalId = arn
    const records = await waitForRecords(task, acm, arn, names)
    await writeRecords(zones, records)
    if (task.event.RequestType === 'Update') {
      if (properties.Tags.length > 0)
        await call(task, acm, 'addTagsToCertificate', {
          CertificateArn: arn,
          Tags: asTags({ ...user, ...stackTags(task) }),
        })
      await removeStrays(task, acm, [arn, before])
    }
    const ValidationRecords = records.map(({ name, value }) => `${name} CNAME ${value}`).join('; ')
    return { CertificateArn: arn, ValidationRecords: ValidationRecords.slice(0, 1000) }
  },

  async remove(task) {
    for (const arn of await doomed(task, clients)) {
      const acm = clients.acm(placeOf(arn).region)
      const cleanUp = task.event.ResourceProperties['ValidationRecords'] === 'deleteIfUnused'
      const last = cleanUp ? await find(task, acm, arn) : undefined
      await destroy(task, acm, arn)
      if (last) await removeUnusedRecords(task, clients, last)
    }
  },
})
