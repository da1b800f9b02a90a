// A declaration speaks of one thing that the templates leave open: of several unknowns, all are needed. Where the
// printed flags are followed, they end in proved or refuted, or in the name of what must be given.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Declarations, Report } from '../../../verifier/index.ts'
import { declarationsOf } from '../../support/flags.ts'
import type { Json } from '../../support/read-template.ts'
import { runVerify } from '../../support/run-verify.ts'
import { isolated } from './bases.ts'
import { none, reportOf, verdictOn } from './judge.ts'
import { large, small } from './starts.ts'
import { type Clouded, cloudedTemplates } from './unknowns.ts'

const declared = (flags: Clouded['flags']): Declarations => declarationsOf(flags.flat())

const said = ({ template, claim, target }: Clouded, flags: Clouded['flags']) => {
  const report = reportOf({ template }, declared(flags))
  return report ? verdictOn(report, claim, target) : 'unread'
}

/** All but the whole of them. */
const properSubsets = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: 2 ** all.length - 1 }, (_, bits) => all.filter((_each, index) => bits & (1 << index)))

describe.each(cloudedTemplates.map((each) => [each.name, each] as const))('%s', (_name, clouded) => {
  test('a part of the flags never proves', () => {
    const subsets = properSubsets(clouded.flags)
    none(
      subsets.flatMap((flags) => {
        const verdict = said(clouded, flags)
        return verdict === 'undecided' ? [] : [`${flags.flat().join(' ')}: ${verdict}`]
      }),
      subsets.length,
    )
  })

  test('all of them decide', () => expect(['proved', 'refuted']).toContain(said(clouded, clouded.flags)))

  test('the order does not matter', () =>
    expect(said(clouded, [...clouded.flags].reverse())).toBe(said(clouded, clouded.flags)))
})

/** One that the parameter takes. */
const valueFor = (settle: string): string =>
  /Unknown/.test(settle) ? 'internal' : /DomainName/.test(settle) ? 'api.example.com' : 'sg-0fedcba9876543210'

/** What a person writes in place of the printed VALUE, HOST or NAME. */
const filled = (settle: string, known: Clouded['flags']): string => {
  const [flag, value] = known.find(([each, of]) => settle.startsWith(`${each} ${of.split('=')[0]}=`)) ?? []
  if (flag && value) return `${flag} '${value}'`
  return settle
    .replace(/=VALUE(?=['"]?$)/, `=${valueFor(settle)}`)
    .replace(/=HOST(?=['"]?$)/, '=api.example.com')
    .replace(/=NAME(?=['"]?$)/, '=Link')
}

const shells = new Map<string, readonly string[]>()
/** What the flag is after a real shell has read it. */
function asShellReads(flag: string): readonly string[] {
  const before = shells.get(flag)
  if (before) return before
  const { stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', `printf '%s\\0' ${flag}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  if (stderr) throw new Error(`${flag}: ${stderr}`)
  const words = stdout.split('\0').slice(0, -1)
  shells.set(flag, words)
  return words
}

const isFlag = (settle: string): boolean => settle.startsWith('--')
/** Prose that tells what to give or to change. */
const namesWhatToGive = /\b(?:give|verify|template|file|body|stack|change|correct|take)\b/i

/** Undefined when following the flags ends well. */
type Followed = { readonly template: Json; readonly flags?: Clouded['flags'] }

function followed({ template, flags: known = [] }: Followed, claim: string, target: string): string | undefined {
  const flags: string[] = []
  const given = new Set<string>()
  for (let round = 0; round < 30; round++) {
    const report = reportOf({ template }, declarationsOf(flags))
    const found = report?.claims.find(({ id, target: of }) => id === claim && of === target)
    if (!found) return 'the claim is gone'
    if (found.verdict !== 'undecided') return undefined
    const settle = found.unknown?.settle
    if (!settle) return 'nothing settles it'
    if (!isFlag(settle)) return namesWhatToGive.test(settle) ? undefined : `says ${settle}`
    const words = asShellReads(filled(settle, known))
    if (words.length !== 2) return `${settle} is not a flag and its value to a shell`
    if (given.has(words.join(' '))) return `${settle} is printed again although it was given`
    given.add(words.join(' '))
    flags.push(...words)
  }
  return 'does not end in 30 rounds'
}

const undecided = (report: Report | undefined): Report['claims'] =>
  report?.claims.filter(({ verdict }) => verdict === 'undecided') ?? []

describe('following the printed flags ends', () => {
  const ends = (starts: readonly (Followed & { readonly name: string })[]): void => {
    const broken: string[] = []
    let pairs = 0
    for (const start of starts)
      for (const { id, target } of undecided(reportOf(start))) {
        pairs++
        const wrong = followed(start, id, target)
        if (wrong !== undefined) broken.push(`${start.name}, ${id} ${target}: ${wrong}`)
      }
    expect(pairs).toBeGreaterThan(0)
    none(broken, pairs)
  }
  test.each(cloudedTemplates.map((each) => [each.name, each] as const))('%s', (_name, each) => ends([each]))
  test('in templates with one unknown', () => ends(small.filter(({ name }) => /by parameter/.test(name))))
  test('in large ones and those of others', () =>
    ends(large.filter(({ name }) => /by parameter|\.(?:yaml|json)$/.test(name))))
})

describe('a printed flag goes through a shell as it is', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-shell-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const named = cloudedTemplates.filter(({ name }) => /import|by id|in one text|prefix list/.test(name))
  test.each(named.map((each) => [each.name, each] as const))('%s', (_name, { template, flags }) => {
    writeFileSync(join(folder, 't.json'), JSON.stringify(template))
    const settle = undecided(reportOf({ template }))
      .map(({ unknown }) => unknown?.settle ?? '')
      .filter(isFlag)
    expect(settle.length).toBeGreaterThan(0)
    const pasted = settle.map((each) => filled(each, flags))
    const command = `"${process.execPath}" "${resolve('dist/cli.js')}" verify t.json ${pasted.join(' ')}`
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', command], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] },
    })
    expect(stderr).toBe('')
    expect([0, 1, 2]).toContain(status)
  })
})

describe('wrong usage', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-declarations-'))
    const template = structuredClone(isolated.template)
    template.Parameters = {
      Scheme: { Type: 'String', Default: 'internal', AllowedValues: ['internal', 'internet-facing'] },
      Group: { Type: 'String', AllowedPattern: 'sg-[0-9a-f]+' },
    }
    template.Resources.LoadBalancer.Properties.Scheme = { Ref: 'Scheme' }
    template.Resources.LoadBalancer.Properties.SecurityGroups.push({ Ref: 'Group' })
    template.Resources.Role = {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
    }
    writeFileSync(join(folder, 't.json'), JSON.stringify(template))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([
    ['the rules of a group of the template', '--assume', 'BalancerGroup.ingress=none'],
    ['the egress of a group of the template', '--assume', 'TaskGroup.egress=none'],
    ['who carries a group of the template', '--assume', 'LinkGroup.carriers=Link'],
    ['the names of a certificate of the template', '--assume', 'Certificate.covers=api.example.com'],
    ['the routes of a subnet of the template', '--assume', 'SubnetA.routes=none'],
    ['the rights of a role of the template', '--assume', 'Role.rights=none'],
    ['what a resource of the template opens', '--assume', 'LoadBalancer.opens=none'],
    ['the value of a resource of the template', '--assume', 'LoadBalancer.value=sg-0123456789abcdef0'],
    ['a name that there is not', '--assume', 'Nobody.ingress=none'],
    ['an id that the template does not name', '--assume', 'sg-0ffffffffffffffff.ingress=none'],
    ['an import that the template does not have', '--assume', '${Net}-Group.ingress=none'],
    ['a value that is not allowed', '--parameter', 'Scheme=public'],
    ['a value that the pattern refuses', '--parameter', 'Group=vpc-1'],
    ['a placeholder given back', '--assume', 'Group.value=VALUE'],
    ['a placeholder given back for a parameter', '--parameter', 'Scheme=VALUE'],
    ['a host as a placeholder', '--assume', 'Group.covers=HOST'],
    ['a door of a name that there is not', '--allow', 'exec:Nobody'],
  ])('%s', (_what, flag, value) => {
    const { status, stdout, stderr } = runVerify(['t.json', flag, value], folder)
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' })
    expect(stderr).not.toBe('')
  })

  test.each([
    ['the rules of a group by parameter', '--assume', 'Group.ingress=none'],
    ['a value that is allowed', '--parameter', 'Scheme=internal'],
    ['a value as the pattern wants it', '--assume', 'Group.value=sg-0123456789abcdef0'],
  ])('%s is right usage', (_what, flag, value) =>
    expect([0, 1, 2]).toContain(runVerify(['t.json', flag, value], folder).status),
  )
})
