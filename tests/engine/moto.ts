// moto: StackSets that really make a stack per account and region, and a part of Service Catalog, on loopback.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { offline, python, requireTool } from '../lint/python.ts'
import { freePort } from './free-port.ts'
import { type ServerProcess, startServer } from './server-process.ts'

export async function startMoto(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  requireTool('moto')
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-moto-'))
  const { AWS_ENDPOINT_URL: _, ...others } = offline
  const server = await startServer({
    name: 'moto',
    command: python,
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    cwd: folder,
    url: `http://127.0.0.1:${port}`,
    readyPath: '/moto-api/data.json',
    env: { ...process.env, ...others, ...env },
  })
  return {
    ...server,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Place = { readonly account: string; readonly region: string }
export type Service = 'cloudformation' | 'iam' | 'ec2' | 'logs' | 'servicecatalog'

/** The query protocol: flat parameters such as `Accounts.member.1`; the answer is XML. */
export const query = (
  url: string,
  service: Service,
  action: string,
  parameters: Readonly<Record<string, string>>,
  place: Place,
): Promise<string> =>
  call(
    url,
    service,
    place,
    'application/x-www-form-urlencoded',
    {},
    new URLSearchParams({ Action: action, ...parameters }).toString(),
  )

/** The JSON protocol; `target` is the service's prefix and the action. */
export const json = async (
  url: string,
  service: Service,
  target: string,
  parameters: object,
  place: Place,
  // biome-ignore lint/suspicious/noExplicitAny: answers are free JSON to tests
): Promise<any> =>
  JSON.parse(
    await call(
      url,
      service,
      place,
      'application/x-amz-json-1.1',
      { 'X-Amz-Target': target },
      JSON.stringify(parameters),
    ),
  )

/** The contents of every element of a name in an XML answer. */
export const elements = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, content = '']) => content)

/** A bucket (`/name`) or an object in it, in S3; without a body it is read. */
export async function stored(url: string, path: string, { account, region }: Place, body?: string): Promise<string> {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'PUT',
    headers: { 'x-moto-account-id': account, Authorization: authorization('s3', region) },
    ...(body ? { body } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`s3: ${response.status} ${text.slice(0, 2000)}`)
  return text
}

/** moto reads service and region from here, and checks no signature. */
const authorization = (service: string, region: string): string =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`

async function call(
  url: string,
  service: Service,
  { account, region }: Place,
  contentType: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...headers,
      'Content-Type': contentType,
      'x-moto-account-id': account,
      Authorization: authorization(service, region),
    },
    body,
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${service}: ${response.status} ${text.slice(0, 2000)}`)
  return text
}
