// Runs checkov on every emitted template of the examples, and holds what it finds against scripts/checkov-answers.ts:
// `node scripts/run.mjs scripts/checkov.ts`. One process over a folder of copies, each distinct file once. It runs in a
// home and a folder of its own, without anything of the environment, and its proxies lead to a closed port.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { emittedTemplates } from '../tests/lint/emitted.ts'
import { answers } from './checkov-answers.ts'
import { type Finding, unanswered, unfound } from './checkov-findings.ts'

const python = resolve('.venv-checkov', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
const minutes = 5

type Results = {
  readonly failed_checks: readonly {
    readonly check_id: string
    readonly check_name: string
    readonly resource: string
    readonly file_path: string
  }[]
  readonly parsing_errors?: readonly string[]
}
type Report = { readonly summary: { readonly resource_count: number }; readonly results: Results }

function checkov(copies: string, home: string): Report {
  const proxy = 'http://127.0.0.1:9'
  const { status, stdout, stderr, error } = spawnSync(
    python,
    ['-m', 'checkov.main', '-d', copies, '--framework', 'cloudformation', '--skip-download', '--compact', '-o', 'json'],
    {
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
      timeout: minutes * 60_000,
      killSignal: 'SIGKILL',
      env: {
        PATH: process.env.PATH,
        HOME: home,
        PORTCULLIS_RUN: process.env.PORTCULLIS_RUN,
        AWS_EC2_METADATA_DISABLED: 'true',
        HTTP_PROXY: proxy,
        HTTPS_PROXY: proxy,
        http_proxy: proxy,
        https_proxy: proxy,
      },
    },
  )
  // 1: it found something.
  if (status === 0 || status === 1) return JSON.parse(stdout)
  throw new Error(`checkov ended with ${status ?? error?.message}\n${stderr}`)
}

/** The distinct templates: the name of the copy, and the examples that hold it. */
function distinct(): ReadonlyMap<string, { readonly text: string; readonly paths: readonly string[] }> {
  const found = new Map<string, { readonly text: string; readonly paths: string[] }>()
  for (const path of emittedTemplates()) {
    const text = readFileSync(path, 'utf8')
    const name = `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.yaml`
    const same = found.get(name)
    if (same) same.paths.push(path)
    else found.set(name, { text, paths: [path] })
  }
  return found
}

const resources = (text: string): number => Object.keys(parse(text, { logLevel: 'silent' }).Resources ?? {}).length

/** What is wrong, as lines; none when every finding is answered. */
function run(scratch: string): readonly string[] {
  const templates = distinct()
  for (const [name, { text }] of templates) writeFileSync(join(scratch, name), text)
  const { summary, results } = checkov(scratch, mkdtempSync(join(scratch, 'home-')))
  const findings = results.failed_checks.flatMap(({ check_id, check_name, resource, file_path }): Finding[] =>
    (templates.get(file_path.replace(/^.*\//, ''))?.paths ?? [file_path]).map((path) => {
      const [type = '', id = ''] = resource.split('.')
      return { check: check_id, asks: check_name, type, id, path }
    }),
  )
  const expected = [...templates.values()].reduce((sum, { text }) => sum + resources(text), 0)
  process.stdout.write(
    `checkov: ${summary.resource_count} resources in ${templates.size} templates, ${findings.length} findings\n`,
  )
  return [
    ...(results.parsing_errors ?? []).map((path) => `cannot be read: ${path}`),
    // What it does not understand it leaves out without a word.
    ...(summary.resource_count === expected ? [] : [`the templates have ${expected} resources`]),
    ...unanswered(findings, answers),
    ...unfound(findings, answers),
  ]
}

const { status } = spawnSync(process.execPath, ['scripts/python-tools.mjs', 'checkov'], { stdio: 'inherit' })
if (status !== 0) throw new Error('NOT RUN: checkov is not installed')
const scratch = mkdtempSync(join(tmpdir(), 'portcullis-checkov-'))
try {
  const wrong = run(scratch)
  process.stdout.write(wrong.map((line) => `${line}\n`).join(''))
  process.exitCode = wrong.length > 0 ? 1 : 0
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
