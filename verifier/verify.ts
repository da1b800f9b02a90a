/** Templates -> a verdict on each claim, over every world that parameters and conditions allow. */
import { claims, notes } from './claims.ts'
import { type Declarations, listed, noDeclarations } from './declarations.ts'
import type { Claim } from './judge/claim.ts'
import { judge } from './judge/judge.ts'
import { type Input, open, type Session } from './judge/session.ts'
import { checkDeclarations, unused } from './judge/wrong-declarations.ts'
import { isAnythingProtected } from './relations/protected.ts'
import type { ClaimReport, Report, Verdict } from './report/report.ts'
import type { Resource } from './resolve/program.ts'

export type VerifyInput = Omit<Input, 'ownFunctions'> & {
  readonly declarations?: Partial<Declarations>
  readonly ownFunctions?: ReadonlySet<string>
}

/** Throws UnreadableTemplate, and WrongDeclaration for one about what the templates determine or do not have. */
export function verify({ declarations: given = {}, ownFunctions = new Set(), ...input }: VerifyInput): Report {
  const declarations: Declarations = { ...noDeclarations, ...given }
  const session = open({ ...input, ownFunctions }, declarations)
  const asked = new Set<string>()
  const report = reportOn(session, asked)
  checkDeclarations(session, declarations, asked)
  return report
}

/** The same, whatever else the session's declarations speak of. `asked` takes what the claims came to ask for. */
export function reportOn(session: Session, asked = new Set<string>()): Report {
  const { declarations } = session.around
  const reports = judgeAll(session, asked, false)
  const said = notes.flatMap((note) => judge(session, note, undefined, asked) ?? [])
  // What refutes early may have kept a declaration from being asked for.
  if (unused(declarations, asked).length > 0) {
    judgeAll(session, asked, true)
    for (const note of notes) judge(session, note, undefined, asked, true)
  }
  const paths = session.program.stacks.filter(({ key, source }) => key === source.path).map(({ key }) => key)
  const whole = reports.some(({ id, verdict }) => id === 'way-in-exists' && verdict === 'proved')
  const all =
    whole || reports.some(({ verdict }) => verdict !== 'proved') ? reports : [...reports, nothingToProve(paths)]
  return {
    version: 1,
    verdict: worst(all.map(({ verdict }) => verdict)),
    templates: paths,
    declarations: listed(declarations),
    unused: unused(declarations, asked),
    claims: all,
    notes: said,
    assumptions: [
      ...new Set([
        ...all.flatMap(({ assumed = [] }) => assumed),
        ...(all.some(({ verdict }) => verdict === 'proved') ? always : []),
      ]),
    ],
  }
}

const judgeAll = (session: Session, asked: Set<string>, isExhaustive: boolean): readonly ClaimReport[] =>
  [...eachJudged(session, asked, isExhaustive)].filter((report) => report !== undefined)

/** One after the other: undefined where a claim is not about a target. */
export function* eachJudged(
  session: Session,
  asked: Set<string>,
  isExhaustive: boolean,
): Generator<ClaimReport | undefined> {
  if (!isAnythingProtected(session.around)) return
  for (const claim of claims) {
    if (claim.targets === 'templates') yield judge(session, claim, undefined, asked, isExhaustive)
    else for (const target of targetsOf(claim, session)) yield judge(session, claim, target, asked, isExhaustive)
  }
}

const always = ['AWS behaves as documented, and nobody changes what is deployed by hand']

const nothingToProve = (paths: readonly string[]): ClaimReport => {
  const name = paths.join(', ')
  const unknown = {
    name,
    settle: 'verify a template that holds a way in: an API, its VPC link, a load balancer and a service',
  }
  return {
    id: 'way-in-exists',
    target: name,
    verdict: 'undecided',
    unknown,
    unknowns: [unknown],
    because: 'there is nothing to prove: no load balancer or service of the templates has a way in that is proved',
  }
}

const targetsOf = ({ targets }: Claim, { around }: Session): readonly Resource[] =>
  (targets as readonly string[]).flatMap((type) => around.byType.get(type) ?? [])

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('refuted')
    ? 'refuted'
    : verdicts.length === 0 || verdicts.includes('undecided')
      ? 'undecided'
      : 'proved'
