// The reader of the verifier reads as loaders of YAML 1.1 do: cfn-lint's (PyYAML on libyaml), and PyYAML by itself.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Unreadable } from '../../verifier/read/errors.ts'
import type { Node } from '../../verifier/read/node.ts'
import { readYaml } from '../../verifier/read/yaml.ts'
import { runs, seed } from '../support/effort.ts'
import { yamlDocument, yamlLines } from '../support/yaml-documents.ts'
import { type Reading, startYamlOracle, type Tree, type YamlOracle } from './yaml-oracle.ts'

let oracle: YamlOracle
beforeAll(() => {
  oracle = startYamlOracle()
})
afterAll(() => oracle.stop())

function ours(text: string): Reading {
  try {
    return tree(readYaml(text))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { error: error.message }
  }
}

function tree(node: Node): Tree {
  if (node.kind === 'scalar') return { type: node.doubt ? 'in doubt' : node.type, text: node.text }
  if (node.kind === 'list') return { list: node.items.map(tree) }
  return { map: [...node.entries].map(([key, entry]) => [key, tree(entry.node)] as const) }
}

const hasDoubt = (reading: Tree): boolean =>
  'type' in reading
    ? reading.type === 'in doubt'
    : 'list' in reading
      ? reading.list.some(hasDoubt)
      : reading.map.some(([, value]) => hasDoubt(value))
const isError = (reading: Reading): reading is { readonly error: string } => 'error' in reading

/** Equal but for the order of keys; what is in doubt may be any scalar. */
function alike(a: Tree, b: Tree): boolean {
  if ('type' in a) return 'type' in b && (a.type === 'in doubt' || (a.type === b.type && a.text === b.text))
  if ('list' in a)
    return (
      'list' in b &&
      a.list.length === b.list.length &&
      a.list.every((item, index) => alike(item, b.list[index] as Tree))
    )
  if (!('map' in b) || a.map.length !== b.map.length) return false
  const other = new Map(b.map)
  return a.map.every(([key, value]) => other.has(key) && alike(value, other.get(key) as Tree))
}

type Count = { both: number; onlyTheirs: string[]; onlyOurs: string[]; neither: number; different: string[] }

async function compared(texts: readonly string[], withPure: boolean): Promise<Count> {
  const count: Count = { both: 0, onlyTheirs: [], onlyOurs: [], neither: 0, different: [] }
  const theirs = await oracle.read(texts, withPure)
  texts.forEach((text, index) => {
    const { quick, pure } = theirs[index] as (typeof theirs)[number]
    const mine = ours(text)
    if (isError(mine)) {
      if (isError(quick)) count.neither++
      else count.onlyTheirs.push(`${JSON.stringify(text)}: ${mine.error}`)
      return
    }
    // 0x_ and 2001-13-14 have the form of a number and a date, but are none: cfn-lint gives up, we doubt.
    if (isError(quick) && hasDoubt(mine)) count.neither++
    else if (isError(quick)) count.onlyOurs.push(`${JSON.stringify(text)}: ${quick.error}`)
    else count.both++
    for (const reading of [quick, pure])
      if (reading && !isError(reading) && !alike(mine, reading))
        count.different.push(
          `${JSON.stringify(text)}\n  ours ${JSON.stringify(mine)}\n  theirs ${JSON.stringify(reading)}`,
        )
  })
  return count
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return files(path)
    return /\.ya?ml$/.test(entry.name) ? [path] : []
  })
}

test('every YAML file of the repository is read alike, and none is refused', async () => {
  const paths = ['templates', 'examples', 'tests'].flatMap(files)
  const texts = paths.map((path) => readFileSync(path, 'utf8'))
  const { both, onlyTheirs, onlyOurs, different } = await compared(texts, false)
  console.info(`YAML of the repository: ${both} files read alike`)
  expect({ different, onlyOurs, onlyTheirs }).toEqual({ different: [], onlyOurs: [], onlyTheirs: [] })
  expect(both).toBeGreaterThan(100)
})

test.each([
  ['documents', yamlDocument, runs(8000), runs(3000)],
  ['lines', yamlLines, runs(4000), runs(500)],
] as const)('generated %s are read alike', async (name, arbitrary, count, least) => {
  const texts = fc.sample(arbitrary, { numRuns: count, seed })
  const { both, onlyTheirs, onlyOurs, neither, different } = await compared(texts, true)
  console.info(
    `generated ${name}: ${both} read alike, ${neither} refused by both, ${onlyTheirs.length} only by us, ${onlyOurs.length} only by cfn-lint's loader`,
  )
  expect(different).toEqual([])
  expect(onlyOurs).toEqual([])
  expect(both).toBeGreaterThan(least)
  expect(onlyTheirs.length / count).toBeLessThan(0.01)
})
