/** The Rules section: which combinations of parameters CloudFormation refuses. */
import { child, type Node, textOf } from '../read/node.ts'
import { storedIn } from '../resolve/conditions.ts'
import type { Program, Stack } from '../resolve/program.ts'
import type { Resolver } from '../resolve/resolver.ts'
import { Undecided, type World, worldKey } from '../resolve/world.ts'
import { parameterName } from './declared.ts'
import { explore, TooManyWorlds } from './explore.ts'

export type Rule = { readonly name: string; readonly stack: Stack; readonly node: Node; readonly at: number }

/** `maybe` where what decides is not known, or takes too long to find out. */
export type Feasibility =
  | { readonly is: 'yes' }
  | {
      readonly is: 'no' | 'maybe'
      readonly rules: readonly Rule[]
      /** Comparisons that decide, and a parameter that would. */
      readonly on?: { readonly comparisons: readonly string[]; readonly parameter?: string }
    }

const feasible: Feasibility = { is: 'yes' }

/** Rules that speak of the same parameters, over any number of steps: others can be kept whatever these do. */
type Bundle = { readonly rules: readonly Rule[]; readonly parameters: Named }
type Named = ReadonlySet<string> | 'all'

/** `no` only when every completion of the world breaks an assertion; `yes` only with a completion that breaks none. */
export function rulesIn(program: Program, resolverIn: (world: World) => Resolver): (world: World) => Feasibility {
  const known = new Map<Bundle, Map<string, Feasibility>>()
  const bundles = bundlesOf(program)
  const ask = (bundle: Bundle, world: World): Feasibility => {
    const only = narrowed(world, bundle)
    const key = worldKey(only)
    const answers = known.get(bundle) ?? new Map<string, Feasibility>()
    known.set(bundle, answers)
    const answer = answers.get(key) ?? isKept(program, bundle, only, resolverIn)
    answers.set(key, answer)
    return answer
  }
  return (world) => {
    const broken = bundles.map((bundle) => ask(bundle, world)).filter(({ is }) => is !== 'yes')
    return broken.find(({ is }) => is === 'no') ?? broken[0] ?? feasible
  }
}

/** So that what other parameters are is asked once only. */
function narrowed(world: World, { parameters }: Bundle): World {
  if (parameters === 'all') return world
  return { ...world, choices: new Map([...world.choices].filter(([key]) => parameters.has(parameterName(key)))) }
}

function isKept(
  program: Program,
  { rules }: Bundle,
  world: World,
  resolverIn: (world: World) => Resolver,
): Feasibility {
  try {
    const isSure = (completed: World): boolean => isPossible(world, completed)
    const { answers } = explore(
      program,
      world,
      (completed) => every(rules, (rule) => holds(resolverIn(completed), rule)),
      () => undefined,
      (isAllowed, completed) => isAllowed && isSure(completed),
    )
    const allowed = answers.filter(({ answer }) => answer)
    if (allowed.length === 0) return { is: 'no', rules }
    if (allowed.some((each) => isSure(each.world))) return feasible
    const comparisons = [...(allowed[0]?.world.assumed.keys() ?? [])].filter((each) => !world.assumed.has(each))
    return { is: 'maybe', rules, on: { comparisons } }
  } catch (error) {
    if (error instanceof TooManyWorlds)
      return { is: 'maybe', rules, on: { comparisons: [], ...(error.on ? { parameter: error.on.parameter } : {}) } }
    throw error
  }
}

/** Whether it says no more than that a stored value is one text, or none of some: such a value may be stored. */
function isPossible(world: World, { assumed }: World): boolean {
  const more = [...assumed].filter(([comparison]) => !world.assumed.has(comparison))
  const chosen = more.filter(([, holdsThere]) => holdsThere).map(([comparison]) => storedIn(comparison))
  return more.every(([comparison]) => storedIn(comparison) !== undefined) && new Set(chosen).size === chosen.length
}

function holds(resolver: Resolver, { node, stack }: Rule): boolean {
  // A nested stack that is not there refuses nothing.
  if (stack.parent && !resolver.exists(stack.parent.resource)) return true
  const condition = child(node, 'RuleCondition')
  if (condition && !resolver.test(condition, stack)) return true
  return every(assertionsOf(node), (assertion) => resolver.test(assertion, stack))
}

/** One that fails decides, even if another is undecided. */
function every<T>(items: readonly T[], holdsFor: (item: T) => boolean): boolean {
  let later: Undecided | undefined
  for (const item of items) {
    try {
      if (!holdsFor(item)) return false
    } catch (error) {
      if (!(error instanceof Undecided)) throw error
      later ??= error
    }
  }
  if (later) throw later
  return true
}

function bundlesOf({ stacks }: Program): readonly Bundle[] {
  let bundles: Bundle[] = []
  for (const rule of stacks.flatMap(rulesOf)) {
    const parameters = rule.stack.parent ? 'all' : namesIn(rule.node)
    const meets = (other: Bundle): boolean => overlap(parameters, other.parameters)
    const joined = bundles.filter(meets)
    const all = [parameters, ...joined.map((each) => each.parameters)]
    bundles = [
      ...bundles.filter((each) => !joined.includes(each)),
      {
        rules: [...joined.flatMap(({ rules }) => rules), rule],
        parameters: all.some((each) => each === 'all') ? 'all' : new Set(all.flatMap((each) => [...each])),
      },
    ]
  }
  return bundles
}

const overlap = (a: Named, b: Named): boolean => a === 'all' || b === 'all' || [...a].some((each) => b.has(each))

function rulesOf(stack: Stack): Rule[] {
  const rules = child(stack.source.root, 'Rules')
  return rules?.kind === 'map' ? [...rules.entries].map(([name, { node, at }]) => ({ name, stack, node, at })) : []
}

function assertionsOf(rule: Node): Node[] {
  const assertions = child(rule, 'Assertions')
  if (assertions?.kind !== 'list') return []
  return assertions.items.flatMap((each) => child(each, 'Assert') ?? [])
}

/** Parameters by their names alone: those of two templates count as one, which joins more than it must. */
function namesIn(node: Node): Named {
  if (node.kind === 'scalar') return new Set()
  const inner =
    node.kind === 'list'
      ? node.items.map(namesIn)
      : [...node.entries].map(([key, { node: item }]) =>
          key === 'Ref' && item.kind === 'scalar'
            ? new Set([textOf(item) ?? ''])
            : key === 'Condition' || key === 'Ref' || key === 'Fn::Sub' || key === 'Fn::If'
              ? 'all'
              : namesIn(item),
        )
  return inner.some((each) => each === 'all') ? 'all' : new Set(inner.flatMap((each) => [...each]))
}
