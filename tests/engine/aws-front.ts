// A reverse proxy on loopback before moto: it passes every call on, unless it was told what to answer in moto's stead.
// Hosted zones have an id that begins with Z in AWS and with any letter in moto: behind the front, that Z is left out.
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export type AwsCall = {
  readonly service: string
  /** The region and the key that the call was signed for. */
  readonly region: string
  readonly accessKey: string
  readonly action: string
  readonly body: string
}

/** `reset` cuts the connection; `silence` never answers. */
export type Answer = Response | 'reset' | 'silence'
type Response = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** Makes the answer to a call; `moto` passes the call on. */
export type Reply = (moto: () => Promise<Response>, call: AwsCall) => Answer | Promise<Answer>

export type AwsFront = {
  readonly url: string
  readonly calls: AwsCall[]
  /** The next calls of the action get these replies, one each. */
  readonly next: (action: string, ...replies: readonly Reply[]) => void
  /** The calls of the action for which no other reply is left get this one. */
  readonly always: (action: string, reply: Reply) => void
  /** Actions with replies that no call has asked for. */
  readonly unused: () => string[]
  readonly stop: () => Promise<void>
}

export async function startFront(motoUrl: string): Promise<AwsFront> {
  const calls: AwsCall[] = []
  const planned = new Map<string, Reply[]>()
  const usual = new Map<string, Reply>()
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString()
    const { method = '', url = '', headers } = request
    const call = callOf(method, url, headers as Record<string, string>, body)
    calls.push(call)
    const moto = () =>
      passOn(motoUrl + url.replace('/hostedzone/Z', '/hostedzone/'), method, headers as Record<string, string>, body)
    const reply = planned.get(call.action)?.shift() ?? usual.get(call.action) ?? moto
    const answer = await reply(moto, call)
    if (answer === 'reset') (request.socket as Socket).resetAndDestroy()
    else if (answer !== 'silence') response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    next: (action, ...replies) => planned.set(action, [...(planned.get(action) ?? []), ...replies]),
    always: (action, reply) => usual.set(action, reply),
    unused: () => [...planned].filter(([, replies]) => replies.length > 0).map(([action]) => action),
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const restActions: readonly (readonly [RegExp, string])[] = [
  [/^GET \/2013-04-01\/hostedzone\/[^/]+$/, 'GetHostedZone'],
  [/^GET \/2013-04-01\/hostedzone\/[^/]+\/rrset$/, 'ListResourceRecordSets'],
  [/^POST \/2013-04-01\/hostedzone\/[^/]+\/rrset$/, 'ChangeResourceRecordSets'],
  [/^GET \/v2\/vpclinks\/[^/]+$/, 'GetVpcLink'],
]

function callOf(method: string, url: string, headers: Readonly<Record<string, string>>, body: string): AwsCall {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers['authorization'] ?? '')
  const [, accessKey = '', region = '', service = ''] = scope ?? []
  const request = `${method} ${url.replace(/\?.*/, '').replace(/\/$/, '')}`
  const action =
    headers['x-amz-target']?.split('.')[1] ??
    new URLSearchParams(service === 'sts' ? body : '').get('Action') ??
    restActions.find(([pattern]) => pattern.test(request))?.[1] ??
    request
  return { service, region, accessKey, action, body }
}

/** Headers of this connection only. */
const ofConnection = /^(host|connection|keep-alive|transfer-encoding|content-length|content-encoding|expect)$/

async function passOn(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Response> {
  const own = Object.entries(headers).filter(([name]) => !ofConnection.test(name))
  const answer = await fetch(url, { method, headers: Object.fromEntries(own), ...(body && { body }) })
  const theirs = [...answer.headers].filter(([name]) => !ofConnection.test(name))
  return { status: answer.status, headers: Object.fromEntries(theirs), body: await answer.text() }
}
