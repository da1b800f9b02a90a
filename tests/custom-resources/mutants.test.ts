// The bugs of others, put into our sources one by one: a suite that would not see them proves nothing.
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { bundle, run } from '../stories/runner.ts'
import { type Mutant, mutants } from './mutants.ts'
import { codeWith } from './mutate.ts'
import type { Hunt } from './run-mutants.ts'

test('every known bug of other implementations is caught, by checks that our own code passes', async () => {
  const script = await bundle('tests/custom-resources/run-mutants.ts', 'mutants')
  const shares = Math.min(4, availableParallelism())
  const hunts = await Promise.all(Array.from({ length: shares }, (_, share) => run<Hunt>(script, [share, shares])))
  rmSync(script)
  const found = new Map(hunts.flatMap((hunt) => hunt.found))
  const score = (group: readonly Mutant[]) => `${group.filter(({ bug }) => found.get(bug)).length} of ${group.length}`
  const [known, more] = [mutants.filter(({ seenIn }) => seenIn), mutants.filter(({ seenIn }) => !seenIn)]
  process.stderr.write(`mutants: ${score(known)} known bugs of others caught, and ${score(more)} others\n`)
  if (process.env['MUTANTS']) for (const [bug, violation] of found) process.stderr.write(`  ${bug}\n    ${violation}\n`)
  expect(hunts.flatMap(({ falseAlarms }) => falseAlarms)).toEqual([])
  expect(mutants.map(({ bug }) => bug).filter((bug) => !found.get(bug))).toEqual([])
})

test('a mutant whose text is gone from the sources, or there twice, is an error', async () => {
  const file = 'custom-resources/runtime/poll.ts'
  for (const find of ['no such text', 'task']) {
    const broken = codeWith({ file, find, replace: '' }).functions()
    await expect(broken).rejects.toThrow(`${file} does not hold exactly once: ${find}`)
  }
  const elsewhere = codeWith({
    file: 'custom-resources/waiter/index.ts',
    find: 'createHandler(world,',
    replace: '',
  }).functions()
  await expect(elsewhere).rejects.toThrow('custom-resources/waiter/index.ts is not part of tests/stories/functions.ts')
})

test('no two mutants are alike', () => {
  expect(new Set(mutants.map(({ bug }) => bug)).size).toBe(mutants.length)
  expect(new Set(mutants.map(({ file, find, replace }) => `${file}\n${find}\n${replace}`)).size).toBe(mutants.length)
})
