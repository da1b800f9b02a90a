/**
 * The way of one request through templates, in one world: the values that are given, then the defaults. What another
 * value of a parameter changes is a fork.
 */
import { type Declarations, noDeclarations } from '../declarations.ts'
import { type Facts, factsOf } from '../facts/facts.ts'
import { labelOfComparison, wordsOfChoices } from '../judge/choices.ts'
import { attempt, type Seen as SeenIn, withDefaults } from '../judge/one-world.ts'
import { type Input, open, type Session } from '../judge/session.ts'
import { checkParameters } from '../judge/wrong-declarations.ts'
import { inWords } from '../resolve/words.ts'
import type { Choice, World } from '../resolve/world.ts'
import { parameterName } from '../worlds/declared.ts'
import { throughApi } from './api.ts'
import { destinationsOf, directly, type From } from './direct.ts'
import { type Door, doorsOf, enter, isHost, usedDoors } from './entrance.ts'
import type { Fork, Outcome, Trace, Way } from './found.ts'
import { fromIntegration } from './inside.ts'
import type { Request } from './request.ts'
import { Walk } from './walk.ts'

export type TraceInput = Omit<Input, 'ownFunctions'> & {
  readonly declarations?: Partial<Declarations>
  readonly ownFunctions?: ReadonlySet<string>
  readonly request: Request
  /** Sent past the API; left out, the request comes through it. */
  readonly from?: From
  /** Seconds since 1970, for tokens that say when they end. */
  readonly now: number
}

/** Throws UnreadableTemplate, and WrongDeclaration for values with which nothing can be deployed. */
export function trace({
  declarations = {},
  ownFunctions = new Set(),
  request,
  from,
  now,
  ...input
}: TraceInput): Trace {
  const all: Declarations = { ...noDeclarations, ...declarations }
  const session = open({ ...input, ownFunctions }, all)
  checkParameters(session, all.parameters)
  const ask: Ask = (facts) => waysIn(facts, request, from, now)
  const usual = withDefaults(session)
  const { answers, obstacle } = attempt(session, usual, (world) => ask(session.factsIn(world)))
  const [base, ...others] = answers
  const { method, path, query, host, headers } = request
  return {
    version: 1,
    request: {
      method,
      path,
      ...(query === '' ? {} : { query }),
      ...(host === undefined ? {} : { host }),
      headers: Object.fromEntries(headers),
      ...(from === undefined ? {} : { from: typeof from === 'string' ? from : from.address }),
    },
    templates: input.templates.map(({ path }) => path),
    given: Object.fromEntries(all.parameters),
    ways: base?.answer ?? [nowhere(obstacle)],
    forks: base
      ? distinct([...others.flatMap((each) => forkOf(usual, base, each)), ...forksOf(session, base, ask)])
      : [],
  }
}

const nowhere = (because = 'nothing can be deployed with these values'): Way => ({
  to: 'anything',
  hops: [],
  outcome: { is: 'unknown', at: 'the templates', because },
})

type Ask = (facts: Facts) => readonly Way[]
type Seen = SeenIn<readonly Way[]>

/** Each parameter that was asked for and not given, with its other values, while all others stay. */
const forksOf = (session: Session, base: Seen, ask: Ask): readonly Fork[] =>
  [...askedFor(session, base.world, ask)]
    .filter((parameter) => base.world.choices.has(parameter) && !session.start.choices.has(parameter))
    .flatMap((parameter) => {
      const choices = new Map(base.world.choices)
      choices.delete(parameter)
      const start = { ...base.world, choices }
      return attempt(session, start, (world) => ask(session.factsIn(world)))
        .answers.filter(({ world }) => session.feasibility(world).is !== 'no')
        .flatMap((each) => forkOf(start, base, each))
    })

/** Parameters on which the way may depend: those whose choice was looked at. */
function askedFor({ around }: Session, world: World, ask: Ask): ReadonlySet<string> {
  const seen = new Set<string>()
  class Watched extends Map<string, Choice> {
    override get(key: string): Choice | undefined {
      seen.add(key)
      return super.get(key)
    }
  }
  ask(factsOf(around, { ...world, choices: new Watched(world.choices) }))
  return seen
}

/** What another world below the same start has, if it ends otherwise there. */
function forkOf(start: World, base: Seen, { world, answer }: Seen): readonly Fork[] {
  const chosen = [...world.choices].filter(([name]) => !start.choices.has(name))
  const assumed = [...world.assumed].filter(([name]) => !start.assumed.has(name))
  if (chosen.length + assumed.length === 0 || keysOf(answer) === keysOf(base.answer)) return []
  // Of a value that is nowhere written, only what holds for each is said.
  const isAny = chosen.some(([, choice]) => typeof choice === 'object' && 'not' in choice)
  if (isAny && answer.some(({ outcome }) => outcome.is === 'unknown')) return []
  return [
    {
      when: {
        ...wordsOfChoices(new Map(chosen.map(([name, choice]) => [parameterName(name), choice]))),
        ...Object.fromEntries(assumed.map(([name, holds]) => [labelOfComparison(name), String(holds)])),
      },
      ways: answer.map(({ to, outcome }) => ({ to, outcome })),
    },
  ]
}

const distinct = (forks: readonly Fork[]): readonly Fork[] => [
  ...new Map(forks.map((fork) => [JSON.stringify(fork.when), fork])).values(),
]

const keysOf = (ways: readonly Way[]): string =>
  JSON.stringify(ways.map(({ to, outcome }) => [to, keyOfOutcome(outcome)]))

function keyOfOutcome(outcome: Outcome): readonly unknown[] {
  switch (outcome.is) {
    case 'reaches':
      return [outcome.is, outcome.target, outcome.port]
    case 'answered':
      return [outcome.is, outcome.by, outcome.status]
    case 'stopped':
      return [outcome.is, outcome.by]
    case 'unknown':
      return [outcome.is, outcome.at]
  }
}

function waysIn(facts: Facts, request: Request, from: From | undefined, now: number): readonly Way[] {
  if (from !== undefined)
    return destinationsOf(facts).map((destination) => {
      const { resource, port } = destination
      return walked(facts, `${resource.id}:${port ?? '?'}`, (walk) => directly(walk, from, destination, request))
    })
  const doors = doorsFor(facts, request)
  if (doors.length === 0) return [withoutDoor(facts, request)]
  return doors.map((door) =>
    walked(facts, door.api.id, (walk) => {
      const entered = enter(walk, door, request)
      const sent = entered && throughApi(walk, entered, request, now)
      if (sent) fromIntegration(walk, sent)
    }),
  )
}

function withoutDoor(facts: Facts, { host }: Request): Way {
  const isAny = doorsOf(facts).length > 0
  return walked(facts, host ?? 'an API', (walk) => {
    if (isAny) walk.stop({ node: host ?? 'DNS' }, 'no API of the templates has this name')
    else walk.unknown({ node: 'the templates' }, 'they hold no API')
  })
}

function walked(facts: Facts, to: string, go: (walk: Walk) => void): Way {
  const walk = new Walk(facts)
  go(walk)
  const outcome: Outcome = walk.outcome ?? { is: 'unknown', at: to, because: 'where it ends is not known' }
  return { to, hops: walk.hops, outcome }
}

/** With a host, the door of that name; an endpoint that AWS names is that of every API. */
function doorsFor(facts: Facts, { host }: Request): readonly Door[] {
  if (host === undefined) return usedDoors(facts)
  const all = doorsOf(facts)
  if (/\.execute-api\./.test(host)) return all.filter(({ kind }) => kind === 'endpoint')
  const named = all.find((door) => door.kind === 'domain' && isHost(inWords(door.host), host))
  return named ? [named] : []
}
