// The real SAM CLI, with no way to AWS: every service at one address on loopback, and a proxy that leads nowhere.
import { spawn } from 'node:child_process'
import { offline, python, requireTool } from '../lint/python.ts'

export type SamResult = { readonly code: number | null; readonly output: string }

export type SamOptions = {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

export function sam(args: readonly string[], { cwd, env = {} }: SamOptions): Promise<SamResult> {
  requireTool('aws-sam-cli')
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-m', 'samcli', ...args], {
      cwd,
      env: { ...process.env, ...offline, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
