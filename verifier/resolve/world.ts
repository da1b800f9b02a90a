/** One way in which what is open before deployment may be decided. */

/** A value, or any value but these. */
export type Choice = string | { readonly not: readonly string[] }

export type World = {
  /** `<stack>:<parameter>`, or `AWS::Region` and the like, -> the value. What is not in it may be anything. */
  readonly choices: ReadonlyMap<string, Choice>
  /** Comparisons that no parameter decides, by key. A world with any of these is not a witness. */
  readonly assumed: ReadonlyMap<string, boolean>
}

export const anyWorld: World = { choices: new Map(), assumed: new Map() }

export const withChoice = (world: World, parameter: string, choice: Choice): World => ({
  ...world,
  choices: new Map([...world.choices, [parameter, choice]]),
})

export const withAssumed = (world: World, comparison: string, holds: boolean): World => ({
  ...world,
  assumed: new Map([...world.assumed, [comparison, holds]]),
})

/** The same for the same world. */
export const worldKey = ({ choices, assumed }: World): string =>
  JSON.stringify([[...choices].sort(), [...assumed].sort()])

/** A parameter to decide, and the values at which its decision turns here. */
export type Question = { readonly parameter: string; readonly values: readonly string[] }

/** Thrown when a question has different answers in different worlds: the choice must be made first. */
export class Undecided extends Error {
  readonly on: Question | { readonly comparison: string; readonly names: readonly string[] }
  constructor(on: Undecided['on']) {
    super('undecided')
    this.on = on
  }
}

/** Thrown where no deployment can succeed, so nothing needs to hold. */
export class Infeasible extends Error {}
