/** Whether a moment of the update opens what is closed before it and after it. */
import { claims } from '../claims.ts'
import type { Declarations } from '../declarations.ts'
import type { Hop } from '../judge/findings.ts'
import { judge } from '../judge/judge.ts'
import { type Input, type Session, sessionOf } from '../judge/session.ts'
import { isAnythingProtected } from '../relations/protected.ts'
import { loadBalancersOf, pairOf, taskTypes } from '../relations/tasks.ts'
import type { ClaimReport, Report } from '../report/report.ts'
import type { World } from '../resolve/world.ts'
import { OutOfSteps } from '../worlds/budget.ts'
import { explore, TooManyWorlds } from '../worlds/explore.ts'
import type { Feasibility } from '../worlds/rules.ts'
import { isCustom } from './behaviour.ts'
import type { ResourceChange } from './changes.ts'
import { done, type Merged, merged, notYet, Unmergeable } from './merged.ts'
import { type Order, orderOf, type Step } from './order.ts'
import { old } from './renamings.ts'
import type { Sides } from './sides.ts'
import type { When } from './when.ts'

export type StepFinding = {
  readonly id: string
  readonly target: string
  readonly verdict: 'opens' | 'undecided'
  /** The moment: what CloudFormation has done by then, and what not yet. */
  readonly done: readonly Step[]
  readonly notYet: readonly Step[]
  readonly when?: When
  readonly path: readonly Pick<Hop, 'node' | 'via'>[]
  readonly because: string
}

export type Steps = {
  /** Of all moments of the update. */
  readonly verdict: 'safe' | 'opens' | 'undecided'
  /** Why it cannot be told. */
  readonly because?: string
  readonly findings: readonly StepFinding[]
}

type Files = Omit<Input, 'templates' | 'watchdog'> & { readonly watchdog?: () => boolean }

/**
 * Claims that are refuted before or after are left out: they say so themselves.
 */
export function stepsOf(
  sides: Sides,
  changes: readonly ResourceChange[],
  verdicts: { readonly before: Report; readonly after: Report },
  files: Files,
): Steps {
  const nothing = undecidedBefore(sides, changes)
  if (nothing) return nothing
  const { declarations } = sides.after.session.around
  const nestedKeys = new Set([sides.before, sides.after].flatMap(({ program }) => program.stacks.map(({ key }) => key)))
  const acting = changes.filter(({ key }) => !nestedKeys.has(key))
  const order = orderOf(sides.before.program, sides.after.program, acting)
  if (order.size === 0) return { verdict: 'safe', findings: [] }
  let both: Merged
  try {
    both = merged(sides, acting, order)
  } catch (error) {
    if (!(error instanceof Unmergeable)) throw error
    return { verdict: 'undecided', because: error.message, findings: [] }
  }
  const session = inOrder(
    sessionOf(both.program, files, declaredFor(both, declarations), inFront(sides)),
    sides,
    both,
    order,
  )
  const findings = judged(session, both, verdicts)
  const open = changes.find(({ isPossible, type }) => isPossible && !isCustom(type))
  if (findings.some(({ verdict }) => verdict === 'opens')) return { verdict: 'opens', findings }
  if (open) return { verdict: 'undecided', because: `it is not known whether ${open.id} is replaced`, findings }
  return { verdict: findings.length > 0 ? 'undecided' : 'safe', findings }
}

function undecidedBefore({ unread }: Sides, changes: readonly ResourceChange[]): Steps | undefined {
  if (unread.length > 0)
    return { verdict: 'undecided', because: 'a nested template can be read on one side only', findings: [] }
  const refused = changes.find((change) => change.refused !== undefined)
  return refused
    ? { verdict: 'undecided', because: `CloudFormation refuses the change of ${refused.id}`, findings: [] }
    : undefined
}

/** Under the names of old ones too. */
function inFront({ before, after, program, start }: Sides): ReadonlySet<string> {
  const pairs = [before, after].flatMap(({ session, factsIn }) =>
    [...session.program.resources.values()]
      .filter(({ type }) => (taskTypes as readonly string[]).includes(type))
      .flatMap((tasks) => {
        try {
          const { answers } = session.budget.within(() =>
            explore(program, start, (world) => loadBalancersOf(factsIn(world), tasks)),
          )
          return answers.flatMap(({ answer }) => answer.map(({ key }) => [key, tasks.key] as const))
        } catch (error) {
          if (error instanceof TooManyWorlds || error instanceof OutOfSteps) return []
          throw error
        }
      }),
  )
  return new Set(
    pairs.flatMap(([balancer, tasks]) =>
      ['', old].flatMap((one) => ['', old].map((other) => pairOf(`${balancer}${one}`, `${tasks}${other}`))),
    ),
  )
}

/** A moment in which something is done before what it needs is none. */
function inOrder(session: Session, sides: Sides, { pinned, steps }: Merged, order: Order): Session {
  const root = session.program.stacks[0]
  const tops = session.program.stacks.filter(({ parent }) => !parent).map(({ key }) => key)
  const parameterOf = new Map([...steps].map(([name, step]) => [step, tops.map((top) => `${top}:${name}`)]))
  const stateOf = ({ choices }: World, step: Step) => {
    const states = (parameterOf.get(step) ?? []).map((key) => choices.get(key))
    return states.find((state) => state !== undefined)
  }
  const isImpossible = (world: World): boolean =>
    [...order].some(
      ([step, earlier]) =>
        stateOf(world, step) === done && [...earlier].some((other) => stateOf(world, other) === notYet),
    )
  const never: Feasibility = { is: 'no', rules: [] }
  return {
    ...session,
    start: root
      ? { ...session.start, choices: new Map([...sides.start.choices, ...session.start.choices, ...pinned]) }
      : session.start,
    feasibility: (world) => (isImpossible(world) ? never : session.feasibility(world)),
  }
}

/**
 * What is declared of something is declared of its old one too. A group is made before what carries it, and gone after
 * it: that nobody else joins it meanwhile is assumed as it is otherwise.
 */
function declaredFor({ program }: Merged, { openRoutes, allow, assume, ...rest }: Declarations): Declarations {
  const groups = [...program.resources.values()].filter(({ type }) => type === 'AWS::EC2::SecurityGroup')
  const both = (name: string): string[] => {
    const [client, target, ...more] = name.split('/')
    const others =
      target !== undefined && more.length === 0
        ? [`${client}${old}/${target}`, `${client}/${target}${old}`, `${client}${old}/${target}${old}`]
        : []
    return [name, `${name}${old}`, ...others]
  }
  return {
    ...rest,
    openRoutes: openRoutes.flatMap((each) =>
      each.api === undefined ? [each] : both(each.api).map((api) => ({ ...each, api })),
    ),
    allow: allow.flatMap((each) =>
      each.name === undefined ? [each] : both(each.name).map((name) => ({ ...each, name })),
    ),
    assume: [
      ...assume.flatMap((each) => both(each.name).map((name) => ({ ...each, name }))),
      ...groups.map(({ id }) => ({ name: id, facet: 'carriers', value: 'none' }) as const),
    ],
  }
}

function judged(session: Session, { steps }: Merged, verdicts: { before: Report; after: Report }): StepFinding[] {
  if (!isAnythingProtected(session.around)) return []
  const isOpenAnyway = ({ id, target }: ClaimReport): boolean =>
    [verdicts.before, verdicts.after].some((report) =>
      report.claims.some(
        (claim) => claim.id === id && claim.verdict === 'refuted' && nameOf(claim.target) === nameOf(target),
      ),
    )
  const isOpenQuestion = ({ id, target }: ClaimReport): boolean =>
    [verdicts.before, verdicts.after].some((report) =>
      report.claims.some(
        (claim) => claim.id === id && claim.verdict === 'undecided' && nameOf(claim.target) === nameOf(target),
      ),
    )
  const asked = new Set<string>()
  return claims
    .filter(({ id }) => !failing.includes(id))
    .flatMap((claim) =>
      claim.targets === 'templates'
        ? (judge(session, claim, undefined, asked) ?? [])
        : (claim.targets as readonly string[])
            .flatMap((type) => session.around.byType.get(type) ?? [])
            .flatMap((target) => judge(session, claim, target, asked) ?? []),
    )
    .filter((report) => report.verdict !== 'proved' && !isOpenAnyway(report))
    .filter((report) => report.verdict === 'refuted' || !isOpenQuestion(report))
    .map((report) => found(report, steps))
}

/**
 * Where these do not hold for a moment, requests fail, and nothing is open: there is no way in, or a name is verified that
 * the certificate of the moment does not cover.
 */
const failing = ['way-in-exists', 'verified-tls']

const nameOf = (target: string): string => target.replaceAll(old, '')

function found(
  { id, target, verdict, when = {}, path = [], because }: ClaimReport,
  steps: Merged['steps'],
): StepFinding {
  const said = (state: string): Step[] =>
    Object.entries(when).flatMap(([name, value]) => (value === state ? (steps.get(name) ?? []) : []))
  const others = Object.entries(when).filter(([name]) => !steps.has(name))
  return {
    id,
    target,
    verdict: verdict === 'refuted' ? 'opens' : 'undecided',
    done: said(done),
    notYet: said(notYet),
    ...(others.length > 0 ? { when: Object.fromEntries(others) } : {}),
    path: path.map(({ node, via }) => ({ node, ...(via === undefined ? {} : { via }) })),
    because,
  }
}
