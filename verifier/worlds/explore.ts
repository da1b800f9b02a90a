/** Every world that matters to one question, found by asking it: a world splits only where its answer depends on a choice. */
import { child, type Node, textOf } from '../read/node.ts'
import type { Program } from '../resolve/program.ts'
import { isListType } from '../resolve/references.ts'
import {
  type Choice,
  Infeasible,
  type Question,
  Undecided,
  type World,
  withAssumed,
  withChoice,
} from '../resolve/world.ts'
import { matches } from './patterns.ts'

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
    for (const { choice, isSure } of choices.toReversed()) {
      const next = withChoice(world, parameter, choice)
      // Of a world that may not be, nothing is shown.
      open.push(isSure ? next : withAssumed(next, `${parameterName(parameter)} may be ${JSON.stringify(choice)}`, true))
    }
  }
  return { answers, obstacle }
}

type Chosen = { readonly choice: Choice; readonly isSure: boolean }

function choicesOf(program: Program, { parameter, values }: Question, now: Choice | undefined): Chosen[] {
  if (typeof now === 'string') throw new Error(`${parameter} is decided already`)
  const declaration = declarationOf(program, parameter)
  const fallback = textOf(child(declaration, 'Default'))
  const isList = isListType(textOf(child(declaration, 'Type')) ?? '')
  const allowed = child(declaration, 'AllowedValues')
  const ordered = (all: readonly string[]): string[] =>
    fallback === undefined || now ? [...all] : [fallback, ...all.filter((value) => value !== fallback)]
  if (allowed?.kind === 'list' && !isList)
    return [...new Set(ordered(allowed.items.map((item) => textOf(item) ?? '')))].map((choice) => ({
      choice,
      isSure: true,
    }))
  const not = now?.not ?? []
  const items = allowed?.kind === 'list' ? allowed.items.map((item) => textOf(item) ?? '') : []
  const tried = ordered([...items, ...values.filter((value) => isPossible(declaration, isList, value) !== false)])
  const fresh = [...new Set(tried.filter((value) => !not.includes(value)))]
  return [
    ...fresh.map((choice) => ({
      choice,
      isSure: choice === fallback || isPossible(declaration, isList, choice) === true,
    })),
    { choice: { not: [...new Set([...not, ...tried, ...values])] }, isSure: true },
  ]
}

/** Whether the declaration takes the value. Allowed values and patterns of a list hold for each item. */
function isPossible(declaration: Node | undefined, isList: boolean, value: string): boolean | undefined {
  const items = isList ? value.split(',').map((item) => item.trim()) : [value]
  const allowed = child(declaration, 'AllowedValues')
  if (allowed?.kind === 'list') {
    const all = allowed.items.map(textOf)
    if (!items.every((item) => all.includes(item))) return false
  }
  const [shortest, longest] = ['MinLength', 'MaxLength'].map((name) => Number(textOf(child(declaration, name))))
  if (!isList && (value.length < (shortest ?? 0) || value.length > (longest ?? Infinity))) return false
  const pattern = textOf(child(declaration, 'AllowedPattern'))
  const answers = pattern === undefined ? [] : items.map((item) => matches(pattern, item))
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
}

/** Whether a parameter of a top-level stack takes the value; undefined where that is not sure. */
export function mayHave(program: Program, parameter: string, value: string): boolean | undefined {
  const declaration = declarationOf(program, parameter)
  return isPossible(declaration, isListType(textOf(child(declaration, 'Type')) ?? ''), value)
}

function declarationOf(program: Program, parameter: string): Node | undefined {
  if (parameter.startsWith('AWS::') || parameter.includes(':AWS::')) return undefined
  const colon = parameter.lastIndexOf(':')
  const stack = program.stacks.find(({ key, parent }) => !parent && key === parameter.slice(0, colon))
  return child(child(stack?.source.root, 'Parameters'), parameter.slice(colon + 1))
}

/** The name of a parameter as people know it. */
export function parameterName(parameter: string): string {
  if (parameter.startsWith('AWS::')) return parameter
  const pseudo = parameter.lastIndexOf(':AWS::')
  return parameter.slice((pseudo >= 0 ? pseudo : parameter.lastIndexOf(':')) + 1)
}
