import type { World } from './world.ts'

//! ---- The answer to CloudFormation ----

const bytes = (text: string) => Buffer.byteLength(text)

/** Shortens a text to a number of bytes without cutting a character in two. */
export const cut = (text: string, limit: number): string =>
  bytes(text) <= limit
    ? text
    : `${Buffer.from(text)
        .subarray(0, limit - 3)
        .toString()
        .replace(/\uFFFD+$/, '')}...`

/** The body; CloudFormation refuses more than 4,096 bytes. */
export const bodyOf = (answer: Record<string, unknown>, pointer: string): Buffer => {
  const text = JSON.stringify(answer)
  if (bytes(text) <= 4096) return Buffer.from(text)
  const { Data: _, ...rest } = answer
  return Buffer.from(JSON.stringify({ ...rest, Status: 'FAILED', Reason: `the answer was too long ${pointer}` }))
}

//! Tries as long as there is time. A refusal (4xx) is tried once more only, because the URL will not get better. When nothing helps it throws, so that Lambda delivers the event again; an answer
//! of the other kind is never sent instead.
export const respond = async (
  world: World,
  url: string,
  body: Buffer,
  msLeft: () => number,
  log: (step: string, fields: Record<string, unknown>) => void,
): Promise<void> => {
  let last = ''
  let refusals = 0
  for (let tries = 1; refusals < 2; tries++) {
    const left = msLeft() - 1000
    if (left <= 0 && tries > 1) break
    try {
      const status = await world.put(url, body, Math.max(1000, Math.min(10_000, left)))
      last = `HTTP ${status}`
      log('answer', { status: last, bytes: body.byteLength, attempt: tries })
      if (status >= 200 && status < 300) return
      if (status >= 300 && status < 500 && status !== 429 && status !== 408) refusals++
    } catch (error) {
      last = String((error as NodeJS.ErrnoException)?.code ?? 'no connection')
      log('answer', { status: last, attempt: tries })
    }
    const pause = Math.min(15_000, 200 * 2 ** tries) * (0.5 + world.random() / 2)
    if (pause > msLeft() - 1000) break
    await world.sleep(pause, new AbortController().signal)
  }
  throw new Error(`CloudFormation did not take the answer: ${last}`)
}
