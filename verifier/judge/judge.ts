/** A claim about one target -> its verdict over all worlds, with the path that opens it or what is not known. */
import type { ClaimReport } from '../report/report.ts'
import { placeOf, type Resource } from '../resolve/program.ts'
import type { World } from '../resolve/world.ts'
import { parameterName } from '../worlds/declared.ts'
import { explore, possibleIn } from '../worlds/explore.ts'
import type { Rule } from '../worlds/rules.ts'
import { labelOfComparison, wordsOfChoices } from './choices.ts'
import type { Claim, TemplatesClaim } from './claim.ts'
import type { Finding, Hop, Leaf, Unknown } from './findings.ts'
import { Judgement, type Shared } from './judgement.ts'
import { exemplified, exploreObligation, isWitness, questionOf, type Session, tooLarge } from './session.ts'
import { settlement, settleParameter } from './settle.ts'

type Judged = { readonly applies: boolean; readonly judgement: Judgement }
type Looked = {
  readonly leaves: readonly Leaf[]
  readonly applies: boolean
  readonly obstacle: string | undefined
  /** Refuted in every world, as far as all were looked at. */
  readonly isRefutedThroughout: boolean
}

/** Undefined when the claim is about this target in no world. `target` is left out for a claim about the templates. */
export function judge(
  session: Session,
  claim: Claim | TemplatesClaim,
  target: Resource | undefined,
  asked: Set<string>,
  isExhaustive = false,
): ClaimReport | undefined {
  const name = target?.id ?? session.program.stacks[0]?.key ?? ''
  const report = (rest: Omit<ClaimReport, 'id' | 'target'>): ClaimReport => ({ id: claim.id, target: name, ...rest })
  const look = (start: World, all: boolean): Looked =>
    lookInto(
      session,
      {
        asked,
        isExhaustive: all,
        isWitness: (leaf) => isWitness(session, leaf, leaf.world),
        explore: (world, ask, isEnough) => exploreObligation(session, world, ask, all, isEnough),
      },
      claim,
      target,
      start,
    )
  const { leaves, applies, obstacle } = look(session.start, isExhaustive)
  // Where nothing can be deployed, nothing is proved.
  if (leaves.length === 0 && obstacle !== undefined)
    return report({
      verdict: 'undecided',
      unknown: { name, settle: 'correct the template' },
      unknowns: [{ name, settle: 'correct the template' }],
      because: `no deployment can succeed: ${obstacle}`,
    })
  if (!applies) return undefined
  const refused = refusedBy(session) ?? refusedBefore(session)
  if (refused) return report({ verdict: 'undecided', ...refused })
  const macro = macroIn(session)
  if (macro) return report({ verdict: 'undecided', ...macro })
  const refuted = leaves.find((leaf) => isWitness(session, leaf, leaf.world))
  const finding = refuted && refutationIn(refuted)
  if (refuted && finding) {
    const when = whenOf(minimal(session, refuted.world, (start) => look(start, true).isRefutedThroughout))
    return report({
      verdict: 'refuted',
      ...(Object.keys(when).length > 0 ? { when } : {}),
      path: finding.path,
      because: finding.because,
      remedy: finding.remedy,
      ...usedIn([refuted]),
    })
  }
  const open = leaves.filter(({ findings, world }) => findings.length > 0 && session.feasibility(world).is !== 'no')
  if (open.length > 0) return report(undecided(session, open))
  const reasons = new Set(leaves.flatMap((leaf) => [...leaf.reasons]))
  return report({ verdict: 'proved', because: [...reasons].join('; '), ...usedIn(leaves) })
}

/** Where the Rules refuse every deployment, nothing is open, and nothing is proved. */
function refusedBy(session: Session): Pick<ClaimReport, 'unknown' | 'unknowns' | 'because' | 'path'> | undefined {
  const answer = session.feasibility(session.start)
  if (answer.is !== 'no') return undefined
  const names = answer.rules.map(({ name }) => name)
  const unknown = {
    name: names[0] ?? 'Rules',
    settle: `correct the rules that no deployment keeps: ${names.join(', ')}`,
  }
  return {
    unknown,
    unknowns: [unknown],
    path: answer.rules.map(ruleHop),
    because: `no deployment can succeed: for all parameter values, an assertion of Rules fails (${names.join(', ')})`,
  }
}

function refusedBefore({
  program,
}: Session): Pick<ClaimReport, 'unknown' | 'unknowns' | 'because' | 'path'> | undefined {
  const stack = program.stacks.find(({ refused }) => refused !== undefined)
  if (!stack?.refused) return undefined
  const { by, reason, at } = stack.refused
  const unknown = { name: stack.source.path, settle: `correct the template: ${reason}` }
  return {
    unknown,
    unknowns: [unknown],
    path: [{ node: stack.source.path, ...placeOf({ stack, at }) }],
    because: `${by} refuses this template, so none of it is deployed: ${reason}`,
  }
}

const ruleHop = (rule: Rule): Hop => ({ node: `Rules.${rule.name}`, ...placeOf(rule) })

/** What nobody here can expand may add, change or remove anything. */
function macroIn({ program }: Session): Pick<ClaimReport, 'unknown' | 'unknowns' | 'because'> | undefined {
  const stack = program.stacks.find(({ macro }) => macro !== undefined)
  if (stack?.macro === undefined) return undefined
  const unknown = {
    name: stack.macro,
    settle: 'give the processed template: aws cloudformation get-template --template-stage Processed',
  }
  return { unknown, unknowns: [unknown], because: `${stack.macro} may change anything in ${stack.source.path}` }
}

function lookInto(
  session: Session,
  shared: Shared,
  claim: Claim | TemplatesClaim,
  target: Resource | undefined,
  start: World,
): Looked {
  try {
    const exploreFrom = (from: World) =>
      explore<Judged>(
        session.program,
        from,
        (world) => {
          const judgement = new Judgement(session.factsIn(world), shared, from)
          const applies =
            claim.targets === 'templates'
              ? (claim as TemplatesClaim).judge(judgement)
              : target !== undefined && judgement.facts.exists(target) && (claim as Claim).judge(judgement, target)
          return { applies, judgement }
        },
        ({ applies, judgement }) => (applies ? questionOf(judgement, from, judgement.isRefuted()) : undefined),
        ({ judgement }) =>
          !shared.isExhaustive &&
          [judgement.leaf(), ...judgement.leaves].some((leaf) => isWitness(session, leaf, leaf.world)),
      )
    const { answers, obstacle } = session.budget.within(() => {
      const found = exploreFrom(start)
      const judgementOf = ({ applies, judgement }: Judged) => (applies ? judgement : undefined)
      return shared.isExhaustive ? found : exemplified(session, found, judgementOf, exploreFrom)
    })
    const applicable = answers.filter(({ answer }) => answer.applies)
    return {
      leaves: applicable.flatMap(({ answer: { judgement } }) => [judgement.leaf(), ...judgement.leaves]),
      applies: applicable.length > 0,
      // A world in which it is not about this target is one that can be deployed.
      obstacle: answers.length === 0 ? (obstacle ?? 'every choice is refused') : undefined,
      isRefutedThroughout:
        applicable.length > 0 && applicable.every(({ answer }) => answer.judgement.isRefutedThroughout()),
    }
  } catch (error) {
    const finding = tooLarge(error)
    if (!finding) throw error
    const leaf = {
      world: start,
      findings: [finding],
      reasons: new Set(),
      assumptions: new Set(),
      used: new Set(),
    } as const
    return { leaves: [leaf as unknown as Leaf], applies: true, obstacle: undefined, isRefutedThroughout: false }
  }
}

const refutationIn = ({ findings }: Leaf) =>
  findings.find((finding): finding is Finding & { verdict: 'refuted' } => finding.verdict === 'refuted')

/** The choices without which it would not be refuted whatever else is chosen. */
function minimal(session: Session, world: World, isRefuted: (start: World) => boolean): World {
  let choices = new Map(world.choices)
  for (const key of [...choices.keys()]) {
    if (session.start.choices.has(key)) continue
    const fewer = new Map(choices)
    fewer.delete(key)
    if (isRefuted({ ...world, choices: fewer })) choices = fewer
  }
  return { ...world, choices: new Map([...choices].filter(([key]) => !session.start.choices.has(key))) }
}

function undecided(session: Session, open: readonly Leaf[]): Omit<ClaimReport, 'id' | 'target'> {
  const all = open.flatMap(({ world, findings }) => findings.map((finding) => ({ world, finding })))
  const first = all.find(({ finding }) => finding.verdict === 'undecided') ?? all[0]
  if (!first) throw new Error('nothing is open')
  const unknowns = [
    ...new Map(
      all
        .flatMap(({ finding }) => (finding.verdict === 'undecided' ? finding.unknowns : []))
        .map((each) => [each.settle, each]),
    ).values(),
  ]
  const isReproducible = !all.some(({ finding }) => finding.verdict === 'undecided' && finding.isReproducible === false)
  const cut = isReproducible ? {} : ({ reproducible: false } as const)
  if (first.finding.verdict === 'undecided')
    return {
      verdict: 'undecided',
      unknown: first.finding.unknowns[0],
      unknowns,
      path: first.finding.path,
      because: first.finding.because,
      ...cut,
      ...usedIn(open),
    }
  // It would be refuted in a world that may not be possible.
  const allowed = session.feasibility(first.world)
  if (first.world.assumed.size === 0 && allowed.is === 'maybe') {
    const names = allowed.rules.map(({ name }) => name).join(', ')
    const named = names || 'Rules'
    const asked = [
      ...(allowed.on?.parameter === undefined ? [] : [settleParameter(session.program, allowed.on.parameter)]),
      ...(allowed.on?.comparisons ?? []).flatMap((each) => settlementsOf(session, each)),
    ]
    const settled = asked.length > 0 ? asked : [{ name: named, settle: `simplify the rules ${named}` }]
    return {
      verdict: 'undecided',
      unknown: settled[0] as Unknown,
      unknowns: [...settled, ...unknowns],
      path: [...first.finding.path, ...allowed.rules.map(ruleHop)],
      because: `${first.finding.because}, where the rules allow it, which is not known`,
      ...usedIn(open),
    }
  }
  const [key = ''] = first.world.assumed.keys()
  const comparison = labelOfComparison(key)
  const settled = settlementsOf(session, key)
  return {
    verdict: 'undecided',
    unknown: settled[0] as Unknown,
    unknowns: [...settled, ...unknowns],
    path: first.finding.path,
    because: `${first.finding.because}, ${possibleIn(key) ? `if ${comparison}, which its declaration leaves open` : `depending on whether ${comparison} holds`}`,
    ...usedIn(open),
  }
}

/** How a comparison comes to be decided, for each thing that it depends on; at least one. */
function settlementsOf(session: Session, comparison: string): readonly Unknown[] {
  const possible = possibleIn(comparison)
  if (possible) return [settleParameter(session.program, possible.parameter)]
  const origins = session.around.compared.get(comparison) ?? []
  const facts = session.factsIn(session.start)
  const found = origins.map((origin): Unknown => {
    if (origin.parameter !== undefined) return settleParameter(session.program, origin.parameter)
    if (origin.kind === 'literal') return { name: origin.name, settle: `write ${origin.name} in quotes` }
    return settlement(facts, origin, 'value', [])
  })
  const name = labelOfComparison(comparison)
  return found.length > 0 ? found : [{ name, settle: `write ${name} so that CloudFormation can evaluate it` }]
}

function usedIn(leaves: readonly Leaf[]): Pick<ClaimReport, 'used' | 'assumed'> {
  return {
    used: [...new Set(leaves.flatMap(({ used }) => [...used]))],
    assumed: [...new Set(leaves.flatMap(({ assumptions }) => [...assumptions]))],
  }
}

/** Values by the names that people know. */
const whenOf = ({ choices }: World): Record<string, string> =>
  wordsOfChoices(new Map([...choices].map(([key, choice]) => [parameterName(key), choice])))
