/** What an update does: to each resource, and to what is proved. */
import { type Declarations, noDeclarations, together } from '../declarations.ts'
import { type Input, open } from '../judge/session.ts'
import { checkDeclarations } from '../judge/wrong-declarations.ts'
import { UnreadableTemplate } from '../read/errors.ts'
import type { ClaimReport, Verdict } from '../report/report.ts'
import { reportOn } from '../verify.ts'
import { changesOf, isReplacement, type ResourceChange } from './changes.ts'
import { type DeclaredChange, declaredIn } from './declared.ts'
import { type Renamed, renamedIn } from './renamed.ts'
import { type ParameterChange, sidesOf } from './sides.ts'
import { type Steps, stepsOf } from './steps.ts'

export type ClaimChange = Pick<ClaimReport, 'id' | 'target' | 'because' | 'path' | 'when' | 'remedy' | 'unknown'> & {
  /** Left out where the claim is asked on one side only. */
  readonly before?: Verdict
  readonly after?: Verdict
}

export type Update = {
  readonly version: 1
  /** The templates that the new side was given. */
  readonly templates: readonly string[]
  readonly parameters: readonly ParameterChange[]
  readonly resources: readonly ResourceChange[]
  readonly renamed: readonly Renamed[]
  /** Keys of nested stacks whose template can be read on one side only. */
  readonly unread: readonly string[]
  /** What the config of the new side declares. */
  readonly declared: readonly DeclaredChange[]
  /** Of the moments between before and after. */
  readonly steps: Steps
  readonly verdict: { readonly before: Verdict; readonly after: Verdict; readonly claims: readonly ClaimChange[] }
}

type SideInput = Pick<Input, 'templates' | 'readFile'> & {
  /** What its config declares. Without one on the new side, none counts; without one on the old side, the new one does. */
  readonly declared?: Declarations
}

export type DiffInput = {
  /** `nameOf`: what a file is called there, by its path on the new side. */
  readonly before: SideInput & { readonly nameOf?: (path: string) => string }
  readonly after: SideInput
  /** Said of both sides. */
  readonly declarations?: Partial<Declarations>
  readonly ownFunctions?: ReadonlySet<string>
  readonly watchdog?: () => boolean
}

/**
 * The templates of both sides have the same paths. Throws UnreadableTemplate, and WrongDeclaration for one about what the
 * new templates determine or do not have; what it says of the old ones is passed over where they have nothing like it.
 */
export function diff({
  before,
  after,
  declarations: given = {},
  ownFunctions = new Set(),
  watchdog,
}: DiffInput): Update {
  const flags: Declarations = { ...noDeclarations, ...given }
  const byNew = after.declared ?? noDeclarations
  const byOld = (after.declared && before.declared) ?? byNew
  const opened = ({ templates, readFile }: SideInput, declarations: Declarations) =>
    open({ templates, readFile, ownFunctions, ...(watchdog ? { watchdog } : {}) }, declarations)
  const nameOf = before.nameOf ?? ((path) => path)
  const openedBefore = (declarations: Declarations) => underItsName(() => opened(before, declarations), nameOf)
  const asked = new Set<string>()
  const [old, now] = [openedBefore(together(flags, byOld)), opened(after, together(flags, byNew))]
  const [was, is] = [reportOn(old), reportOn(now, asked)]
  checkDeclarations(now, flags, asked)
  // What either config declares is no news while the update runs.
  const all = together(flags, byOld, byNew)
  // Steps that the verdict took are not missing here.
  const sides = sidesOf(openedBefore(all), opened(after, all), flags.parameters)
  const resources = changesOf(sides).map((each) => (each.change === 'removed' ? placedBefore(each, nameOf) : each))
  return {
    version: 1,
    templates: after.templates.map(({ path }) => path),
    parameters: sides.parameters,
    resources,
    renamed: renamedIn(sides, resources),
    unread: sides.unread,
    declared: declaredIn(before.declared, after.declared),
    steps: stepsOf(
      sides,
      resources,
      { before: was, after: is },
      {
        readFile: eitherFile(before.readFile, after.readFile, ownFunctions),
        ownFunctions,
        ...(watchdog ? { watchdog } : {}),
      },
    ),
    verdict: { before: was.verdict, after: is.verdict, claims: claimChanges(was.claims, is.claims) },
  }
}

function underItsName<T>(read: () => T, nameOf: (path: string) => string): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error
    throw new UnreadableTemplate(nameOf(error.file), error.line, error.column, error.message)
  }
}

const placedBefore = (change: ResourceChange, nameOf: (path: string) => string): ResourceChange => ({
  ...change,
  place: { ...change.place, file: nameOf(change.place.file) },
})

/** Code that differs between both sides is known only where each side's is. */
const eitherFile =
  (before: Input['readFile'], after: Input['readFile'], own: ReadonlySet<string>): Input['readFile'] =>
  (path) => {
    const [was, is] = [before(path), after(path)]
    if (was === undefined || is === undefined || was === is) return is ?? was
    return own.has(was) && own.has(is) ? is : undefined
  }

const nameOf = ({ id, target }: Pick<ClaimReport, 'id' | 'target'>): string => `${id} ${target}`

function claimChanges(before: readonly ClaimReport[], after: readonly ClaimReport[]): ClaimChange[] {
  const [was, is] = [before, after].map((claims) => new Map(claims.map((claim) => [nameOf(claim), claim])))
  const names = new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])
  return [...names].flatMap((name) => {
    const [old, now] = [was?.get(name), is?.get(name)]
    const claim = now ?? old
    if (!claim || (old?.verdict === now?.verdict && wayOf(old) === wayOf(now))) return []
    const { id, target, because, path, when, remedy, unknown } = claim
    return [
      {
        id,
        target,
        ...(old ? { before: old.verdict } : {}),
        ...(now ? { after: now.verdict } : {}),
        because,
        ...(now && now.verdict !== 'proved' ? { path, when, remedy, unknown } : {}),
      } as ClaimChange,
    ]
  })
}

/** What is open where a claim is refuted; lines move with any change. */
const wayOf = (claim: ClaimReport | undefined): string =>
  claim?.verdict === 'refuted'
    ? JSON.stringify([claim.when, claim.because, claim.path?.map(({ node, via }) => [node, via])])
    : ''

/** What the new templates open that the old ones did not. */
const isOpened = ({ before, after }: ClaimChange): boolean => after === 'refuted' && before !== 'refuted'
/** What was proved, or is new, and is not known; and what was open already, and now is otherwise. */
const isLost = ({ before, after }: ClaimChange): boolean =>
  (after === 'undecided' && before !== 'refuted') || (after === 'refuted' && before === 'refuted')

/** 0 nothing is opened; 1 something is, or is replaced where that is to fail; 2 neither is so, but may be. */
export function exitCodeOf(
  { resources, unread, steps, verdict }: Update,
  failOn: 'replacement' | undefined,
): 0 | 1 | 2 {
  const isReplacing = failOn !== undefined && resources.some(isReplacement)
  if (isReplacing || steps.verdict === 'opens' || verdict.claims.some(isOpened)) return 1
  return unread.length > 0 || steps.verdict === 'undecided' || verdict.claims.some(isLost) ? 2 : 0
}
