/** One mistake in the config, as a person needs it: where, what, why it matters, what to write instead. */
export type Diagnostic = {
  readonly code: string
  /** Path in the config, e.g. ['services', 'orders', 'port']; the position is looked up from it. */
  readonly path: readonly (string | number)[]
  /** Point at the key itself rather than at its value (unknown keys, missing keys). */
  readonly at?: 'key' | 'value'
  /** Lowercase, no full stop, with the wrong value. */
  readonly message: string
  readonly why?: string
  readonly remedy: string
}
