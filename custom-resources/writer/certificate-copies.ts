import type { Tag } from '@aws-sdk/client-acm'
import { certificateArn } from '../runtime/arn.ts'
import { call } from '../runtime/aws.ts'
import type { AwsError } from '../runtime/errors.ts'
import type { Task } from '../runtime/task.ts'
import { find, isAlive, remove } from './certificate-lookup.ts'
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
import type { Acm } from './clients.ts'
import { plain } from './names.ts'

//! ---- Copies of an event that run when CloudFormation has gone on, and what they leave ----

//! An event asks for its certificate in its first minutes or never. So a delete that overtakes one which CloudFormation
//! gave up knows how long to look: as long as a copy of it may still ask, and until ACM shows what was asked for last.
export const mayAsk = 300_000
const isShown = 60_000
export const sentAt = (task: Task): number => task.asked ?? task.started

export const isArn = (id: string): boolean => certificateArn.test(id)

//! When an update brings back a certificate that was there, it most likely rolls another one back, which may be running
//! still and ask for a certificate yet. A tag on the one that was there says so, with the specification of the other and
//! the time; its delete looks for such a certificate. Another copy of this very update may also be running still. It
//! asks for nothing while it finds what this one found, so a tag with that specification says how long it must stay.
//! A later update to that very specification takes the other over, and says so before it looks for it. Neither tag
//! overwrites the other, because the run that was rolled back may be the last to write.
export const backTag = (spec: string): string => `portcullis:back:${spec}`
export const takenTag = (spec: string): string => `portcullis:taken:${spec}`
const timeOf = (tags: readonly Tag[], key: string): number => Number(tags.find(({ Key }) => Key === key)?.Value ?? 0)
const backs = (tags: readonly Tag[]): { readonly spec: string; readonly at: number }[] =>
  tags.flatMap(({ Key = '', Value }) => {
    const [, spec] = Key.split(backTag(''))
    const at = Number(Value)
    return spec && at >= timeOf(tags, takenTag(spec)) ? [{ spec, at }] : []
  })

export const addTags = (task: Task, acm: Acm, CertificateArn: string, tags: OwnTags): Promise<unknown> =>
  call(task, acm, 'addTagsToCertificate', { CertificateArn, Tags: asTags({ ...tags, ...stackTags(task) }) })

/** Adds tags that hold when this event was sent. */
export const mark = (task: Task, acm: Acm, arn: string, keys: readonly string[]): Promise<unknown> =>
  addTags(task, acm, arn, Object.fromEntries(keys.map((key) => [key, `${sentAt(task)}`])))

/** Says on a certificate that was there before the event with this token which ones may still be asked for, and since when. */
export const label = async (task: Task, acm: Acm, arn: string, token: string, specs: readonly string[]) => {
  const tags = (await tagsOf(task, acm, arn)) ?? []
  if (hasTags(tags, { [requestTag]: token })) return
  const keys = specs.map(backTag).filter((key) => timeOf(tags, key) < sentAt(task))
  if (keys.length > 0) await mark(task, acm, arn, keys)
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
  for (const arn of await findTagged(task, acm, tags, domains, undefined, true)) {
    const { CreatedAt, InUseBy } = (await find(task, acm, arn)) ?? {}
    if (CreatedAt && CreatedAt.getTime() < bound + 1000 && !InUseBy?.length && !keep.includes(arn)) found.push(arn)
  }
  return found
}

//! An update that was cut off may have left a certificate that CloudFormation never heard of. The update that rolls it
//! back removes it at once if it can: it has the specification of the old properties, and is not what they name. This
//! may be a copy of that update which comes late: what a later update has taken over since then stays.
export const removeStrays = async (
  task: Task,
  acm: Acm,
  spec: string,
  keep: readonly [chosen: string, before: string],
) => {
  try {
    const tags = { ...stackTags(task), [specTag]: spec }
    for (const arn of await unused(task, acm, tags, [], sentAt(task), keep))
      if (timeOf((await tagsOf(task, acm, keep[0])) ?? [], takenTag(spec)) < sentAt(task)) await remove(task, acm, arn)
  } catch (error) {
    task.log('strays', { status: `kept: ${(error as AwsError)?.name}` }, 'warn')
  }
}

export const strays = async (task: Task, acm: Acm, tags: readonly Tag[], bound: number): Promise<string[]> => {
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

/** Until when what CloudFormation gave up may still make a certificate. */
export const quietFrom = (task: Task, tags: readonly Tag[]): number => {
  const { physicalId: id, event } = task
  //! A create that answered is over; of one that did not, a copy may be running, or come once more.
  const isOver = isArn(id) || id === `portcullis:none:${event.LogicalResourceId}`
  const last = Math.max(isOver ? 0 : sentAt(task), ...backs(tags).map(({ at }) => at))
  return Math.max(sentAt(task), last + mayAsk + isShown)
}
