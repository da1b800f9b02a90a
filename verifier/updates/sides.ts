/** Two sets of templates of which one takes the place of the other, and what their parameters have on each side. */
import type { Facts } from '../facts/facts.ts'
import type { Session } from '../judge/session.ts'
import { child, type Node, textOf } from '../read/node.ts'
import { declarationOf, type Program } from '../resolve/program.ts'
import type { World } from '../resolve/world.ts'
import { interner, type Meaning, meaningOf } from './meaning.ts'

export type Side = {
  readonly session: Session
  readonly program: Program
  readonly meaning: Meaning
  /** The same, in which a resource is called by its type: what is equal but for logical IDs. */
  readonly kind: Meaning
  readonly factsIn: (world: World) => Facts
  /** Values that parameters have on this side only, `<stack>:<parameter>`. */
  readonly pinned: ReadonlyMap<string, string>
}

export type Sides = {
  readonly before: Side
  readonly after: Side
  /** Where parameters of both sides are declared. */
  readonly program: Program
  /** What holds on both sides. */
  readonly start: World
  readonly parameters: readonly ParameterChange[]
  /** Keys of nested stacks whose template can be read on one side only: what is in them is not compared. */
  readonly unread: readonly string[]
}

export type ParameterChange = {
  readonly name: string
  readonly change: 'added' | 'removed' | 'default'
  /** Defaults; left out where there is none, or it is not to be shown. */
  readonly before?: string
  readonly after?: string
}

/**
 * A parameter that both sides have keeps its value, whatever it is. One whose default changes, or that only one side has,
 * has its default there, unless the command line gives a value.
 */
export function sidesOf(before: Session, after: Session, given: ReadonlyMap<string, string>): Sides {
  const names = (session: Session): string[] =>
    session.program.stacks
      .filter(({ parent }) => !parent)
      .flatMap(({ key, source }) => {
        const section = child(source.root, 'Parameters')
        return section?.kind === 'map' ? [...section.entries.keys()].map((name) => `${key}:${name}`) : []
      })
  const parameters: ParameterChange[] = []
  const pinnedBefore = new Map<string, string>()
  const pinnedAfter = new Map<string, string>()
  for (const key of new Set([...names(before), ...names(after)])) {
    const name = key.slice(key.lastIndexOf(':') + 1)
    const [old, now] = [before, after].map(({ program }) => declarationOf(program, key))
    const [was, is] = [old, now].map((each) => textOf(child(each, 'Default')))
    if (old && now && was === is) continue
    const change = !old ? 'added' : !now ? 'removed' : 'default'
    parameters.push({ name, change, ...shown('before', old, was), ...shown('after', now, is) })
    if (given.has(name)) continue
    // Where a default comes or goes, what was given stays.
    if (change === 'default' && (was === undefined || is === undefined)) continue
    if (was !== undefined) pinnedBefore.set(key, was)
    if (is !== undefined) pinnedAfter.set(key, is)
  }
  const intern = interner()
  const start = { ...before.start, choices: new Map([...before.start.choices, ...after.start.choices]) }
  return {
    before: side(before, pinnedBefore, intern),
    after: side(after, pinnedAfter, intern),
    // Where both declare one, the later declaration holds.
    program: { stacks: [...after.program.stacks, ...before.program.stacks], resources: after.program.resources },
    start,
    parameters,
    unread: [...readOnOneSide(before.program, after.program), ...readOnOneSide(after.program, before.program)],
  }
}

/** Nested stacks of `here` that are read, and that `there` has too, but unread. */
const readOnOneSide = (here: Program, there: Program): string[] =>
  here.stacks
    .filter(({ key, source }) => key !== source.path)
    .map(({ key }) => key)
    .filter((key) => there.resources.has(key) && !there.stacks.some((stack) => stack.key === key))

/** Whether it lies in a nested stack that is not compared. */
export const isApart = ({ unread }: Pick<Sides, 'unread'>, key: string): boolean =>
  unread.some((stack) => key.startsWith(`${stack}/`))

const shown = (
  when: 'before' | 'after',
  declaration: Node | undefined,
  value: string | undefined,
): Partial<ParameterChange> =>
  value === undefined || textOf(child(declaration, 'NoEcho'))?.toLowerCase() === 'true' ? {} : { [when]: value }

function side(session: Session, pinned: ReadonlyMap<string, string>, intern: (text: string) => string): Side {
  const { program } = session
  const choices = session.start.choices
  const meant = new Map([
    ...pinned,
    ...[...choices].filter((each): each is [string, string] => typeof each[1] === 'string'),
  ])
  const options = { program, pinned: meant, intern }
  return {
    session,
    program,
    pinned,
    meaning: meaningOf(options),
    kind: meaningOf({ ...options, nameOf: (_, type) => type }),
    factsIn: (world) => session.factsIn({ ...world, choices: new Map([...world.choices, ...pinned]) }),
  }
}
