/** What a template has too much of; `id` is the resource or the parameter, if it is about one. */
export type Excess = { readonly kind: string; readonly id?: string; readonly said: string }

/** A template that AWS would not take, which only shows when it is made. */
export class LimitError extends Error {
  readonly path: string
  readonly excess: readonly Excess[]

  constructor(path: string, excess: readonly Excess[]) {
    super(`${path} has ${excess.map(({ said }) => said).join('; ')}`)
    this.name = 'LimitError'
    this.path = path
    this.excess = excess
  }
}
