import { isTransient } from './errors.ts'
import type { Task } from './task.ts'

export interface Patience {
  /** First and longest pause in milliseconds; pauses grow by half and are jittered. */
  readonly pause: readonly [number, number]
  readonly until?: number
  readonly forgive?: ((error: unknown) => boolean) | undefined
}

//! ---- Waiting: asks again until there is a value; undefined when time is up ----
//! Passing troubles (throttling, 5xx, network) are asked again; any other error ends the wait at once.

export const poll = async <T>(
  task: Task,
  { pause: [first, longest], until = task.end, forgive }: Patience,
  attempt: () => Promise<T | undefined>,
): Promise<T | undefined> => {
  for (let tries = 0; ; tries++) {
    let trouble: { error: unknown } | undefined
    try {
      const value = await attempt()
      if (value !== undefined) return value
    } catch (error) {
      if (!isTransient(error) && !forgive?.(error)) throw error
      trouble = { error }
    }
    const ms = Math.min(longest, first * 1.5 ** tries) * (0.75 + task.world.random() / 2)
    if (task.world.now() + ms > Math.min(until, task.end)) {
      if (trouble) throw trouble.error
      return undefined
    }
    await task.world.sleep(ms, task.signal)
  }
}
