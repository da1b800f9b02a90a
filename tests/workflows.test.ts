// What runs on GitHub cannot be run here; that it names things that exist, and asks for little, can be looked at.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseDocument } from 'yaml'

type Step = {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}
type Job = {
  readonly uses?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
  readonly 'timeout-minutes'?: number
}
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

const read = <T>(path: string): T => {
  const document = parseDocument(readFileSync(path, 'utf8'))
  expect(document.errors).toEqual([])
  return document.toJS() as T
}
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8')).scripts
const folder = '.github/workflows'

/** Everything that a job may change, and why it must. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  'release.yml pack': ['attestations', 'id-token'],
  'release.yml publish': ['id-token'],
  'release.yml release': ['contents'],
}

describe.each(readdirSync(folder))('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8')
  const { on, permissions, jobs } = read<Workflow>(join(folder, file))
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? [])

  test('is not started by what strangers control with rights of ours', () => {
    expect(Object.keys(on)).not.toContain('pull_request_target')
    expect(Object.keys(on)).not.toContain('workflow_run')
    expect(text).not.toMatch(/secrets\./)
  })

  test('may read, and write only what it is for', () => {
    expect(permissions).toEqual({ contents: 'read' })
    for (const [name, job] of Object.entries(jobs)) {
      const written = Object.entries(job.permissions ?? {}).filter(([, level]) => level !== 'read')
      expect(written.map(([right]) => right).toSorted()).toEqual(mayWrite[`${file} ${name}`] ?? [])
    }
  })

  test('ends what hangs', () => {
    for (const job of Object.values(jobs)) expect(job.uses !== undefined || job['timeout-minutes']).toBeTruthy()
  })

  test('pins actions to a commit, with the version next to it, and keeps no credentials', () => {
    const used = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(([, action]) => !action?.startsWith('./'))
    for (const [, action, comment] of used) {
      expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/)
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/)
    }
    for (const { uses, with: given } of steps)
      if (uses?.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false })
    for (const job of Object.values(jobs)) if (job.uses) expect(existsSync(job.uses)).toBe(true)
  })

  test('runs only what is there, in a shell that can read it', () => {
    for (const { run } of steps) {
      if (run === undefined) continue
      // An expression would be put into the script as text; values come through the environment.
      expect(run).not.toContain('${{')
      execFileSync('bash', ['-n', '-c', run])
      for (const [, name = ''] of run.matchAll(/npm run (?:--silent )?([a-z0-9:-]+)/g))
        expect(scripts).toHaveProperty([name])
      for (const [, path = ''] of run.matchAll(/(?:bash|node) ((?:\.ci|scripts)\/\S+)/g))
        expect(existsSync(path)).toBe(true)
    }
  })
})

test('one version of each action is used', () => {
  const used = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/uses: (actions\/[a-z-]+)@(\S+ # \S+)/g)].map(
      ([, name = '', version = '']) => [name, version] as const,
    ),
  )
  const versions = new Map<string, Set<string>>()
  for (const [name, version] of used) versions.set(name, (versions.get(name) ?? new Set()).add(version))
  expect(versions.size).toBeGreaterThan(3)
  for (const [name, each] of versions) expect([name, each.size]).toEqual([name, 1])
})

test('the gate is what everybody can run, and the nights try more of it', () => {
  const lines = (file: string) =>
    Object.values(read<Workflow>(join(folder, file)).jobs).flatMap(({ steps = [] }) =>
      steps.map(({ run }) => run ?? ''),
    )
  expect(lines('ci.yml').join('\n')).toMatch(/bash \.ci\/run/)
  expect(lines('nightly.yml').join('\n')).toMatch(/bash \.ci\/nightly|npm test/)
  expect(lines('nightly.yml').join('\n')).toMatch(/types:check/)
  // Of every list of pins, whether npm's or pip's.
  expect(lines('nightly.yml')).toContain('npm audit')
  expect(lines('nightly.yml').join('\n')).toMatch(
    /in tests\/python\/\*\.txt; do\n.*pip-audit.* --require-hashes .*-r "\$pins"/,
  )
  expect(lines('release.yml').join('\n')).toMatch(/npm publish .*--provenance/)
})

test('the updates of dependencies look where dependencies are', () => {
  const manifests: Readonly<Record<string, readonly string[]>> = {
    npm: ['package.json', 'package-lock.json'],
    pip: ['tools.txt', 'checkov.txt', 'audit.txt', 'uv.txt'],
    'github-actions': [folder],
  }
  const { updates } = read<{
    readonly updates: readonly { readonly 'package-ecosystem': string; readonly directory: string }[]
  }>('.github/dependabot.yml')
  expect(updates.map((each) => each['package-ecosystem']).toSorted()).toEqual(Object.keys(manifests).toSorted())
  for (const { 'package-ecosystem': ecosystem, directory } of updates)
    for (const manifest of manifests[ecosystem] ?? []) expect(existsSync(join('.', directory, manifest))).toBe(true)
})

describe('the forms of issues', () => {
  type Field = { readonly type: string; readonly id?: string; readonly attributes: Readonly<Record<string, unknown>> }
  type Form = { readonly name: string; readonly description: string; readonly body: readonly Field[] }
  const forms = readdirSync('.github/ISSUE_TEMPLATE').filter((name) => name !== 'config.yml')

  test.each(forms)('%s is one that GitHub accepts', (name) => {
    const { name: title, description, body } = read<Form>(join('.github/ISSUE_TEMPLATE', name))
    expect([typeof title, typeof description]).toEqual(['string', 'string'])
    const fields = body.filter(({ type }) => type !== 'markdown')
    for (const { type, attributes } of fields) {
      expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type)
      expect(attributes).toHaveProperty('label')
      expect('options' in attributes).toBe(type === 'dropdown' || type === 'checkboxes')
    }
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
    expect(fields.every(({ id }) => /^[a-z-]+$/.test(id ?? ''))).toBe(true)
  })

  test('a wrong proof is sent to the private report, wherever the reporter starts', () => {
    expect(forms.toSorted()).toEqual(['bug.yml', 'feature.yml', 'wrong-verdict.yml'])
    for (const name of ['config.yml', 'wrong-verdict.yml'])
      expect(readFileSync(join('.github/ISSUE_TEMPLATE', name), 'utf8')).toMatch(/SECURITY\.md/)
  })
})

test('one place says where the repository is', () => {
  const { repository, bugs, homepage } = JSON.parse(readFileSync('package.json', 'utf8'))
  const [, place = ''] = /^git\+(https:\/\/github\.com\/[^/]+\/portcullis)\.git$/.exec(repository.url) ?? []
  expect([bugs, homepage]).toEqual([`${place}/issues`, `${place}#readme`])
  for (const file of ['README.md', '.github/ISSUE_TEMPLATE/config.yml'])
    for (const [, named] of readFileSync(file, 'utf8').matchAll(/(https:\/\/github\.com\/[^/\s]+\/portcullis)\b/g))
      expect(named).toBe(place)
})
