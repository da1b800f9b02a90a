import { trace as follow, fromOf, hostRemedy, isHostName, requestOf, requestRemedy } from '../verifier/index.ts'
import type { Trace } from '../verifier/trace/found.ts'
import { judged } from './judged.ts'
import type { Template, VerifyOptions } from './verify.ts'
import { WrongDeclaration } from './wrong-declaration.ts'

export type TraceOptions = Pick<VerifyOptions, 'readFile' | 'parameters'> & {
  /** `--host`: the host that the client names; left out, the domain of the API. */
  readonly host?: string | undefined
  /** `--header`: headers by name; the value `...` stands for one that is accepted. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** `--from`: `internet`, `vpc` or an address; the request is then sent past the API. */
  readonly from?: string | undefined
  /** The time at which tokens are looked at; left out, now. */
  readonly now?: Date | undefined
}

/**
 * The way of one request through templates, hop by hop, and where it ends: what `portcullis trace --format json` prints.
 * `request` is a method and a path, such as `GET /orders/17`.
 *
 * Throws `UnreadableTemplate` and `WrongDeclaration` as `verify` does.
 */
export function trace(templates: readonly Template[], request: string, options: TraceOptions = {}): Trace {
  const { host, headers = {}, from: sender, now = new Date() } = options
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const asked = requestOf(request, named, host)
  if (!asked) throw new WrongDeclaration(`${request}: ${requestRemedy(request)}`)
  if (host !== undefined && !isHostName(host)) throw new WrongDeclaration(`host ${host}: ${hostRemedy}`)
  const from = sender === undefined ? undefined : fromOf(sender)
  if (sender !== undefined && from === undefined)
    throw new WrongDeclaration(`from ${sender}: write internet, vpc or an address`)
  return judged(templates, options, (input) =>
    follow({ ...input, request: asked, now: now.getTime() / 1000, ...(from === undefined ? {} : { from }) }),
  )
}
