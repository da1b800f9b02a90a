import type { CloudFormationCustomResourceEvent } from 'aws-lambda'
import type { Task } from './task.ts'

/** Kept back at the end of a run for the answer. */
const reserve = 20_000

//! ---- Deadline ----
//! The run ends 20 seconds before Lambda would end it, and before CloudFormation stops listening. When
//! CloudFormation started to listen is in the signature of the answer's URL (best effort).

const patienceOf = (event: CloudFormationCustomResourceEvent): number =>
  (Number(event.ResourceProperties?.['ServiceTimeout']) || 3600) * 1000

export const limits = (event: CloudFormationCustomResourceEvent, now: number, msLeft: number) => {
  const date = /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(event.ResponseURL)
  const [, y, mo, d, h, mi, s] = date ?? []
  const asked = date ? Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) : undefined
  const listens = asked === undefined ? Number.POSITIVE_INFINITY : asked + patienceOf(event)
  return { asked, late: now >= listens, end: Math.min(now + msLeft, listens) - reserve }
}

//! Lambda sends an event whose run failed twice more, after one and two minutes. Which delivery this is, it does not say;
//! one that came at once is the first. So a run that is too short may leave the rest to the next one, without an answer.
export const comesAgain = ({ event, asked, started, world }: Task): boolean =>
  asked !== undefined && started - asked < 50_000 && asked + patienceOf(event) - world.now() > 180_000
