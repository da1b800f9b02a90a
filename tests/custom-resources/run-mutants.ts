/** Hunts a share of the mutants in a process of its own: `run-mutants.mjs SHARE SHARES`. Prints one JSON line. */
import type { Check } from './mutant-checks.ts'
import { mutants } from './mutants.ts'
import { codeWith, type Patch } from './mutate.ts'

export type Hunt = {
  /** What gave each mutant away; nothing for one that survived. */
  readonly found: readonly (readonly [bug: string, violation: string | undefined])[]
  readonly falseAlarms: readonly string[]
}

// Thousands of expected errors: nobody reads their stacks.
Error.stackTraceLimit = 0
const [share = 0, shares = 1] = process.argv.slice(2).map(Number)
const ours = <T>(all: readonly T[]): T[] => all.filter((_, index) => index % shares === share)

const checks = new Set(mutants.map(({ check }) => check))
const look = (check: Check, patch?: Patch) => check(codeWith(patch))
const [alarms, found] = await Promise.all([
  Promise.all(ours([...checks]).map((check) => look(check))),
  Promise.all(ours(mutants).map(async (mutant) => [mutant.bug, await look(mutant.check, mutant)] as const)),
])
console.log(JSON.stringify({ found, falseAlarms: alarms.flatMap((one) => one ?? []) } satisfies Hunt))
// What a mutant still waits for may take its quarter of an hour.
process.exit(0)
