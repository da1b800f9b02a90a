/** Every world that matters to one question, found by asking it: a world splits only where its answer hangs on a choice. */
import { child, type Node, textOf } from '../read/node.ts'
import { pseudoParameters } from '../resolve/evaluate.ts'
import type { Program } from '../resolve/program.ts'
import { type Choice, Infeasible, type Question, Undecided, type World, withAssumed, withChoice } from './world.ts'

export type Answer<T> = { readonly world: World; readonly answer: T }

/** More worlds than any template seen so far needs; beyond it the answer is "undecided", never a guess. */
export const mostWorlds = 4096

/** Thrown when a template needs more worlds than are looked at. */
export class TooManyWorlds extends Error {
  readonly on: Question | undefined
  constructor(on: Question | undefined) {
    super('too many worlds')
    this.on = on
  }
}

/**
 * The answers of `ask` in all worlds below `start`, worlds without a deployment left out. `refine` names a parameter
 * that may still change an answer; `isEnough` ends the search early. Throws TooManyWorlds.
 */
export function explore<T>(
  program: Program,
  start: World,
  ask: (world: World) => T,
  refine: (answer: T) => Question | undefined,
  isEnough: (answer: T, world: World) => boolean,
): Answer<T>[] {
  const answers: Answer<T>[] = []
  const open: World[] = [start]
  let seen = 0
  for (let world = open.pop(); world; world = open.pop()) {
    let question: Question | undefined
    try {
      const answer = ask(world)
      question = refine(answer)
      if (!question) {
        answers.push({ world, answer })
        if (isEnough(answer, world)) return answers
        continue
      }
    } catch (error) {
      if (error instanceof Infeasible) continue
      if (!(error instanceof Undecided)) throw error
      if ('comparison' in error.on) {
        open.push(withAssumed(world, error.on.comparison, true), withAssumed(world, error.on.comparison, false))
        if (++seen > mostWorlds) throw new TooManyWorlds(undefined)
        continue
      }
      question = error.on
    }
    if (++seen > mostWorlds) throw new TooManyWorlds(question)
    const { parameter } = question
    // The first choice is looked at first: what a template does by default is the best example.
    const choices = choicesOf(program, question, world.choices.get(parameter))
    for (const choice of choices.toReversed()) open.push(withChoice(world, parameter, choice))
  }
  return answers
}

function choicesOf(program: Program, { parameter, values }: Question, now: Choice | undefined): Choice[] {
  if (typeof now === 'string') throw new Error(`${parameter} is decided already`)
  const declaration = declarationOf(program, parameter)
  const allowed = child(declaration, 'AllowedValues')
  if (allowed?.kind === 'list')
    return [
      ...new Set(
        byDefault(
          declaration,
          allowed.items.map((item) => textOf(item) ?? ''),
        ),
      ),
    ]
  const pattern = textOf(child(declaration, 'AllowedPattern'))
  const tried = values.filter((value) => pattern === undefined || matches(pattern, value))
  const not = now?.not ?? []
  const fresh = now ? tried : byDefault(declaration, tried)
  return [
    ...new Set(fresh.filter((value) => !not.includes(value))),
    { not: [...new Set([...not, ...fresh, ...values])] },
  ]
}

/** The Default first. */
function byDefault(declaration: Node | undefined, values: readonly string[]): string[] {
  const fallback = textOf(child(declaration, 'Default'))
  return fallback === undefined ? [...values] : [fallback, ...values.filter((value) => value !== fallback)]
}

/** What Java reads otherwise, or JavaScript not at all: other escapes than these, sets in sets, and flags. */
const foreign = /\\(?![dDwWsSbBtnrf\W])|&&|\[[^\]]*\[|\(\?[a-z-]/

/**
 * A pattern that JavaScript may not read as CloudFormation does excludes nothing, nor does one that may take it for
 * ever. https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
 */
function matches(pattern: string, value: string): boolean {
  if (value.length > 20 || foreign.test(pattern)) return true
  try {
    return new RegExp(`^(?:${pattern})$`).test(value)
  } catch {
    return true
  }
}

function declarationOf(program: Program, parameter: string): Node | undefined {
  if (pseudoParameters.has(parameter)) return undefined
  const colon = parameter.lastIndexOf(':')
  const stack = program.stacks.find(({ key, parent }) => !parent && key === parameter.slice(0, colon))
  return child(child(stack?.source.root, 'Parameters'), parameter.slice(colon + 1))
}
