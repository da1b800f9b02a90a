/** What must hold, whatever the code; each check stops at the first thing that does not. */
import { createHash } from 'node:crypto'
import { answerPlace, contextOf, eventOf, loadBundle, type Upload } from './bundles.ts'
import type { Case } from './cases.ts'
import type { Code } from './mutate.ts'

/** What was violated; undefined when all is well. */
export type Check = (code: Code) => Promise<string | undefined>

// Node.js in FIPS mode, as some accounts demand it.
const crypto = {
  createHash(name: string) {
    if (name !== 'sha256') throw new Error('error:0308010C:digital envelope routines::unsupported')
    return createHash(name)
  },
}

/** A case must give a bug away whatever the seed, and find nothing in our own code with any. */
const seeds = [1, 2, 3]

export const inCase =
  (tell: Case): Check =>
  async (code) => {
    const functions = await code.functions({ 'node:crypto': crypto })
    const found: (string | undefined)[] = []
    for (const seed of seeds) found.push(await tell(functions, seed))
    const [violation] = found.filter(Boolean)
    return code.isOurs || found.every(Boolean) ? violation : undefined
  }

type Visit = {
  readonly name?: 'waiter' | 'writer'
  readonly event: Record<string, unknown>
  /** Milliseconds that Lambda gives. */
  readonly msLeft: number
  readonly statuses?: readonly (number | 'silent')[]
  readonly modules?: Record<string, unknown>
}
/** Our own code is done in a second or two; the rest is for a busy machine. */
const patience = 6000
type Seen = { readonly uploads: readonly Upload[]; readonly end: 'done' | 'threw' | 'hangs' }

/** One event to the whole function, which uploads its answer over real HTTP. */
async function visit(code: Code, { name = 'writer', event, msLeft, statuses, modules }: Visit) {
  const text = await code.bundle(name)
  const place = await answerPlace(statuses)
  let timer: NodeJS.Timeout | undefined
  try {
    const { handler } = loadBundle(text, { 'node:https': place.https, ...modules })
    const end = await Promise.race([
      handler(eventOf(event), contextOf(msLeft)).then(
        () => 'done' as const,
        () => 'threw' as const,
      ),
      new Promise<'hangs'>((resolve) => {
        timer = setTimeout(() => resolve('hangs'), patience)
      }),
    ])
    return { uploads: place.uploads, end } satisfies Seen
  } finally {
    clearTimeout(timer)
    await place.close()
  }
}

/** A long reason in letters of more than one byte each. */
export const upload: Check = async (code) => {
  const { uploads } = await visit(code, {
    event: { ResourceType: `Custom::${'Prüfung ✗ '.repeat(600)}` },
    msLeft: 60_000,
  })
  const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = uploads
  if (headers['content-type']) return `A10: the upload has the content type ${headers['content-type']}`
  if (body.byteLength > 4096) return `A11: the answer has ${body.byteLength} bytes`
  try {
    const { Reason } = JSON.parse(body.toString())
    return /Prüfung/.test(Reason) ? undefined : `A12: the reason does not say what failed: ${Reason}`
  } catch {
    return `A9: the answer did not arrive whole: ${body.byteLength} bytes`
  }
}

export const silentUpload: Check = async (code) => {
  const event = { ResourceType: 'Custom::Other' }
  const { end } = await visit(code, { event, msLeft: 2300, statuses: ['silent'] })
  return end === 'hangs' ? 'A7: an upload that nobody answers is waited for without end' : undefined
}

export const refusedUpload: Check = async (code) => {
  const event = { ResourceType: 'Custom::Other' }
  const { uploads } = await visit(code, { event, msLeft: 60_000, statuses: Array(9).fill(403) })
  return uploads.length > 2 ? `A6: a refused upload was tried ${uploads.length} times` : undefined
}

const linkEvent = { ResourceType: 'Custom::PortcullisVpcLinkReady', ResourceProperties: { VpcLinkId: 'link1' } }

export const hangingCall: Check = async (code) => {
  const ApiGatewayV2 = class {
    getVpcLink = () => new Promise(() => {})
  }
  const modules = { '@aws-sdk/client-apigatewayv2': { ApiGatewayV2 } }
  const { uploads } = await visit(code, { name: 'waiter', event: linkEvent, msLeft: 20_500, modules })
  return uploads.length === 0 ? 'A3: no answer before the time of the run is up' : undefined
}

export const missingSdk: Check = async (code) => {
  const modules = { '@aws-sdk/client-apigatewayv2': new Error('Cannot find module') }
  const seen = visit(code, { name: 'waiter', event: linkEvent, msLeft: 60_000, modules })
  const { uploads } = await seen.catch(() => ({ uploads: [] }))
  return uploads.length === 0 ? 'A19: no answer when the runtime has no SDK' : undefined
}
