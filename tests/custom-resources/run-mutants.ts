/** Hunts a share of the mutants in a process of its own: `run-mutants.mjs SHARE SHARES`. Prints one JSON line. */
import type { Check } from './mutant-checks.ts'
import { mutants } from './mutants.ts'
import { codeWith, type Patch } from './mutate.ts'

export type Hunt = { readonly survivors: readonly string[]; readonly falseAlarms: readonly string[] }

// Thousands of expected errors: nobody reads their stacks.
Error.stackTraceLimit = 0
const [share = 0, shares = 1] = process.argv.slice(2).map(Number)
const ours = <T>(all: readonly T[]): T[] => all.filter((_, index) => index % shares === share)

const falseAlarms: string[] = []
const survivors: string[] = []
const look = async (check: Check, patch?: Patch & { readonly bug: string }): Promise<void> => {
  const violation = await check(codeWith(patch))
  if (patch && !violation) survivors.push(patch.bug)
  if (!patch && violation) falseAlarms.push(violation)
  if (process.env['VERBOSE']) process.stderr.write(`${patch?.bug ?? 'our own code'}\n  ${violation}\n`)
}

const checks = new Set(mutants.map(({ check }) => check))
await Promise.all([
  ...ours([...checks]).map((check) => look(check)),
  ...ours(mutants).map((mutant) => look(mutant.check, mutant)),
])
console.log(JSON.stringify({ survivors, falseAlarms } satisfies Hunt))
// What a mutant still waits for may take its quarter of an hour.
process.exit(0)
