// An identity provider on loopback: OpenID discovery and keys over TLS, and tokens signed with its key.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { python, repository } from '../lint/python.ts'
import { freePort } from './free-port.ts'

export type IdentityProvider = {
  readonly issuer: string
  /** What a client must trust. */
  readonly certificateFile: string
  readonly token: (claims: Readonly<Record<string, unknown>>) => string
  readonly stop: () => void
}

export async function startIdentityProvider(folder: string): Promise<IdentityProvider> {
  const certificateFile = join(folder, 'identity-provider.pem')
  const keyFile = join(folder, 'identity-provider.key')
  execFileSync(python, [join(repository, 'tests/engine/plugin/certificate.py'), certificateFile, keyFile])
  const port = await freePort()
  const issuer = `https://127.0.0.1:${port}/`
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }
  const answers: Readonly<Record<string, unknown>> = {
    '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}keys` },
    '/keys': keys,
  }
  const server = createServer(
    { cert: readFileSync(certificateFile), key: readFileSync(keyFile) },
    (request, response) => {
      const answer = answers[request.url ?? '']
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
    },
  )
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
  return {
    issuer,
    certificateFile,
    token: (claims) => {
      const now = Math.floor(Date.now() / 1000)
      const text = `${encode({ alg: 'RS256', kid: 'one' })}.${encode({ iss: issuer, iat: now, exp: now + 600, ...claims })}`
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
