import type { CertificateDetail, KeyAlgorithm, Tag } from '@aws-sdk/client-acm'
import { certificateArn, placeOf } from '../runtime/arn.ts'
import { call, rightsMayBeNew, whileNew } from '../runtime/aws.ts'
import { isDead, whyDead } from '../runtime/certificate-status.ts'
import { type AwsError, Failure, isDenied, isInUse, isNotFound, isTransient } from '../runtime/errors.ts'
import { poll } from '../runtime/poll.ts'
import type { Resource, Task } from '../runtime/task.ts'
import { removeUnusedRecords } from './certificate-cleanup.ts'
import { sha256, type Wanted, wantedOf } from './certificate-properties.ts'
import { asTags, findTagged, hasTags, type OwnTags, specTag, stackTags, tagsOf } from './certificate-search.ts'
import type { Acm, Clients } from './clients.ts'
import { plain } from './names.ts'
import { recordsOf, writeRecords } from './validation-records.ts'
import { openZones, zoneOf } from './zones.ts'

//! ---- Custom::PortcullisCertificate: requests a certificate and writes its validation records ----
//! It never waits for the validation, so CloudFormation knows the ARN before the long wait begins.

const describe = async (task: Task, acm: Acm, CertificateArn: string, fresh = false): Promise<CertificateDetail> =>
  (await call(task, acm, 'describeCertificate', { CertificateArn }, (fresh ? whileNew : rightsMayBeNew)(task)))
    .Certificate ?? {}

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

//! An event asks for its certificate in its first minutes or never. So a delete that overtakes one which CloudFormation
//! gave up knows how long to look: as long as a copy of it may still ask, and until ACM shows what was asked for last.
const mayAsk = 300_000
const isShown = 60_000
const sentAt = (task: Task): number => task.asked ?? task.started

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
      IdempotencyToken: `${own['portcullis:request']}`.slice(0, 32),
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

const isArn = (id: string): boolean => certificateArn.test(id)

//! When an update brings back a certificate that was there, it most likely rolls another one back, which may be running
//! still and ask for a certificate yet. A tag on the one that was there says so, with the specification of the other and
//! the time; its delete looks for such a certificate. A later update to that very specification takes the other
//! over, and says so before it looks for it. Neither tag overwrites the other, because the run that was rolled back may be the last to write.
const backTag = (spec: string): string => `portcullis:back:${spec}`
const takenTag = (spec: string): string => `portcullis:taken:${spec}`
const timeOf = (tags: readonly Tag[], key: string): number => Number(tags.find(({ Key }) => Key === key)?.Value ?? 0)
const backs = (tags: readonly Tag[]): { readonly spec: string; readonly at: number }[] =>
  tags
    .filter(({ Key = '' }) => Key.startsWith(backTag('')))
    .map(({ Key = '' }) => ({ spec: Key.slice(backTag('').length), at: timeOf(tags, Key) }))
    .filter(({ spec, at }) => at >= timeOf(tags, takenTag(spec)))

const addTags = (task: Task, acm: Acm, CertificateArn: string, tags: OwnTags): Promise<unknown> =>
  call(task, acm, 'addTagsToCertificate', { CertificateArn, Tags: asTags({ ...tags, ...stackTags(task) }) })

interface Chosen {
  readonly arn: string
  /** Whether it was there before this event asked for anything. */
  readonly wasThere: boolean
  /** The tags of the certificate that CloudFormation knows so far. */
  readonly present: readonly Tag[]
}

/** The certificate of this specification: the present one, an earlier one (rollback), or a new one. */
const choose = async (task: Task, acm: Acm, wanted: Wanted, spec: string, user: OwnTags): Promise<Chosen> => {
  const own = { ...stackTags(task), [specTag]: spec }
  const { RequestType, StackId, LogicalResourceId, RequestId, ResponseURL } = task.event
  const before = task.physicalId
  const isUpdate = RequestType === 'Update'
  const present = isUpdate && isArn(before) ? ((await tagsOf(task, acm, before)) ?? []) : []
  if (isUpdate) {
    if (hasTags(present, own) && (await isAlive(task, acm, before))) return { arn: before, wasThere: true, present }
    if (present.some(({ Key }) => Key === backTag(spec)))
      await addTags(task, acm, before, { [takenTag(spec)]: String(sentAt(task)) })
    const [arn] = [
      ...(await findTagged(task, acm, own, [wanted.domain], ['ISSUED'])),
      ...(await findTagged(task, acm, own, [wanted.domain], ['PENDING_VALIDATION'])),
    ]
    if (arn) return { arn, wasThere: true, present }
  }
  const token = sha256([StackId, LogicalResourceId, RequestId, ResponseURL, spec].join('|'))
  const arn = await request(task, acm, wanted, { ...own, 'portcullis:request': token }, user)
  return { arn, wasThere: false, present }
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

const isOlder = (found: CertificateDetail | undefined, asked: number): boolean =>
  found?.CreatedAt !== undefined && found.CreatedAt.getTime() < asked + 1000

/** What the update before was about; undefined when another version of the generator wrote it. */
const oldOf = (task: Task): ReturnType<typeof wantedOf> | undefined => {
  try {
    const { OldResourceProperties = {} } = task.event as { OldResourceProperties?: Record<string, unknown> }
    return wantedOf(OldResourceProperties, task.here.region)
  } catch {
    return undefined
  }
}

/** Says on the certificate that it was brought back, from which specification. */
const label = async (
  task: Task,
  acm: Acm,
  { arn, wasThere, present }: Chosen,
  before: string,
  spec: string,
  old: string,
) => {
  if (!wasThere || old === spec) return
  const tags = arn === before ? present : ((await tagsOf(task, acm, arn)) ?? [])
  const now = sentAt(task)
  if (timeOf(tags, backTag(old)) < now) await addTags(task, acm, arn, { [backTag(old)]: String(now) })
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

/**
 * Certificates with these tags that nothing uses: of runs that CloudFormation never heard of. What is younger than the
 * event belongs to a later one.
 */
const unused = async (
  task: Task,
  acm: Acm,
  tags: OwnTags,
  domains: readonly string[],
  bound: number,
  keep: readonly string[] = [task.physicalId],
) => {
  const found: string[] = []
  for (const arn of await findTagged(task, acm, tags, domains, [], true)) {
    const certificate = await find(task, acm, arn)
    if (isOlder(certificate, bound) && !certificate?.InUseBy?.length && !keep.includes(arn)) found.push(arn)
  }
  return found
}

//! An update that was cut off may have left a certificate that CloudFormation never heard of. The update that rolls it
//! back removes it at once if it can: it has the specification of the old properties, and is not what they name. This
//! may be a copy of that update which comes late: what a later update has taken over since then stays.
const removeStrays = async (task: Task, acm: Acm, spec: string, keep: readonly [chosen: string, before: string]) => {
  try {
    const tags = { ...stackTags(task), [specTag]: spec }
    for (const arn of await unused(task, acm, tags, [], sentAt(task), keep))
      if (timeOf((await tagsOf(task, acm, keep[0])) ?? [], takenTag(spec)) < sentAt(task)) await remove(task, acm, arn)
  } catch (error) {
    task.log('strays', { status: `kept: ${(error as AwsError)?.name}` }, 'warn')
  }
}

const strays = async (task: Task, acm: Acm, tags: readonly Tag[], bound: number): Promise<string[]> => {
  const mine = stackTags(task)
  const { physicalId: id, event } = task
  //! A create that failed early never told an ARN; it may have made a certificate all the same.
  if (!isArn(id)) return unused(task, acm, mine, [plain(String(event.ResourceProperties['DomainName'] ?? ''))], bound)
  const specs = new Set(backs(tags).map(({ spec }) => spec))
  const own = tags.find(({ Key }) => Key === specTag)?.Value
  //! One that died was replaced by one of the same specification, on which the stack lives.
  if (own && (await isAlive(task, acm, id))) specs.add(own)
  const found: string[] = []
  for (const spec of specs) found.push(...(await unused(task, acm, { ...mine, [specTag]: spec }, [], bound)))
  return found
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

/** Until when what CloudFormation gave up may still make a certificate. */
const quietFrom = (task: Task, tags: readonly Tag[]): number => {
  const { physicalId: id, event } = task
  //! A create that answered is over; of one that did not, a copy may be running, or come once more.
  const isOver = isArn(id) || id === `portcullis:none:${event.LogicalResourceId}`
  return Math.max(sentAt(task) + (isOver ? 0 : mayAsk + isShown), ...backs(tags).map(({ at }) => at + mayAsk + isShown))
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
    const chosen = await choose(task, acm, wanted, spec, user)
    const { arn } = chosen
    task.physicalId = arn
    const records = await waitForRecords(task, acm, arn, names)
    await writeRecords(zones, records)
    if (task.event.RequestType === 'Update') {
      const old = oldOf(task)
      if (properties.Tags.length > 0) await addTags(task, acm, arn, user)
      if (old) {
        await label(task, acm, chosen, before, spec, old.spec)
        await removeStrays(task, acm, old.spec, [arn, before])
      }
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
