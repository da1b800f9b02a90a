// What runs on GitHub or under pre-commit cannot be run there from here; each command in it can.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parseDocument } from 'yaml'

type Step = {
  readonly name: string
  readonly shell?: string
  readonly run?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
}
type Action = {
  readonly name: string
  readonly description: string
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}
type Hook = { readonly id: string; readonly entry: string; readonly args?: readonly string[]; readonly files: string }

const read = <T>(path: string): T => {
  const document = parseDocument(readFileSync(path, 'utf8'))
  expect(document.errors).toEqual([])
  return document.toJS() as T
}
const action = read<Action>('action.yml')
const { steps } = action.runs
const cli = resolve('dist/cli.js')

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-action-')))
  for (const name of ['portcullis.yaml', 'samconfig.toml', 'templates'])
    cpSync(name, join(folder, name), { recursive: true })
  mkdirSync(join(folder, 'bin'))
  const program = (name: string, text: string): void =>
    writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${text}\n`, { mode: 0o755 })
  program(
    'npx',
    `[ "$1 $2" = "--no-install portcullis" ] || exit 99\nshift 2\nexec '${process.execPath}' '${cli}' "$@"`,
  )
  program('gh', `printf '%s\\n' "$@" > commented`)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      stdio: 'pipe',
    })
  git('init', '--quiet')
  git('add', 'portcullis.yaml', 'samconfig.toml', 'templates')
  git('commit', '--quiet', '-m', 'first')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A step by its name, with what the action hands it; its exit code, outputs and what it adds to the summary. */
function run(name: string, env: Readonly<Record<string, string>> = {}) {
  const step = steps.find((each) => each.name === name)
  for (const file of ['output', 'summary']) writeFileSync(join(folder, file), '')
  const defaults = Object.entries(step?.env ?? {}).map(([variable, value]) => {
    const [, input = ''] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(value) ?? []
    return [variable, action.inputs[input]?.default ?? '']
  })
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 98'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
        ...Object.fromEntries(defaults),
        ...env,
      },
    },
  )
  const text = (file: string): string => readFileSync(join(folder, file), 'utf8')
  return { status, stdout, stderr, output: text('output'), summary: text('summary') }
}

describe('the action', () => {
  test('is one that GitHub accepts, and puts no expression into a script', () => {
    expect(action.runs.using).toBe('composite')
    expect(action.description.length).toBeLessThan(125)
    for (const { description, default: value } of Object.values(action.inputs))
      expect([typeof description, typeof value]).toEqual(['string', 'string'])
    for (const { shell, run: script = '' } of steps) {
      expect(shell).toBe('bash')
      expect(script).not.toContain('${{')
      execFileSync('bash', ['-n', '-c', script])
    }
    const used = [...readFileSync('action.yml', 'utf8').matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name)
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)))
  })

  test('checks what is generated', () => {
    expect(run('Templates match the config').status).toBe(0)
    expect(run('Templates match the config', { CONFIG: 'nowhere.yaml' }).status).toBe(0)
  })

  test('proves, and writes what code scanning takes', () => {
    const { status, output, summary } = run('One way in')
    expect([status, output]).toEqual([0, 'verdict=proved\n'])
    expect(summary).toMatch(/^### Portcullis: proved\n````text\n[\s\S]*All \d+ claims proved/)
    expect(JSON.parse(readFileSync(join(folder, 'portcullis.sarif'), 'utf8')).version).toBe('2.1.0')
  })

  test('writes the page for reviewers where it is asked for', () => {
    expect(run('One way in', { REPORT: 'a page.html' }).status).toBe(0)
    expect(readFileSync(join(folder, 'a page.html'), 'utf8')).toContain('>Proved: there is no other way in<')
  })

  test('takes templates and flags line by line, and nothing in them is run', () => {
    writeFileSync(join(folder, 'a b.yaml'), 'Resources: {}\n')
    const { status, output } = run('One way in', {
      TEMPLATES: 'a b.yaml\n\n',
      FLAGS: '--allow\nexec\n',
      SARIF: 'other.sarif',
    })
    expect([status, output]).toEqual([0, 'verdict=undecided\n'])
    expect(run('One way in', { TEMPLATES: '$(touch hacked)\n' }).status).toBe(3)
    expect(run('One way in', { FLAGS: '--allow\nnothing' }).status).toBe(64)
    expect(existsSync(join(folder, 'hacked'))).toBe(false)
  })

  test('says what the change does, and comments it', () => {
    const { status, output, summary } = run('What the change does', { BASE: 'HEAD' })
    expect([status, output]).toEqual([0, 'opens=no\n'])
    expect(summary).toMatch(/^### Portcullis: what this change does\n/)
    expect(run('Comment', { NUMBER: '7' }).status).toBe(0)
    expect(readFileSync(join(folder, 'commented'), 'utf8')).toBe(
      'pr\ncomment\n7\n--body-file\nportcullis-diff.md\n--edit-last\n--create-if-none\n',
    )
  })

  test('compares nothing where the base is not in the clone', () => {
    const { status, stdout, output } = run('What the change does', { BASE: 'no-such-branch' })
    expect([status, stdout, output]).toEqual([0, '::notice::portcullis diff: nothing to compare with\n', ''])
  })

  test.each([
    ['proved', 'no', 'undecided', 0],
    ['proved', '', 'undecided', 0],
    ['proved', 'yes', 'undecided', 1],
    ['refuted', '', 'refuted', 1],
    ['undecided', 'no', 'undecided', 2],
    ['undecided', 'no', 'refuted', 0],
  ])('%s, opens %s, fail on %s: %i', (VERDICT, OPENS, FAIL_ON, code) => {
    expect(run('Verdict', { VERDICT, OPENS, FAIL_ON }).status).toBe(code)
  })
})

test('the hooks of pre-commit name a command, and files that set it off', () => {
  const hooks = read<readonly Hook[]>('.pre-commit-hooks.yaml')
  expect(hooks.map(({ id }) => id)).toEqual(['portcullis-generate', 'portcullis-verify'])
  for (const { entry, args = [], files } of hooks) {
    const [program, ...words] = entry.split(' ')
    expect(program).toBe('portcullis')
    expect(spawnSync(process.execPath, [cli, ...words, ...args], { cwd: folder }).status).toBe(0)
    expect('templates/template.yaml').toMatch(new RegExp(files))
  }
})
