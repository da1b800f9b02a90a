// What runs on when CloudFormation has given it up: creates that their delete overtakes, updates that are cancelled one
// after the other.
import { runs } from '../support/effort.ts'
import { functions } from './functions.ts'
import { cancellations, tell } from './story.ts'

const count = runs(150)

test.each([1, 2])('no certificate is left behind by what was cancelled, stories from seed %i', async (part) => {
  const outcomes = new Set<string>()
  for (let seed = part * 1_000_000; seed < part * 1_000_000 + count; seed++) {
    const told = await tell(seed, functions, undefined, cancellations)
    expect([seed, ...told.violations]).toEqual([seed])
    for (const outcome of told.outcomes) outcomes.add(outcome)
  }
  const all = ['CREATE_COMPLETE', 'ROLLBACK_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE']
  expect([...outcomes].sort()).toEqual(all.sort())
})

// What was cancelled, then late copies of an update, then calls that never came back.
test.each([800010030, 800030707, 800010753, 800011229, 800144623, 800077494, 800156125, 800090035])(
  'story %i, which once failed',
  async (seed) => {
    expect((await tell(seed, functions)).violations).toEqual([])
  },
)
