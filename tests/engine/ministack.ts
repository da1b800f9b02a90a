// ministack: CloudFormation, API Gateway, load balancers and Lambda on loopback, without an account.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { offline, python, requireTool } from '../lint/python.ts'
import { freePort } from './free-port.ts'
import { type ServerProcess, startServer } from './server-process.ts'

export const account = '123456789012'

export type MinistackOptions = {
  /** The Python script to start instead of ministack itself; it ends by starting it. */
  readonly script?: string
  readonly env?: Readonly<Record<string, string>>
}

export async function startMinistack({ script, env = {} }: MinistackOptions = {}): Promise<ServerProcess> {
  requireTool('ministack', 'aws-sam-translator')
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-ministack-'))
  const { AWS_ENDPOINT_URL: _, ...others } = offline // else it would hand this endpoint to its functions
  const server = await startServer({
    name: 'ministack',
    command: python,
    args: script ? [script] : ['-m', 'ministack'],
    cwd: folder,
    url: `http://127.0.0.1:${port}`,
    readyPath: '/_ministack/health',
    env: {
      ...process.env,
      ...others,
      MINISTACK_ACCOUNT_ID: account,
      // Its defaults are all interfaces, and two more listeners.
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      S3_DATA_DIR: join(folder, 's3'),
      STATE_DIR: join(folder, 'state'),
      ...env,
    },
  })
  return {
    ...server,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
