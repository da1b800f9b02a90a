/** One way in which what is open before deployment may be decided. */

/** A value, one of several about which all that was asked has the same answer, or any value but these. */
export type Choice = string | { readonly oneOf: readonly string[] } | { readonly not: readonly string[] }

/** Whether another choice may still make a difference, where only these values matter or it is not known which do. */
export const isUndecided = (choice: Choice | undefined, values: readonly string[] = []): boolean =>
  choice === undefined ||
  oneOf(choice) !== undefined ||
  (typeof choice === 'object' && values.some((value) => leaves(choice, value)))

export const oneOf = (choice: Choice | undefined): readonly string[] | undefined =>
  typeof choice === 'object' && 'oneOf' in choice ? choice.oneOf : undefined

/** Whether what is chosen leaves the value possible. */
export function leaves(choice: Choice | undefined, value: string): boolean {
  if (choice === undefined) return true
  if (typeof choice === 'string') return choice === value
  return 'oneOf' in choice ? choice.oneOf.includes(value) : !choice.not.includes(value)
}

export type World = {
  /** `<stack>:<parameter>`, or `AWS::Region` and the like, -> the value. What is not in it may be anything. */
  readonly choices: ReadonlyMap<string, Choice>
  /** Comparisons that no parameter decides, by key. A world with any of these is not a witness. */
  readonly assumed: ReadonlyMap<string, boolean>
}

export const anyWorld: World = { choices: new Map(), assumed: new Map() }

export const withChoice = (world: World, parameter: string, choice: Choice): World => ({
  ...world,
  choices: new Map(world.choices).set(parameter, choice),
})

export const withAssumed = (world: World, comparison: string, holds: boolean): World => ({
  ...world,
  assumed: new Map(world.assumed).set(comparison, holds),
})

/** The same for the same world. */
export const worldKey = ({ choices, assumed }: World): string =>
  JSON.stringify([[...choices].sort(byName), [...assumed].sort(byName)])

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** A parameter to decide, and the values at which its decision turns here. */
export type Question = {
  readonly parameter: string
  readonly values: readonly string[]
  /** What is said of a value: those of which the same is said need not be told apart. Each is looked at without it. */
  readonly said?: (value: string) => unknown
}

// What is thrown here is part of the search, by the hundred thousand in large templates, and always caught: no Error, for
// which Node.js would write down where it was thrown, in a third of the whole time.

/** Thrown when a question has different answers in different worlds: the choice must be made first. */
export class Undecided {
  readonly on: Question | { readonly comparison: string }
  constructor(on: Undecided['on']) {
    this.on = on
  }
}

/** Thrown where a finding rests on what was worked out further out, before the parameter was chosen: it is asked there. */
export class Outdated {
  readonly question: Question
  constructor(question: Question) {
    this.question = question
  }
}

/** Thrown where no deployment can succeed, so nothing needs to hold. */
export class Infeasible {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}
