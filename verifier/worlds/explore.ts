/** Every world that matters to one question, found by asking it: a world splits only where its answer depends on a choice. */
import type { Program } from '../resolve/program.ts'
import {
  type Choice,
  Infeasible,
  isUndecided,
  Outdated,
  oneOf,
  type Question,
  Undecided,
  type World,
  withAssumed,
  withChoice,
} from '../resolve/world.ts'
import { type Declared, declared } from './declared.ts'

export type Answer<T> = { readonly world: World; readonly answer: T }

/** More worlds than one obligation of any template seen so far needs; beyond it the answer is "undecided". */
export const mostWorlds = 1024

/** Thrown when an obligation needs more worlds than are looked at. */
export class TooManyWorlds extends Error {
  readonly on: Question | undefined
  constructor(on: Question | undefined) {
    super('too many worlds')
    this.on = on
  }
}

export type Explored<T> = {
  readonly answers: readonly Answer<T>[]
  /** Why a world without a deployment has none. */
  readonly obstacle: string | undefined
}

/**
 * The answers of `ask` in all worlds below `start`, worlds without a deployment left out. `refine` names a parameter
 * that may still change an answer; `isEnough` ends the search early. Throws TooManyWorlds.
 */
export function explore<T>(
  program: Program,
  start: World,
  ask: (world: World) => T,
  refine: (answer: T) => Question | undefined = () => undefined,
  isEnough: (answer: T, world: World) => boolean = () => false,
): Explored<T> {
  const answers: Answer<T>[] = []
  const open: World[] = [start]
  let obstacle: string | undefined
  let seen = 0
  for (let world = open.pop(); world; world = open.pop()) {
    let question: Question | undefined
    try {
      const answer = ask(world)
      question = refine(answer)
      if (!question) {
        answers.push({ world, answer })
        if (isEnough(answer, world)) return { answers, obstacle }
        continue
      }
    } catch (error) {
      if (error instanceof Infeasible) {
        obstacle = error.message
        continue
      }
      if (error instanceof Outdated) {
        const { parameter, values } = error.question
        const isChosenHere = isUndecided(world.choices.get(parameter), values) && !oneOf(start.choices.get(parameter))
        if (!isChosenHere) throw error
        question = error.question
      } else if (!(error instanceof Undecided)) throw error
      else if ('comparison' in error.on) {
        open.push(withAssumed(world, error.on.comparison, true), withAssumed(world, error.on.comparison, false))
        if (++seen > mostWorlds) throw new TooManyWorlds(undefined)
        continue
      } else question = error.on
    }
    if (++seen > mostWorlds) throw new TooManyWorlds(question)
    const { parameter } = question
    // The first choice is looked at first: what a template does by default is the best example.
    for (const { choice, isSure } of choicesOf(program, world, question).toReversed()) {
      const next = withChoice(world, parameter, choice)
      const value = typeof choice === 'string' ? JSON.stringify(choice) : 'another value'
      // Of a world that may not be, nothing is shown.
      open.push(isSure ? next : withAssumed(next, possibly(parameter, value), true))
    }
  }
  return { answers, obstacle }
}

/** What is assumed of a value that the parameter may refuse. */
const possibly = (parameter: string, value: string): string => `${parameter} may be ${value}`

/** The parameter of which that is assumed, and the value in words. */
export function possibleIn(comparison: string): { readonly parameter: string; readonly value: string } | undefined {
  const [, parameter, value] = /^(.*) may be ("(?:[^"\\]|\\.)*"|another value)$/s.exec(comparison) ?? []
  return parameter === undefined || value === undefined ? undefined : { parameter, value }
}

type Chosen = { readonly choice: Choice; readonly isSure: boolean }

/** First a few, which mostly do; then more than any list of values that is asked about here. */
const examples = [4, 64]

function choicesOf(program: Program, world: World, { parameter, values, said }: Question): Chosen[] {
  const now = world.choices.get(parameter)
  if (typeof now === 'string') throw new Error(`${parameter} is decided already`)
  const of = declared(program, parameter, world)
  if (now && 'oneOf' in now) return alike(now.oneOf, of, said)
  const fallback = of.default
  const ordered = (all: readonly string[]): string[] =>
    fallback === undefined || now ? [...all] : [fallback, ...all.filter((value) => value !== fallback)]
  if (of.allowedValues && !of.isList) return alike([...new Set(ordered(of.allowedValues))], of, said)
  const not = now?.not ?? []
  const tried = ordered([...(of.allowedValues ?? []), ...values.filter((value) => of.takes(value) !== false)])
  const fresh = [...new Set(tried.filter((value) => !not.includes(value)))]
  const others = [...new Set([...not, ...tried, ...values])]
  const hasMore = examples.some((count) =>
    of.examples(count).some((value) => !others.includes(value) && of.takes(value) === true),
  )
  return [...alike(fresh, of, said), { choice: { not: others }, isSure: hasMore }]
}

/** Values that it surely may have and of which the same is said are one choice, in the place of the first of them. */
function alike(values: readonly string[], of: Declared, said: Question['said']): Chosen[] {
  const groups = new Map<unknown, string[]>()
  for (const value of values) {
    const key = said && of.isSure(value) ? said(value) : { value }
    groups.set(key, [...(groups.get(key) ?? []), value])
  }
  return [...groups.values()].map((oneOf) => {
    const [only = '', ...more] = oneOf
    return { choice: more.length > 0 ? { oneOf } : only, isSure: of.isSure(only) }
  })
}
