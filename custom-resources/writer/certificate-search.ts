import type { CertificateStatus, KeyAlgorithm, Tag } from '@aws-sdk/client-acm'
import { call, rightsMayBeNew, whileNew } from '../runtime/aws.ts'
import { isNotFound } from '../runtime/errors.ts'
import type { Task } from '../runtime/task.ts'
import type { Acm } from './clients.ts'
import { plain } from './names.ts'

//! ---- Finding certificates ----

/** What ours carry, from the moment of the request on. */
export type OwnTags = Record<string, string>

export const specTag = 'portcullis:spec'
/** The token of the request. */
export const requestTag = 'portcullis:request'
export const stackTags = ({ event }: Task): OwnTags => ({
  'portcullis:stack-id': event.StackId,
  'portcullis:logical-id': event.LogicalResourceId,
})

export const asTags = (tags: OwnTags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

export const hasTags = (tags: readonly Tag[], wanted: OwnTags): boolean =>
  asTags(wanted).every(({ Key, Value }) => tags.some((tag) => tag.Key === Key && tag.Value === Value))

/** Undefined when the certificate is gone. */
export const tagsOf = async (task: Task, acm: Acm, CertificateArn: string, fresh = false): Promise<Tag[] | undefined> =>
  call(task, acm, 'listTagsForCertificate', { CertificateArn }, (fresh ? whileNew : rightsMayBeNew)(task)).then(
    ({ Tags = [] }) => Tags,
    (error) => {
      if (!isNotFound(error)) throw error
      return undefined
    },
  )

//! Without this list ACM leaves out all but RSA_1024 and RSA_2048.
const keyTypes = 'RSA_1024 RSA_2048 RSA_3072 RSA_4096 EC_prime256v1 EC_secp384r1 EC_secp521r1'.split(
  ' ',
) as KeyAlgorithm[]

/** All certificates with one of the domains (of any, when none is named) and one of the statuses, or without users. */
export const listArns = async (
  task: Task,
  acm: Acm,
  statuses: CertificateStatus[] | undefined,
  domains: readonly string[] = [],
  unused = false,
): Promise<string[]> => {
  const arns: string[] = []
  let NextToken: string | undefined
  do {
    const page = await call(task, acm, 'listCertificates', {
      Includes: { keyTypes },
      CertificateStatuses: statuses,
      NextToken,
    })
    for (const { CertificateArn, DomainName = '', InUse } of page.CertificateSummaryList ?? [])
      if (CertificateArn && !(unused && InUse) && (domains.length === 0 || domains.includes(plain(DomainName))))
        arns.push(CertificateArn)
    NextToken = page.NextToken
  } while (NextToken)
  return arns
}

/** The certificates with these tags. */
export const findTagged = async (
  task: Task,
  acm: Acm,
  wanted: OwnTags,
  domains: readonly string[],
  statuses?: CertificateStatus[],
  unused = false,
): Promise<string[]> => {
  const found: string[] = []
  for (const arn of await listArns(task, acm, statuses, domains, unused))
    if (hasTags((await tagsOf(task, acm, arn)) ?? [], wanted)) found.push(arn)
  return found
}
