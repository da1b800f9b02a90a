/** The parameters that a deployment is given, and which claims look at their values. */
import type { Session } from '../judge/session.ts'
import { child, type Mapping, type Node, textOf } from '../read/node.ts'
import type { ClaimReport, Report, Verdict } from '../report/report.ts'
import { type Place, placeOf, type Stack } from '../resolve/program.ts'
import type { World } from '../resolve/world.ts'
import { eachJudged } from '../verify.ts'

export type LookedAt = { readonly id: string; readonly target: string; readonly verdict: Verdict }

export type ParameterContents = {
  readonly name: string
  /** Of its stack; with several templates, names may repeat. */
  readonly stack: string
  readonly type: string
  readonly description?: string
  readonly default?: string
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  /** The command line gives it this value, and no other is looked at. */
  readonly given?: string
  /** Claims whose answer was sought for its values one by one; the others have the same answer for all of them. */
  readonly lookedAt: readonly LookedAt[]
  readonly place: Place
}

/** `session` has asked nothing yet. */
export function parametersIn(session: Session, { claims }: Report): readonly ParameterContents[] {
  const { program, around } = session
  const lookedAt = lookedAtIn(session, claims)
  return program.stacks
    .filter(({ parent, set }) => !parent && !set)
    .flatMap((stack) =>
      declared(stack).map(([name, at, declaration]) => {
        const given = around.declarations.parameters.get(name)
        return {
          name,
          stack: stack.key,
          ...said(declaration),
          ...(given === undefined ? {} : { given }),
          lookedAt: lookedAt(`${stack.key}:${name}`),
          place: placeOf({ stack, at }),
        }
      }),
    )
}

function declared(stack: Stack): readonly (readonly [string, number, Node])[] {
  const section = child(stack.source.root, 'Parameters') as Mapping | undefined
  return section?.kind === 'map' ? [...section.entries].map(([name, { at, node }]) => [name, at, node] as const) : []
}

function said(declaration: Node): Omit<ParameterContents, 'name' | 'stack' | 'given' | 'lookedAt' | 'place'> {
  const text = (key: string): string | undefined => textOf(child(declaration, key))
  const allowed = child(declaration, 'AllowedValues')
  const [description, fallback, allowedPattern] = [text('Description'), text('Default'), text('AllowedPattern')]
  return {
    type: text('Type') ?? '',
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(allowed?.kind === 'list' ? { allowedValues: allowed.items.map((item) => textOf(item) ?? '') } : {}),
    ...(allowedPattern === undefined ? {} : { allowedPattern }),
  }
}

/** By `<stack>:<parameter>`. A claim that chooses no value of it has the same answer for all. */
function lookedAtIn(session: Session, reported: readonly ClaimReport[]): (parameter: string) => readonly LookedAt[] {
  const found: { readonly claim: LookedAt; readonly chosen: ReadonlySet<string> | 'all' }[] = []
  let chosen = new Set<string>()
  const watched: Session = {
    ...session,
    factsIn: (world: World) => {
      for (const key of world.choices.keys()) if (!session.start.choices.has(key)) chosen.add(key)
      return session.factsIn(world)
    },
  }
  // To the end, because what refutes first may not be all.
  for (const judged of eachJudged(watched, new Set(), true)) {
    const claim = reported.find(({ id, target }) => id === judged?.id && target === judged.target)
    // Where there were not steps enough, any of them may matter.
    const isWhole = claim?.verdict === judged?.verdict
    if (claim) found.push({ claim, chosen: isWhole ? chosen : 'all' })
    chosen = new Set()
  }
  return (parameter) =>
    found
      .filter((each) => each.chosen === 'all' || each.chosen.has(parameter))
      .map(({ claim: { id, target, verdict } }) => ({ id, target, verdict }))
}
