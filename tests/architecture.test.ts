// One direction: text -> Config -> Model -> layers -> graph -> packagings -> files -> disk. Who may know whom is linted
// (biome.json); that no two files know each other in a circle is looked at here.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
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
