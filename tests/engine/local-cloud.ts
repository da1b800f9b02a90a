// What `npm run test:e2e` and `npm run demo` deploy to: ministack with the plug-in, an identity provider, and a real
// process for each image. docs/local-deployment.md says what is the engine's and what is ours.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../lint/python.ts'
import { freePort } from './free-port.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { startMinistack } from './ministack.ts'
import { type SamResult, sam } from './sam.ts'
import { type ServerProcess, startServer } from './server-process.ts'

export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type LocalCloud = Awaited<ReturnType<typeof startLocalCloud>>

const region = 'eu-west-1'

export async function startLocalCloud() {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-local-'))
  const imagesFile = join(folder, 'images.json')
  writeFileSync(imagesFile, '{}')
  const provider = await startIdentityProvider(folder)
  const engine = await startMinistack({
    script: join(import.meta.dirname, 'plugin', 'start.py'),
    env: {
      PORTCULLIS_IMAGES: imagesFile,
      SSL_CERT_FILE: provider.certificateFile,
      // The functions find the AWS SDK, which Lambda brings along, in the repository.
      NODE_PATH: join(repository, 'node_modules'),
      NODE_OPTIONS: `--require=${join(import.meta.dirname, 'plugin', 'function-network.cjs')}`,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  })
  const apps: ServerProcess[] = []
  const images: Record<string, number> = {}

  /** From now on a process with this name stands for the image. */
  async function runImage(image: string, name: string): Promise<void> {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const args = [join(import.meta.dirname, 'app.mjs'), name, String(port)]
    apps.push(
      await startServer({ name, command: process.execPath, args, env: process.env, cwd: folder, url, readyPath: '/' }),
    )
    images[image] = port
    writeFileSync(imagesFile, JSON.stringify(images))
  }

  /** A call of a query or REST API of the engine, with a signature that nobody checks. */
  async function call(service: string, path: string, body?: Readonly<Record<string, string>>): Promise<string> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`
    const reply = await fetch(engine.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization },
      ...(body && { body: new URLSearchParams(body) }),
    })
    return reply.text()
  }

  /** A request as a client of the domain sends it; without TLS, because the engine's gateway has none. */
  function ask(
    domain: string,
    line: string,
    headers: Readonly<Record<string, string>> = {},
    body = '',
  ): Promise<Reply> {
    const [method, path] = line.split(' ')
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(engine.url)
      request({ hostname, port, method, path, headers: { host: domain, ...headers }, agent: false }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
      })
        .on('error', reject)
        .end(body)
    })
  }

  /** The real `sam`; the folder is where a user would run it. */
  function runSam(cwd: string, args: readonly string[]): Promise<SamResult> {
    return sam(args, { cwd, env: { AWS_ENDPOINT_URL: engine.url, AWS_DEFAULT_REGION: region } })
  }

  async function createZone(name: string): Promise<string> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/route53/aws4_request, SignedHeaders=host, Signature=0`
    const reply = await fetch(`${engine.url}/2013-04-01/hostedzone`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/xml' },
      body: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${Date.now()}</CallerReference></CreateHostedZoneRequest>`,
    })
    const id = /<Id>\/hostedzone\/([A-Z0-9]+)<\/Id>/.exec(await reply.text())?.[1]
    if (!id) throw new Error(`no hosted zone ${name}`)
    return id
  }

  async function stop(): Promise<void> {
    provider.stop()
    await Promise.all([engine.stop(), ...apps.map((app) => app.stop())])
    rmSync(folder, { recursive: true, force: true })
  }

  return { url: engine.url, log: engine.log, region, folder, provider, runImage, call, ask, runSam, createZone, stop }
}
