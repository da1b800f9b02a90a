/** The built functions, loaded as Lambda loads inline code, with modules of the test's choice. */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda'

type Handler = (event: unknown, context: unknown) => Promise<void>
const real = createRequire(`${process.cwd()}/package.json`)

/** The file that `npm run build` made, in the form for templates or for readers. */
export const bundleText = (name: 'waiter' | 'writer', form: 'index' | 'inline' = 'inline'): string =>
  readFileSync(`dist/functions/${name}/${form}.js`, 'utf8')

/** Runs a bundle's text; `exports` is what it exports. */
export function evaluate<Exports extends object>(text: string, modules: Record<string, unknown> = {}) {
  const loaded: string[] = []
  const logs: string[] = []
  const exports = {} as Exports
  const require = (name: string): unknown => {
    loaded.push(name)
    if (!(name in modules)) return real(name)
    const module = modules[name]
    if (module instanceof Error) throw module
    return module
  }
  const console = { log: (line: unknown) => void logs.push(String(line)) }
  new Function('exports', 'require', 'module', 'console', text)(exports, require, { exports }, console)
  return { exports, loaded, logs }
}

export function loadBundle(
  text: string,
  modules: Record<string, unknown> = {},
): { readonly handler: Handler; readonly loaded: readonly string[]; readonly logs: string[] } {
  const { exports, ...rest } = evaluate<{ handler?: Handler }>(text, modules)
  if (!exports.handler) throw new Error('the bundle exports no handler')
  return { handler: exports.handler, ...rest }
}

export type Upload = { readonly headers: http.IncomingHttpHeaders; readonly body: Buffer }

/** A place on loopback that takes answers. `statuses` are given one after the other, then 200. */
export async function answerPlace(statuses: readonly (number | 'silent')[] = []) {
  const uploads: Upload[] = []
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      uploads.push({ headers: request.headers, body: Buffer.concat(parts) })
      const status = statuses[uploads.length - 1] ?? 200
      if (status !== 'silent') response.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  // The functions speak HTTPS only; here the same requests go out in clear.
  const https = {
    request: (url: URL | string | http.RequestOptions, ...rest: never[]) =>
      typeof url === 'string'
        ? http.request(`http://127.0.0.1:${port}${new URL(url).pathname}`, ...rest)
        : http.request({ ...url, host: '127.0.0.1', port }, ...rest),
  }
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  return { uploads, https, close }
}

export const eventOf = (changes: Record<string, unknown>): CloudFormationCustomResourceEvent =>
  ({
    RequestType: 'Create',
    ResponseURL: 'https://answers.example/upload?X-Amz-Signature=c4n4ry5ecret',
    StackId: 'arn:aws:cloudformation:eu-west-1:111111111111:stack/billing/1',
    RequestId: 'request-1',
    LogicalResourceId: 'Thing',
    ResourceProperties: {},
    ...changes,
  }) as CloudFormationCustomResourceEvent

export const contextOf = (msLeft = 900_000): Context => {
  const end = Date.now() + msLeft
  return {
    awsRequestId: 'run-1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:f',
    logGroupName: '/portcullis',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => end - Date.now(),
  } as Context
}
