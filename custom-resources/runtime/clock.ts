import type { CloudFormationCustomResourceEvent } from 'aws-lambda'

/** Kept back at the end of a run for the answer. */
const reserve = 20_000

//! ---- Deadline ----
//! The run ends 20 seconds before Lambda would end it, and before CloudFormation stops listening. When
//! CloudFormation started to listen is in the signature of the answer's URL (best effort).

export const limits = (event: CloudFormationCustomResourceEvent, now: number, msLeft: number) => {
  const date = /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(event.ResponseURL)
  const seconds = Number(event.ResourceProperties?.['ServiceTimeout']) || 3600
  const [, y, mo, d, h, mi, s] = date ?? []
  const asked = date ? Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) : undefined
  const listens = asked === undefined ? Number.POSITIVE_INFINITY : asked + seconds * 1000
  return { asked, late: now >= listens, end: Math.min(now + msLeft, listens) - reserve }
}
