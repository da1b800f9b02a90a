import { rmSync } from 'node:fs'
import { byEffort, seed } from '../support/effort.ts'
import { functions } from './functions.ts'
import { bundle, tellMany } from './runner.ts'
import { storm, tell } from './story.ts'

const count = byEffort({ quick: 1000, full: 10_000, nightly: 30_000 })
const first = seed + 1
const replay = process.env['STORY']

test('whatever happens to a stack, every event is answered and nothing is left behind', async () => {
  if (replay) {
    const told = await tell(Number(replay), functions)
    process.stderr.write(`${JSON.stringify(told, null, 2)}\n`)
    expect(told.violations).toEqual([])
    return
  }
  const started = performance.now()
  const script = await bundle('tests/stories/run.ts', 'run')
  const { kinds, outcomes, events, failures } = await tellMany(script, first, count)
  rmSync(script)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(
    `${count} stories from seed ${first} with ${events} events in ${seconds} s\n  ${JSON.stringify(kinds)}\n  ${JSON.stringify(outcomes)}\n`,
  )
  expect(failures.slice(0, 10)).toEqual([])
})

test.each([1, 2, 3])('a storm of 50 stacks on one zone, seed %i', async (seed) => {
  expect((await storm(seed, functions)).violations).toEqual([])
})
