/** What `trace` finds, as `--format json` prints it. */

export type Hop = {
  readonly node: string
  readonly says: string
  readonly is: 'passes' | 'stops' | 'unknown'
  readonly file?: string
  readonly line?: number
}

export type Outcome =
  /** It comes to a service, or to another integration; `needs`: what only the deployment or the caller can know. */
  | {
      readonly is: 'reaches'
      readonly target: string
      readonly container?: string
      readonly port?: number
      readonly needs: readonly string[]
    }
  /** Something on the way answers itself. */
  | { readonly is: 'answered'; readonly by: string; readonly status: number | undefined; readonly because: string }
  | { readonly is: 'stopped'; readonly by: string; readonly because: string }
  | { readonly is: 'unknown'; readonly at: string; readonly because: string }

export type Way = { readonly to: string; readonly hops: readonly Hop[]; readonly outcome: Outcome }

export type Fork = {
  readonly when: Readonly<Record<string, string>>
  readonly ways: readonly { readonly to: string; readonly outcome: Outcome }[]
}

export type Trace = {
  readonly version: 1
  readonly request: {
    readonly method: string
    readonly path: string
    readonly query?: string
    readonly host?: string
    readonly headers: Readonly<Record<string, string>>
    readonly from?: string
  }
  readonly templates: readonly string[]
  /** Values of parameters that were given. */
  readonly given: Readonly<Record<string, string>>
  readonly ways: readonly Way[]
  /** Other values of a parameter with which it ends otherwise. */
  readonly forks: readonly Fork[]
}
