/** Time that stands still until everything that can happen now has happened, then jumps to the next timer. */

type Timer = { readonly at: number; readonly order: number; readonly fire: () => void }

const aborted = Object.assign(new Error('This operation was aborted'), { name: 'AbortError' })

let turn: Promise<void> | undefined
/** All microtasks are done; shared by all clocks, so that many stories can be told at once. */
const settled = (): Promise<void> => {
  turn ??= new Promise((resolve) =>
    setImmediate(() => {
      turn = undefined
      resolve()
    }),
  )
  return turn
}

export class FakeClock {
  time = Date.parse('2026-11-26T08:00:00Z')
  #timers: Timer[] = []
  #order = 0

  now = (): number => this.time

  /** Calls back at a time; the returned function takes it back. */
  at(ms: number, fire: () => void): () => void {
    const timer = { at: Math.max(ms, this.time), order: this.#order++, fire }
    let low = 0
    let high = this.#timers.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#timers[middle] as Timer
      if (other.at > timer.at) low = middle + 1
      else high = middle
    }
    this.#timers.splice(low, 0, timer)
    return () => {
      const index = this.#timers.indexOf(timer)
      if (index >= 0) this.#timers.splice(index, 1)
    }
  }

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = () => {
        cancel()
        reject(aborted)
      }
      const cancel = this.at(this.time + ms, () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      })
      if (signal?.aborted) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    })

  /** Lets time pass until the work is done. Throws when nothing is left that could finish it. */
  async run<T>(work: Promise<T>): Promise<T> {
    let done = false
    work.then(
      () => (done = true),
      () => (done = true),
    )
    await settled()
    while (!done) {
      const next = this.#timers.pop()
      if (!next) throw new Error('everything waits for something that never comes')
      this.time = next.at
      next.fire()
      await settled()
    }
    return work
  }
}
