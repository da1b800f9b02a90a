/** Tells stories in a process of its own: `run.mjs FIRST COUNT [STOP_AFTER [1: cancellations]]`. Prints one JSON line. */
import { functions } from './functions.ts'
import { cancellations, type Told, tell, versions } from './story.ts'

export type Run = {
  readonly kinds: Record<string, number>
  readonly outcomes: Record<string, number>
  readonly events: number
  readonly failures: readonly string[]
}

// Thousands of expected errors: nobody reads their stacks.
Error.stackTraceLimit = 0
const [first = 0, count = 1, stopAfter = 10, ofCancellations] = process.argv.slice(2).map(Number)
const among = ofCancellations ? cancellations : undefined
versions()
const kinds: Record<string, number> = {}
const outcomes: Record<string, number> = {}
const failures: string[] = []
let events = 0
let next = first
const add = (told: Told, seed: number): void => {
  kinds[told.kind] = (kinds[told.kind] ?? 0) + 1
  events += told.events
  for (const outcome of told.outcomes) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  if (told.violations.length > 0)
    failures.push(`STORY=${seed} (${told.kind}: ${told.outcomes.join(', ')})\n  ${told.violations.join('\n  ')}`)
}
const worker = async (): Promise<void> => {
  while (next < first + count && failures.length < stopAfter) {
    const seed = next++
    add(await tell(seed, functions, undefined, among), seed)
  }
}
await Promise.all(Array.from({ length: 40 }, worker))
console.log(JSON.stringify({ kinds, outcomes, events, failures } satisfies Run))
