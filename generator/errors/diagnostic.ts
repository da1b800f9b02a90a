import type { Code } from './codes.ts'

/** A place in the config. */
export type Path = readonly (string | number)[]

/** One mistake in the config, or what may be one, as a person needs it: where, what, why it matters, what to write instead. */
export type Diagnostic = {
  readonly code: Code
  /** Left out: an error, with which nothing is generated. */
  readonly severity?: 'warning'
  /** Path in the config, e.g. ['services', 'orders', 'port']; the position is looked up from it. */
  readonly path: Path
  /** Point at the key itself rather than at its value (unknown keys, missing keys). */
  readonly at?: 'key' | 'value'
  /** The other place that takes part in it; its line and column are added to the message. */
  readonly also?: Path
  /** Lowercase, no full stop, with the wrong value. */
  readonly message: string
  readonly why?: string
  readonly remedy: string
}
