/**
 * How much the tests try where inputs are random or many: `EFFORT=quick` (without it), `full` (.ci/run) or `nightly`
 * (.github/workflows/nightly.yml), and the seed that all random inputs come from. Only this file reads them, and
 * jest.config.js, which leaves out slow test files at the quick effort.
 */
const efforts = ['quick', 'full', 'nightly'] as const
export type Effort = (typeof efforts)[number]

const named = process.env['EFFORT'] || 'quick'
const found = efforts.find((each) => each === named)
if (!found) throw new Error(`EFFORT=${named} is none of ${efforts.join(', ')}`)
export const effort: Effort = found

/** The same for everyone, so that a failure is the same everywhere; a nightly run sets another. */
export const seed = Number(process.env['SEED'] || 20_261_125)
if (!Number.isInteger(seed)) throw new Error(`SEED=${process.env['SEED']} is not a whole number`)

/** What belongs to the effort of this run; a nightly one makes as much as a full one where nothing else is said. */
export const byEffort = <T>({ quick, full, nightly = full }: { quick: T; full: T; nightly?: T }): T =>
  ({ quick, full, nightly })[effort]

/** How many runs of a test that makes `count` of them in full. */
export const runs = (count: number): number =>
  Math.ceil(byEffort({ quick: count / 8, full: count, nightly: 10 * count }))

/** Of a list that is asked as a whole in full, quickly every `nth`, from `first` on: so several tests see different ones. */
export const some = <T>(all: readonly T[], nth: number, first = 0): readonly T[] =>
  byEffort({ quick: all.filter((_, index) => index % nth === first % nth), full: all })
