// The environment with the Python tools, as scripts/python-tools.mjs made it.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const repository = resolve()

const venv = join(repository, '.venv')

export const python = process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python')

/** Which versions of the tools are there. */
export const toolsFile = join(venv, 'portcullis-tools.json')

export type Tool = 'cfn-lint' | 'aws-sam-translator' | 'aws-sam-cli' | 'moto' | 'ministack'

/** Throws when a tool is not there: a test that cannot run fails and says why, it does not pass. */
export function requireTool(...tools: readonly Tool[]): void {
  const missing = tools.filter((tool) => !installed()[tool])
  if (missing.length === 0) return
  throw new Error(
    `NOT RUN: ${missing.join(', ')} is not installed; delete .venv and run: node scripts/python-tools.mjs`,
  )
}

function installed(): Readonly<Record<string, string | null>> {
  try {
    return JSON.parse(readFileSync(toolsFile, 'utf8')).tools
  } catch {
    return {}
  }
}

/** No way to AWS: dummy credentials, no instance metadata, and proxies that lead to a closed port. */
export const offline: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  // On the first run in a home, SAM CLI asks for its newest version; here it has just done so.
  __SAM_CLI_APP_DIR: samHome(),
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
  no_proxy: '127.0.0.1',
  SAM_CLI_TELEMETRY: '0',
}

function samHome(): string {
  const folder = join(tmpdir(), 'portcullis-sam-home')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'metadata.json')
  const metadata = {
    telemetryEnabled: false,
    installationId: '00000000-0000-4000-8000-000000000000',
    lastVersionCheck: Date.now() / 1000,
  }
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(metadata))
  renameSync(`${file}.${process.pid}`, file)
  return folder
}
