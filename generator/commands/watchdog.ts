/**
 * A backstop for the verifier's own budget, which is counted in steps: anything that the steps missed ends here, and says
 * that the verdict is not reproducible.
 */
export type Limits = { readonly milliseconds: number; readonly bytes: number }

type Sensors = { readonly now: () => number; readonly memory: () => number }

const limits: Limits = { milliseconds: 10_000, bytes: 500 * 1024 * 1024 }
/** What this process has worked, and not what others did meanwhile: the verdict of a busy machine is the same. */
const worked = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const sensors: Sensors = { now: worked, memory: () => process.memoryUsage.rss() }

/** Says true once time or memory is over, and from then on. */
export function startWatchdog(
  { milliseconds, bytes }: Limits = limits,
  { now, memory }: Sensors = sensors,
): () => boolean {
  const end = now() + milliseconds
  let isOver = false
  return () => {
    isOver ||= now() > end || memory() > bytes
    return isOver
  }
}
