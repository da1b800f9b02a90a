// One direction: text -> Config -> Model -> layers -> graph -> packagings -> files -> disk. Who may know whom is linted
// (biome.json); that no two files know each other in a circle is looked at here.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { claims, notes } from '../verifier/claims.ts'

const sources = ['library', 'generator', 'verifier', 'custom-resources'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name)),
)

/** Types are erased, so a circle of types alone is none when the program runs. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^'"]*?from '(\.[^']+)'/gm)].map(
    ([, target = '']) => join(file, '..', target),
  )

const circle = (imports: ReadonlyMap<string, readonly string[]>): string[] | undefined => {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of imports.get(file) ?? []) {
      const found = visit(next, [...path, file])
      if (found) return found
    }
    done.add(file)
    return undefined
  }
  for (const file of imports.keys()) {
    const found = visit(file, [])
    if (found) return found
  }
  return undefined
}

test('no files import each other in a circle', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(circle(new Map(sources.map((file) => [file, importsOf(file)])))).toBeUndefined()
  expect(
    circle(
      new Map([
        ['a', ['b']],
        ['b', ['a']],
      ]),
    ),
  ).toEqual(['a', 'b', 'a'])
})

test('the three source folders do not know each other; only commands and the library tie them together', () => {
  const tie = /^(?:generator\/commands|library)\//
  const crossing = sources.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.split('/')[0] !== file.split('/')[0] && !tie.test(file))
      .map((target) => `${file} -> ${target}`),
  )
  expect(crossing).toEqual([])
})

// Types count here: a layer that takes the whole model could come to depend on any of it.
test('a layer takes its slice of the model; only layers/index.ts, which puts them together, knows the whole', () => {
  const knowing = sources.filter(
    (file) => file.startsWith('generator/layers/') && /model\/model\.ts'/.test(readFileSync(file, 'utf8')),
  )
  expect(knowing).toEqual(['generator/layers/index.ts'])
})

describe('logical IDs are spelt with the handles, and nowhere else:', () => {
  const spelling = sources.filter((file) => /^generator\/(?:layers\/handles\/|packagings\/handles\.ts)/.test(file))
  const others = sources.filter((file) => file.startsWith('generator/') && !spelling.includes(file))
  const textOf = (file: string): string => readFileSync(file, 'utf8')

  test('no other file makes a handle', () => {
    const making = /^import \{[^}]*\bhandle\b[^}]*\} from '[./]*cfn\/handle\.ts'/m
    expect(spelling.filter((file) => making.test(textOf(file)))).toEqual(spelling)
    expect(others.filter((file) => making.test(textOf(file)))).toEqual([])
  })

  test('no other file has one in a text', () => {
    const ids = spelling.flatMap((file) =>
      [...textOf(file).matchAll(/handle\('[^']+', '(\w+)'\)/g)].map(([, id]) => id),
    )
    // Of one word alone nobody can tell whether it is meant: 'Certificate', 'Cluster'.
    const telling = ids.filter((id) => /[a-z][A-Z]/.test(id ?? ''))
    expect(telling.length).toBeGreaterThan(40)
    const names = telling.join('|')
    // In a text of its own, or in one that Fn::Sub fills; `${VpcLink.id}` is the handle's; Sids and scopes name statements.
    const spelt = new RegExp(`(?<!Sid: |\\bname: )'(?:${names})'|\\$\\{(?:${names})(?!\\.id\\})[}.]`)
    expect(spelt.test("sub('arn:${LogBucket.Arn}/*')")).toBe(true)
    expect(others.filter((file) => spelt.test(textOf(file)))).toEqual([])
  })
})

// What a column of the verifier may ask; types are erased, and may come from anywhere.
const mayAsk: Readonly<Record<string, readonly string[]>> = {
  read: [],
  sam: ['read'],
  resolve: ['read', 'sam'],
  worlds: ['read', 'resolve'],
  facts: ['resolve'],
  relations: ['read', 'resolve', 'facts'],
  judge: ['read', 'resolve', 'worlds', 'facts'],
  obligations: ['resolve', 'relations', 'judge'],
  claims: ['relations', 'obligations', 'judge', 'declarations.ts'],
  diagram: ['read', 'resolve', 'worlds', 'facts', 'relations', 'judge', 'report', 'verify.ts', 'declarations.ts'],
  contents: ['read', 'relations', 'judge', 'report', 'diagram', 'resolve', 'claims.ts', 'declarations.ts', 'verify.ts'],
  page: ['report', 'judge', 'diagram'],
  trace: ['read', 'resolve', 'worlds', 'facts', 'relations', 'judge', 'report', 'declarations.ts'],
  updates: [
    'read',
    'resolve',
    'worlds',
    'facts',
    'relations',
    'judge',
    'report',
    'claims.ts',
    'declarations.ts',
    'verify.ts',
  ],
}

test.each(Object.entries(mayAsk))('verifier/%s asks only %j', (folder, allowed) => {
  const asked = sources
    .filter((file) => file.startsWith(`verifier/${folder}/`))
    .flatMap((file) =>
      importsOf(file)
        .map((target) => target.split('/')[1] ?? '')
        .filter((target) => target !== folder && !allowed.includes(target))
        .map((target) => `${file} -> ${target}`),
    )
  expect(asked).toEqual([])
})

test('verifier/claims has one file for each claim, with its name, and nothing else', () => {
  expect(readdirSync('verifier/claims').toSorted()).toEqual(
    [...claims, ...notes].map(({ id }) => `${id}.ts`).toSorted(),
  )
})
