/** Templates that are read once, and the worlds and facts that every question about them rests on. */
import type { Declarations } from '../declarations.ts'
import { type Facts, factsOf, type Surroundings, surroundings } from '../facts/facts.ts'
import { child } from '../read/node.ts'
import { conditionOf } from '../resolve/conditions.ts'
import { load, type Program, type Stack } from '../resolve/program.ts'
import type { Resolver } from '../resolve/resolver.ts'
import {
  anyWorld,
  Infeasible,
  isUndecided,
  Outdated,
  oneOf,
  type Question,
  Undecided,
  type World,
  worldKey,
} from '../resolve/world.ts'
import { type Budget, budget, OutOfSteps } from '../worlds/budget.ts'
import { parameterName } from '../worlds/declared.ts'
import { type Explored, explore, TooManyWorlds } from '../worlds/explore.ts'
import { type Feasibility, rulesIn } from '../worlds/rules.ts'
import type { Finding, Leaf } from './findings.ts'
import type { Found, Judgement } from './judgement.ts'

export type Input = {
  readonly templates: readonly { readonly path: string; readonly text: string }[]
  /** Text of a file that a template names; undefined when there is none. */
  readonly readFile: (path: string) => string | undefined
  /** The code of the functions whose custom resources are understood. */
  readonly ownFunctions: ReadonlySet<string>
  /** Says that time or memory is over. */
  readonly watchdog?: () => boolean
}

export type Session = {
  readonly program: Program
  readonly around: Surroundings
  readonly start: World
  readonly factsIn: (world: World) => Facts
  readonly budget: Budget
  /** Whether the Rules sections refuse every deployment in the world. */
  readonly feasibility: (world: World) => Feasibility
}

/** Throws UnreadableTemplate. */
export function open({ templates, ...input }: Input, declarations: Declarations): Session {
  return sessionOf(load(templates, input.readFile), input, declarations)
}

/** About templates that are read already. */
export function sessionOf(
  program: Program,
  { readFile, ownFunctions, watchdog }: Omit<Input, 'templates'>,
  declarations: Declarations,
  inFront: Surroundings['inFront'] = new Set(),
): Session {
  const steps = budget(watchdog)
  const around = surroundings(program, declarations, { ownFunctions, readFile, inFront, step: steps.step })
  const factsIn = remembered(around)
  const allowed = rulesIn(program, (world) => factsIn(world).resolver)
  return {
    program,
    around,
    factsIn,
    budget: steps,
    start: startOf(program, declarations.parameters),
    feasibility: (world) => {
      try {
        return allowed(world)
      } catch (error) {
        if (error instanceof OutOfSteps) return { is: 'maybe', rules: [] }
        throw error
      }
    },
  }
}

/** A parameter of that name in every template that is given. */
function startOf(program: Program, parameters: ReadonlyMap<string, string>): World {
  const choices = program.stacks
    .filter(({ parent }) => !parent)
    .flatMap(({ key }) => [...parameters].map(([name, value]) => [`${key}:${name}`, value] as const))
  const pseudo = [...parameters].filter(([name]) => name.startsWith('AWS::'))
  return { ...anyWorld, choices: new Map([...choices, ...pseudo]) }
}

/** Claims ask about the same worlds; facts of one are kept as long as there are few. */
function remembered(around: Surroundings): (world: World) => Facts {
  const known = new Map<string, Facts>()
  const byWorld = new WeakMap<World, Facts>()
  return (world) => {
    const same = byWorld.get(world)
    if (same) return same
    const key = worldKey(world)
    let facts = known.get(key)
    if (!facts) {
      // A world costs more than what is asked in it, and the more so the more is chosen.
      for (let cost = 20 + world.choices.size + world.assumed.size; cost > 0; cost--) around.step()
      if (known.size > 64) known.clear()
      facts = factsOf(around, world)
      known.set(key, facts)
    }
    byWorld.set(world, facts)
    return facts
  }
}

/** What is found in every world below one. An obligation that is too large is left open, and says so. */
export function exploreObligation(
  session: Session,
  world: World,
  ask: (facts: Facts) => Judgement,
  isExhaustive = false,
  isEnough?: (judgement: Judgement) => boolean,
): Found {
  const { program, factsIn, budget: steps } = session
  try {
    const { answers, obstacle } = steps.within(() => {
      const exploreFrom = (start: World) =>
        explore(
          program,
          start,
          (below) => ask(factsIn(below)),
          (judgement) => questionOf(judgement, start),
          (judgement, below) =>
            !isExhaustive &&
            (isEnough ? below.assumed.size === 0 && isEnough(judgement) : isWitness(session, judgement, below)),
        )
      const found = exploreFrom(world)
      return isExhaustive ? found : exemplified(session, found, (judgement) => judgement, exploreFrom)
    })
    // Where nothing can be deployed with one obligation, nothing can be deployed at all.
    if (answers.length === 0) throw new Infeasible(obstacle ?? 'every choice is refused')
    return {
      leaves: answers.flatMap(({ answer }) => answer.allLeaves()),
      isRefutedThroughout: isExhaustive && answers.every(({ answer }) => answer.isRefutedThroughout()),
    }
  } catch (error) {
    const finding = tooLarge(error)
    if (!finding) throw error
    const leaf = {
      world,
      findings: [finding],
      reasons: new Set<string>(),
      assumptions: new Set<string>(),
      used: new Set<string>(),
    }
    return { leaves: [leaf], isRefutedThroughout: false }
  }
}

/**
 * In the place of worlds of which it is only said that a condition holds: none where no choice makes it so, and one with
 * values where there is one that opens something.
 */
export function exemplified<T>(
  session: Session,
  found: Explored<T>,
  judgementOf: (answer: T) => Judgement | undefined,
  exploreFrom: (start: World) => Explored<T>,
): Explored<T> {
  const answers = found.answers.filter(
    ({ world, answer }) => judgementOf(answer)?.hasFindings() !== true || exampleOf(session, world) !== 'none',
  )
  const refuted = answers.find(({ answer }) => judgementOf(answer)?.isRefuted() === true)
  const example = refuted && exampleOf(session, refuted.world)
  return typeof example === 'object'
    ? { ...found, answers: [...answers, ...exploreFrom(example).answers] }
    : { ...found, answers }
}

type Example = World | 'none' | undefined
const examples = new WeakMap<Session, Map<string, Example>>()

/** Undefined where none is needed, and where finding one would mean looking at too many. */
function exampleOf(session: Session, world: World): Example {
  const conditions = [...world.assumed].flatMap(([comparison, said]) => {
    const named = conditionOf(comparison)
    const stack = session.program.stacks.find(({ key }) => key === named?.stack)
    return named && stack ? [{ name: named.name, stack, said }] : []
  })
  if (conditions.length === 0 || conditions.length < world.assumed.size) return undefined
  const known = examples.get(session) ?? new Map<string, Example>()
  examples.set(session, known)
  const key = worldKey(world)
  if (!known.has(key)) known.set(key, findExample(session, { ...world, assumed: new Map() }, conditions))
  return known.get(key)
}

function findExample({ program, factsIn }: Session, start: World, conditions: readonly Said[]): Example {
  try {
    const { answers } = explore(
      program,
      start,
      (completed) => (isSo(factsIn(completed).resolver, conditions) ? completed : undefined),
      (completed) => completed && severalIn(completed),
      (answer, completed) => answer !== undefined && completed.assumed.size === 0,
    )
    const so = answers.filter(({ answer }) => answer !== undefined)
    return so.length === 0 ? 'none' : so.find(({ world: { assumed } }) => assumed.size === 0)?.world
  } catch (error) {
    if (error instanceof TooManyWorlds) return undefined
    throw error
  }
}

type Said = { readonly name: string; readonly stack: Stack; readonly said: boolean }

/** One that is otherwise decides, even if another is undecided. */
function isSo(resolver: Resolver, conditions: readonly Said[]): boolean {
  let later: Undecided | undefined
  for (const { name, stack, said } of conditions) {
    const node = child(child(stack.source.root, 'Conditions'), name)
    try {
      if (node && resolver.test(node, stack) !== said) return false
    } catch (error) {
      if (!(error instanceof Undecided)) throw error
      later ??= error
    }
  }
  if (later) throw later
  return true
}

export const isWitness = (session: Session, { findings }: Pick<Leaf, 'findings'>, world: World): boolean =>
  findings.some(({ verdict }) => verdict === 'refuted') &&
  world.assumed.size === 0 &&
  session.feasibility(world).is === 'yes'

/** A parameter that has one of several values in the world. */
function severalIn({ choices }: World): Question | undefined {
  for (const [parameter, choice] of choices) if (oneOf(choice)) return { parameter, values: [] }
  return undefined
}

/**
 * A parameter whose values may still change the answer; none when it is refuted whatever they are. What is found where a
 * parameter has one of several values is looked at with each: they were alike only in what was asked before. Throws
 * Outdated where they were so from the start, because what was worked out further out is not of one value.
 */
export function questionOf(
  { findings, facts }: Judgement,
  start: World,
  isRefuted = findings.some(({ verdict }) => verdict === 'refuted'),
): Question | undefined {
  if (findings.length === 0) return undefined
  const outer = severalIn(start)
  if (outer) throw new Outdated(outer)
  const here = severalIn(facts.world)
  if (here || isRefuted) return here
  for (const finding of findings) {
    const question = finding.verdict === 'undecided' ? finding.question : undefined
    if (question && isUndecided(facts.world.choices.get(question.parameter), question.values)) return question
  }
  return undefined
}

/** Undefined for any other error. */
export function tooLarge(error: unknown): Finding | undefined {
  if (error instanceof TooManyWorlds) {
    const name = error.on ? parameterName(error.on.parameter) : 'a comparison'
    return {
      verdict: 'undecided',
      because: 'its conditions have more combinations than are examined',
      unknowns: [
        { name, settle: error.on ? `--parameter ${name}=VALUE` : 'verify a smaller part of the templates by itself' },
      ],
      path: [],
    }
  }
  if (error instanceof OutOfSteps)
    return {
      verdict: 'undecided',
      because: error.isReproducible
        ? 'it needs more steps than the budget for one obligation allows'
        : 'time or memory ran out before the steps did',
      unknowns: [{ name: 'the budget', settle: 'verify a smaller part of the templates by itself' }],
      path: [],
      ...(error.isReproducible ? {} : { isReproducible: false }),
    }
  return undefined
}
