// cfn-lint (a warning is a failure) and the SAM translator over the emitted files of the examples.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { byEffort } from '../support/effort.ts'
import { emittedTemplates, exampleFolders, kindsIn, someTemplates } from './emitted.ts'
import { describeMatch, failures, isSam, startLintProcesses } from './lint-process.ts'
import { repository } from './python.ts'

const templates = emittedTemplates()
const samTemplates = templates.filter((path) => isSam(readFileSync(join(repository, path), 'utf8')))

const linted = someTemplates()

const processes = startLintProcesses(1)
afterAll(() => processes.stop())

test('every example has emitted templates, one of them a SAM application', () => {
  expect(exampleFolders()).toContain('.')
  for (const folder of exampleFolders()) expect(templates).toContain(join(folder, 'templates', 'template.yaml'))
  expect(templates.filter((path) => path.endsWith('/launch-role.yaml')).length).toBeGreaterThan(0)
  expect(samTemplates.length).toBeGreaterThanOrEqual(exampleFolders().length)
})

test('those that cfn-lint reads show every kind of file, resource and property', () => {
  const kinds = (paths: readonly string[]) => new Set(paths.flatMap(kindsIn))
  expect(kinds(linted)).toEqual(kinds(templates))
  expect(kindsIn('examples/minimal/templates/standalone.yaml')).toContain('AWS::EC2::SecurityGroup GroupDescription')
})

describe('cfn-lint has nothing to say about', () => {
  test.concurrent.each(linted)('%s', async (path) => {
    const all = await processes.lint(join(repository, path), ['eu-west-1', 'us-east-1'])
    // That an action does not exist, or not for the kind of resource, is only informational.
    // A config may name the partition of its boundary itself (I3042); a rule compares it with that of the targets.
    const found = path.endsWith('/launch-role.yaml') ? all.filter(({ rule }) => rule !== 'I3042') : failures(all)
    expect(found.map((match) => `${path}${describeMatch(match)}`)).toEqual([])
  })
})

describe('the SAM translator accepts', () => {
  test.concurrent.each(samTemplates)('%s', async (path) => {
    const translated = await processes.translate(join(repository, path))
    expect(translated).not.toHaveProperty('Transform')
  })
})

test('cfn-lint says the same when it is made quicker, of templates with much to be said about', async () => {
  const folder = join(repository, 'tests/verifier/foreign')
  const foreign = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name))
  const some = foreign.filter((_, index) => index % byEffort({ quick: 12, full: 4, nightly: 1 }) === 0)
  const counts = await Promise.all(
    some.map(async (name) => {
      const path = join(folder, name)
      const [quicker, plain] = await Promise.all([processes.lintAnew(path), processes.lintAnew(path, true)])
      expect({ name, found: quicker }).toEqual({ name, found: plain })
      return plain.length
    }),
  )
  expect(counts.filter((count) => count > 0).length).toBeGreaterThanOrEqual(some.length / 2)
})

describe('the check can fail:', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-lint-test-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }

  test('an error and a warning are found, with their places', async () => {
    const path = write(
      'bad.yaml',
      'Parameters: { Unused: { Type: String } }\nResources:\n  Vpc: { Type: AWS::EC2::Vpc }\n',
    )
    const found = failures(await processes.lintAnew(path))
    expect(found).toContainEqual(expect.objectContaining({ rule: 'W2001', severity: 'warning', line: 1 }))
    expect(found).toContainEqual(expect.objectContaining({ severity: 'error', line: 3 }))
  })

  test('files that are not on disk are linted once and translated', async () => {
    const broken =
      'Transform: AWS::Serverless-2016-10-31\nResources:\n  F: { Type: AWS::Serverless::Function, Properties: {} }\n'
    const files = [{ path: 'templates/template.yaml', content: broken }]
    const found = await processes.lintFiles(files)
    expect(found.length).toBeGreaterThan(0)
    expect(found[0]).toMatch(/^templates\/template\.yaml:/)
    expect(await processes.lintFiles(files)).toEqual(found)
  })

  test('a process that dies is an error', async () => {
    const doomed = startLintProcesses(1)
    const answer = doomed.lintAnew(write('good.yaml', 'Resources: {}\n'))
    await doomed.stop()
    await expect(answer).rejects.toThrow('the lint process ended')
  })
})
