// The real SAM CLI for many commands, loaded once: each runs in a process forked from the one that has loaded it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { offline, python, repository, requireTool } from '../lint/python.ts'
import type { SamOptions, SamResult } from './sam.ts'

export type SamServer = {
  /** One after the other, in the order of the calls. */
  readonly sam: (args: readonly string[], options: SamOptions) => Promise<SamResult>
  readonly stop: () => void
}

export function startSam(): SamServer {
  requireTool('aws-sam-cli', 'cfn-lint')
  const child = spawn(python, [join(repository, 'tests/engine/sam_server.py')], { env: { ...process.env, ...offline } })
  const waiting: { readonly resolve: (result: SamResult) => void; readonly reject: (why: Error) => void }[] = []
  let complaints = ''
  let ended: Error | undefined
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-10_000)
  })
  child.stdin.on('error', () => {}) // the end of the process is reported by `close`
  child.on('close', (code, signal) => {
    ended = new Error(`the SAM CLI's process ended (${signal ?? code}): ${complaints.trim()}`)
    for (const { reject } of waiting.splice(0)) reject(ended)
  })
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)))
  return {
    sam: (args, { cwd, env = {} }) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        waiting.push({ resolve, reject })
        child.stdin.write(`${JSON.stringify({ args, cwd, env })}\n`)
      }),
    stop: () => child.kill(),
  }
}
