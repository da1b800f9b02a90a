// YAML as loaders of YAML 1.1 read it, in one Python process that stays.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { offline, python, repository, requireTool } from './python.ts'

export type Tree =
  | { readonly type: string; readonly text: string }
  | { readonly list: readonly Tree[] }
  | { readonly map: readonly (readonly [string, Tree])[] }
export type Reading = Tree | { readonly error: string }
export type Readings = { readonly quick: Reading; readonly pure?: Reading }

export type YamlOracle = {
  /** `pure`, also by PyYAML without libyaml, which takes twenty times as long. */
  readonly read: (texts: readonly string[], pure: boolean) => Promise<readonly Readings[]>
  readonly stop: () => void
}

export function startYamlOracle(): YamlOracle {
  requireTool('cfn-lint')
  const child = spawn(python, [join(repository, 'tests/lint/yaml_oracle.py')], { env: { ...process.env, ...offline } })
  const waiting = new Map<number, { resolve: (found: readonly Readings[]) => void; reject: (why: Error) => void }>()
  let complaints = ''
  let last = 0
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  child.stdin.on('error', () => {}) // the end of the process is reported by `close`
  child.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the YAML oracle ended: ${complaints.slice(-2000)}`))
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, answers } = JSON.parse(line)
    waiting.get(id)?.resolve(answers)
    waiting.delete(id)
  })
  return {
    read: (texts, pure) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject })
        child.stdin.write(`${JSON.stringify({ id: last, texts, pure })}\n`)
      }),
    stop: () => child.kill(),
  }
}
