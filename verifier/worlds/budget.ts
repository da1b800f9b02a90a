/** Steps, not time, decide how far a question is looked into, so that a verdict is the same on every machine. */

/** Thrown when an obligation, or all of them together, have used up their steps. */
export class OutOfSteps extends Error {
  /** False when the machine was at its end, and not the count. */
  readonly isReproducible: boolean
  constructor(isReproducible: boolean) {
    super('out of steps')
    this.isReproducible = isReproducible
  }
}

/** Of one obligation. Many times what any template seen so far needs. */
const share = 200_000
/** Of all obligations together: two or three seconds, and fifteen times what any template seen so far needs. */
const whole = 1_500_000
const between = 1_000

export type Budget = {
  readonly step: () => void
  /** Runs an obligation with a share of its own. */
  readonly within: <T>(ask: () => T) => T
}

/** `watchdog` says that time or memory is over; it is asked now and then. */
export function budget(watchdog: () => boolean = () => false): Budget {
  let left = share
  let total = whole
  return {
    step: () => {
      total--
      if (--left < 0 || total < 0) throw new OutOfSteps(true)
      if (total % between === 0 && watchdog()) throw new OutOfSteps(false)
    },
    within: (ask) => {
      const before = left
      left = share
      try {
        return ask()
      } finally {
        left = before
      }
    },
  }
}
