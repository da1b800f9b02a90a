// Templates whose right verdicts follow from what AWS does with them, each a way to be wrong: cases/expected.yaml.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { codeOf } from '../../generator/commands/assets.ts'
import { type ClaimReport, type Report, verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { declarationsOf } from '../support/flags.ts'
import { runVerify } from '../support/run-verify.ts'

type Verdict = ClaimReport['verdict']
type Case = {
  readonly files: readonly string[]
  readonly beside?: readonly string[]
  readonly bundle?: readonly string[]
  readonly flags?: readonly string[]
  readonly best?: boolean
  readonly claims?: Readonly<Record<string, readonly Verdict[]>>
  readonly keep?: readonly string[]
  readonly exits?: readonly number[]
  readonly formats?: readonly string[]
  readonly no_when?: readonly string[]
  readonly settle_not?: string
  readonly remedy_not?: string
  readonly why: string
}

const source = resolve('tests/verifier/cases')
const cases: readonly Case[] = parse(readFileSync(join(source, 'expected.yaml'), 'utf8')).cases
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-cases-'))
  const put = (from: string, to: string): void => {
    const target = join(folder, to)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(from, target)
  }
  for (const { files, beside = [], bundle = [] } of cases) {
    for (const file of [...files, ...beside]) put(join(source, file), file)
    for (const file of bundle) put('dist/functions/writer/index.js', join(dirname(files[0] as string), file))
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const printable = /^[\t\n\x20-\x7e\u00a0-\uffff]*$/

/** Claims that a key such as `sole-entrance` or `sole-entrance LoadBalancer` means. */
const meant = ({ claims }: Report, key: string): readonly ClaimReport[] => {
  const [id, target] = key.split(' ')
  return claims.filter((claim) => claim.id === id && (target === undefined || claim.target === target))
}

const isRight = (found: readonly ClaimReport[], allowed: readonly Verdict[]): boolean =>
  found.length > 0 && found.every(({ verdict }) => allowed.includes(verdict))

const told = (found: readonly ClaimReport[]): string =>
  found.map(({ id, target, verdict, because }) => `${id} ${target} ${verdict}: ${because}`).join('\n') ||
  'no such claim'

const name = ({ files, flags = [] }: Case): string => [...files, ...flags].join(' ')

describe.each(cases.map((each) => [name(each), each] as const))('%s', (_name, one) => {
  const run = (format: string) => runVerify([...one.files, ...(one.flags ?? []), '--format', format], folder)

  // What may hang or crash runs in a process of its own, as a user runs it.
  if (one.exits || one.formats)
    test.each(one.formats ?? ['json'])('ends as it should, printed as %s', (format) => {
      const { status, stdout, stderr } = run(format)
      expect(one.exits ?? [0, 1, 2]).toContain(status)
      expect(stdout).toMatch(printable)
      expect(stderr).toMatch(printable)
    })

  if (one.claims || one.keep) {
    let report: Report
    beforeAll(() => {
      report = verify({
        templates: one.files.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
        readFile: (path) => {
          try {
            return readFileSync(join(folder, path), 'utf8')
          } catch {
            return undefined
          }
        },
        declarations: declarationsOf(one.flags ?? []),
        ownFunctions: codeOf(assets),
      })
    })

    test.each(Object.entries(one.claims ?? {}))('%s is right', (key, allowed) => {
      const found = meant(report, key)
      const right = one.best ? allowed.slice(0, 1) : allowed
      if (!isRight(found, right)) throw new Error(`${right.join(' or ')} expected, ${one.why}\n${told(found)}`)
    })

    if (one.keep)
      test('what is not touched stays proved', () => {
        const lost = (one.keep ?? []).map((key) => meant(report, key)).filter((found) => !isRight(found, ['proved']))
        expect(lost.map(told)).toEqual([])
      })

    for (const key of one.no_when ?? [])
      test(`${key} is refuted whatever the values are`, () =>
        expect(meant(report, key).map(({ when }) => when)).toEqual([undefined]))

    if (one.settle_not)
      test(`no flag is printed that matches ${one.settle_not}`, () =>
        expect(report.claims.map(({ unknown }) => unknown?.settle ?? '').join('\n')).not.toMatch(
          new RegExp(one.settle_not as string),
        ))

    if (one.remedy_not)
      test(`no remedy is printed that matches ${one.remedy_not}`, () =>
        expect(report.claims.map(({ remedy }) => remedy ?? '').join('\n')).not.toMatch(
          new RegExp(one.remedy_not as string),
        ))
  }
})

test('every file of the folder has a verdict', () => {
  const used = new Set(cases.flatMap(({ files, beside = [] }) => [...files, ...beside]))
  expect(used.size).toBeGreaterThan(85)
})
