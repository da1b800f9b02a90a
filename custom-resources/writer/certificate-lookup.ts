import type { CertificateDetail } from '@aws-sdk/client-acm'
import { call, rightsMayBeNew, whileNew } from '../runtime/aws.ts'
import { isDead } from '../runtime/certificate-status.ts'
import { isDenied, isNotFound } from '../runtime/errors.ts'
import type { Task } from '../runtime/task.ts'
import { tagsOf } from './certificate-search.ts'
import type { Acm } from './clients.ts'

//! ---- One certificate: is it there, is it alive, away with it ----

export const describe = async (
  task: Task,
  acm: Acm,
  CertificateArn: string,
  fresh = false,
): Promise<CertificateDetail> =>
  (await call(task, acm, 'describeCertificate', { CertificateArn }, (fresh ? whileNew : rightsMayBeNew)(task)))
    .Certificate ?? {}

//! Our rights depend on the certificate's tags, so AWS may refuse instead of saying that it is gone; the right to
//! list tags does not, and tells.
const unlessGone = async <T>(task: Task, acm: Acm, arn: string, work: Promise<T>): Promise<T | undefined> =>
  work.catch(async (error) => {
    if (isNotFound(error) || (isDenied(error) && !(await tagsOf(task, acm, arn)))) return undefined
    throw error
  })

export const find = (task: Task, acm: Acm, arn: string): Promise<CertificateDetail | undefined> =>
  unlessGone(task, acm, arn, describe(task, acm, arn))

export const remove = (task: Task, acm: Acm, arn: string): Promise<unknown> =>
  unlessGone(task, acm, arn, call(task, acm, 'deleteCertificate', { CertificateArn: arn }))

export const isAlive = async (task: Task, acm: Acm, arn: string): Promise<boolean> => {
  const found = await find(task, acm, arn)
  return !!found && !isDead(found.Status)
}
