/** A template that CloudFormation would not take, which only shows when it is printed. */
export class LimitError extends Error {
  readonly path: string
  readonly broken: readonly string[]

  constructor(path: string, broken: readonly string[]) {
    super(`${path} has ${broken.join('; ')}`)
    this.name = 'LimitError'
    this.path = path
    this.broken = broken
  }
}
