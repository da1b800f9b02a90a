// More templates of others, judged by hand before `verify` first saw them: with and without what a user may declare.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'

type Claims = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
type Expected = {
  /** A template, or the name of several that are given together. */
  readonly file: string
  /** The command line, in this order; the file alone where it is left out. */
  readonly files?: readonly string[]
  readonly source: string
  readonly why: string
  /** Each list holds the verdicts that are right, the best one first. */
  readonly verdict: readonly string[]
  readonly claims: Claims
  /** Why, by claim and target, where it does not meet the eye. */
  readonly reasons: Readonly<Record<string, string>>
  /** What may be declared, and the verdicts that this leads to. */
  readonly flags: readonly { readonly args: readonly string[]; readonly claims: Claims }[]
}
type Report = {
  readonly verdict: string
  readonly claims: readonly { readonly id: string; readonly target: string; readonly verdict: string }[]
}
type Failed = { readonly failure: string }
type Judged = { readonly verdict: string; readonly of: ReadonlyMap<string, string> }

const cli = resolve('dist/cli.js')
const folder = join('tests', 'verifier', 'foreign')
const read = <T>(name: string): readonly T[] => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const all = read<Expected>('expected-2.json')
const filesOf = ({ file, files = [file] }: Expected) => files
const keysOf = (claims: Claims) => Object.entries(claims).flatMap(([id, targets]) => entriesOf(id, targets))
const entriesOf = (id: string, targets: Claims[string]) =>
  Object.entries(targets).map(([target, right]) => ({ key: `${id} ${target}`, right }))

/** As a user runs it, so that the flags are the ones that can be typed. */
function judge(files: readonly string[], args: readonly string[] = []): Judged | Failed {
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...files, ...args, '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (stdout === '') return { failure: stderr }
  const report: Report = JSON.parse(stdout)
  return {
    verdict: report.verdict,
    of: new Map(report.claims.map(({ id, target, verdict }) => [`${id} ${target}`, verdict])),
  }
}

const decided = new Map<string, 'without flags' | 'with flags' | 'never'>()
const note = (entry: Expected, key: string, verdict: string | undefined, how: 'without flags' | 'with flags') => {
  const name = `${entry.file} ${key}`
  const settled = verdict === 'proved' || verdict === 'refuted'
  if (settled && decided.get(name) !== 'without flags') decided.set(name, how)
  else if (!decided.has(name)) decided.set(name, 'never')
}
const wrong = (judged: Judged, claims: Claims) =>
  keysOf(claims)
    .filter(({ key, right }) => !right.includes(judged.of.get(key) ?? 'not judged'))
    .map(({ key, right }) => `${key}: ${judged.of.get(key) ?? 'not judged'}, right is ${right.join(' or ')}`)

/** Run at the start, so that the shares count every claim also where one test fails. */
const runs = all.map((entry) => {
  const plain = judge(filesOf(entry))
  const flagged = entry.flags.map(({ args, claims }) => ({ args, claims, judged: judge(filesOf(entry), args) }))
  const verdictIn = (judged: Judged | Failed, key: string) => ('of' in judged ? judged.of.get(key) : undefined)
  for (const { key } of keysOf(entry.claims)) note(entry, key, verdictIn(plain, key), 'without flags')
  for (const { claims, judged } of flagged)
    for (const { key } of keysOf(claims)) note(entry, key, verdictIn(judged, key), 'with flags')
  return { entry, plain, flagged }
})
const ok = (judged: Judged | Failed): Judged => {
  if ('failure' in judged) throw new Error(judged.failure)
  return judged
}

describe('more templates of others', () => {
  test.each(runs.map((run) => [run.entry.file, run] as const))('%s', (_, { entry, plain }) => {
    const judged = ok(plain)
    expect(wrong(judged, entry.claims)).toEqual([])
    expect(entry.verdict).toContain(judged.verdict)
  })

  const withFlags = runs.flatMap(({ entry, flagged }) =>
    flagged.map((each) => [entry.file, each.args.join(' '), each] as const),
  )
  test.each(withFlags)('%s %s', (_, __, { claims, judged }) => {
    expect(wrong(ok(judged), claims)).toEqual([])
  })
})

const share = (...how: readonly string[]) =>
  [...decided.values()].filter((each) => how.includes(each)).length / decided.size

test('at least 60 % of the claims are decided without a flag, 80 % with flags', () => {
  expect(share('without flags')).toBeGreaterThanOrEqual(0.6)
  expect(share('without flags', 'with flags')).toBeGreaterThanOrEqual(0.8)
})

test('there are enough of them, from elsewhere than the first ones, and none is forgotten', () => {
  expect(all.length).toBeGreaterThanOrEqual(22)
  const first = read<{ readonly source: string }>('expected.json').map(({ source }) => source)
  const sources = [...first, ...all.map(({ source }) => source)]
  expect(new Set(sources).size).toBe(sources.length)
  expect(all.flatMap(filesOf).filter((file) => !existsSync(join(folder, file)))).toEqual([])
  const named = new Set(all.flatMap((entry) => [entry.file, ...filesOf(entry)]))
  const forgotten = readdirSync(folder).filter(
    (name) => Number.parseInt(name, 10) >= 38 && !named.has(name) && !named.has(`${name}.yaml`),
  )
  expect(forgotten).toEqual([])
})

afterAll(() =>
  console.info(
    `verify: of ${decided.size} claims on ${all.length} more templates of others, ` +
      `${Math.round(100 * share('without flags'))} % decided without flags, ` +
      `${Math.round(100 * share('without flags', 'with flags'))} % with them`,
  ),
)
