/** Templates -> a verdict on each claim, over every world that parameters and conditions allow. */
import { authorizedRoutes } from './claims/authorized-routes.ts'
import { boundedEgress } from './claims/bounded-egress.ts'
import { type Claim, type Finding, Judgement } from './claims/judgement.ts'
import { noBypass } from './claims/no-bypass.ts'
import { noInternetPath } from './claims/no-internet-path.ts'
import { noPublicAddress } from './claims/no-public-address.ts'
import { noSideDoor } from './claims/no-side-door.ts'
import { soleEntrance } from './claims/sole-entrance.ts'
import { verifiedTls } from './claims/verified-tls.ts'
import { wayInExists } from './claims/way-in-exists.ts'
import { httpApis, restApis } from './facts/apis.ts'
import { type Door, type Facts, factsOf, type Surroundings, surroundings } from './facts/facts.ts'
import { loadBalancerType } from './facts/load-balancers.ts'
import { serviceType } from './facts/services.ts'
import type { ClaimReport, Report, Verdict } from './report/report.ts'
import { load, type Program, type Resource } from './resolve/program.ts'
import { type Answer, explore, TooManyWorlds } from './worlds/explore.ts'
import { isFeasible } from './worlds/rules.ts'
import { anyWorld, Infeasible, type World, worldKey } from './worlds/world.ts'

export type Declarations = {
  readonly parameters?: ReadonlyMap<string, string>
  readonly openRoutes?: readonly string[]
  readonly allow?: readonly Door[]
  /** `NAME.FACET=VALUE` */
  readonly assume?: readonly { readonly name: string; readonly facet: string; readonly value: string }[]
}

export type VerifyInput = {
  readonly templates: readonly { readonly path: string; readonly text: string }[]
  /** Text of a file that a template names; undefined when there is none. */
  readonly readFile: (path: string) => string | undefined
  readonly declarations?: Declarations
  /** SHA-256, in hex, of the functions whose custom resources are understood. */
  readonly ownFunctions?: ReadonlySet<string>
}

const claims: readonly Claim[] = [
  wayInExists,
  noInternetPath,
  noPublicAddress,
  soleEntrance,
  authorizedRoutes,
  verifiedTls,
  noBypass,
  noSideDoor,
  boundedEgress,
]

/** Throws UnreadableTemplate. */
export function verify({ templates, readFile, declarations = {}, ownFunctions = new Set() }: VerifyInput): Report {
  const program = load(templates, readFile)
  const assume = declarations.assume ?? []
  const around = surroundings(program, {
    declarations: {
      openRoutes: new Set(declarations.openRoutes),
      allow: new Set(declarations.allow),
      assume: grouped(assume),
      values: new Map(assume.filter(({ facet }) => facet === 'value').map(({ name, value }) => [name, value])),
    },
    ownFunctions,
    readFile,
  })
  const start = startOf(program, declarations.parameters ?? new Map())
  const factsIn = remembered(around)
  const assumptions = new Set<string>()
  const reports = isAnything(program)
    ? claims.flatMap((claim) =>
        targetsOf(claim, around).flatMap((target) => judged(around, start, factsIn, claim, target, assumptions) ?? []),
      )
    : [nothingToProve(templates.map(({ path }) => path).join(', '))]
  return {
    version: 1,
    verdict: worst(reports.map(({ verdict }) => verdict)),
    templates: templates.map(({ path }) => path),
    declarations: listed(declarations),
    claims: reports,
    assumptions: [...assumptions, ...(reports.some(({ verdict }) => verdict === 'proved') ? always : [])],
  }
}

const always = [
  'a parameter names no resource of its own template, and an import only what is exported under its name',
  'AWS behaves as documented, and nobody changes what is deployed by hand',
  'resource types that the model does not know open nothing where they name nothing protected',
]

const grouped = (assume: NonNullable<Declarations['assume']>): Map<string, string[]> => {
  const facets = new Map<string, string[]>()
  for (const { name, facet, value } of assume)
    facets.set(`${name}.${facet}`, [...(facets.get(`${name}.${facet}`) ?? []), value])
  return facets
}

const listed = ({ parameters, openRoutes = [], allow = [], assume = [] }: Declarations): Report['declarations'] => [
  ...[...(parameters ?? [])].map(([name, value]) => ({ kind: 'parameter', value: `${name}=${value}` })),
  ...openRoutes.map((value) => ({ kind: 'open-route', value })),
  ...allow.map((value) => ({ kind: 'allow', value })),
  ...assume.map(({ name, facet, value }) => ({ kind: 'assume', value: `${name}.${facet}=${value}` })),
]

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
  return (world) => {
    const key = worldKey(world)
    const before = known.get(key)
    if (before) return before
    if (known.size > 64) known.clear()
    const facts = factsOf(around, world)
    known.set(key, facts)
    return facts
  }
}

const things = [loadBalancerType, serviceType, ...httpApis, ...restApis]

const isAnything = (program: Program): boolean =>
  [...program.resources.values()].some(({ type }) => things.includes(type))

const nothingToProve = (target: string): ClaimReport => ({
  id: 'way-in-exists',
  target,
  verdict: 'undecided',
  unknown: { name: target, settle: 'verify a template that holds a load balancer, a service or an API' },
  because: 'there is no load balancer, task or API, so there is nothing to prove',
})

/** A claim about templates as a whole is judged once, in the name of the first resource that there is to protect. */
function targetsOf(claim: Claim, around: Surroundings): Resource[] {
  if (claim.targets === 'templates') return things.flatMap((type) => around.byType.get(type) ?? []).slice(0, 1)
  return claim.targets.flatMap((type) => around.byType.get(type) ?? [])
}

type Judged = { readonly applies: boolean; readonly judgement: Judgement }

function judged(
  around: Surroundings,
  start: World,
  factsIn: (world: World) => Facts,
  claim: Claim,
  target: Resource,
  assumptions: Set<string>,
): ClaimReport | undefined {
  const name = claim.targets === 'templates' ? (around.program.stacks[0]?.key ?? '') : target.id
  const isWitness = (world: World): boolean => world.assumed.size === 0
  let obstacle = ''
  try {
    const answers = explore<Judged>(
      around.program,
      start,
      (world) => {
        const facts = factsIn(world)
        const judgement = new Judgement(facts)
        try {
          const applies = facts.exists(target) && claim.judge(facts, judgement, target)
          macros(around.program, judgement)
          return { applies, judgement }
        } catch (error) {
          if (error instanceof Infeasible) obstacle = error.message
          throw error
        }
      },
      ({ judgement }) => (refutationOf(judgement) ? undefined : questionOf(judgement)),
      ({ judgement }, world) =>
        refutationOf(judgement) !== undefined && isWitness(world) && isFeasible(around.program, world),
    )
    // Where nothing can be deployed, nothing is proved.
    if (answers.length === 0)
      return {
        id: claim.id,
        target: name,
        verdict: 'undecided',
        unknown: { name, settle: 'correct the template' },
        because: `no deployment can succeed: ${obstacle}`,
      }
    const applicable = answers.filter(({ answer }) => answer.applies)
    if (applicable.length === 0) return undefined
    return summary(around.program, claim, name, applicable, assumptions)
  } catch (error) {
    if (!(error instanceof TooManyWorlds)) throw error
    const parameter = error.on?.parameter.slice(error.on.parameter.lastIndexOf(':') + 1) ?? 'a comparison'
    return {
      id: claim.id,
      target: name,
      verdict: 'undecided',
      unknown: { name: parameter, settle: `--parameter ${parameter}=VALUE` },
      because: 'its conditions have more combinations than are looked at',
    }
  }
}

/** What nobody here can expand may add or change anything. */
function macros({ stacks }: Program, judgement: Judgement): void {
  if (stacks.some(({ macro }) => macro !== undefined)) judgement.findings.length = 0
  for (const { macro, source } of stacks)
    if (macro !== undefined)
      judgement.gap(
        macro,
        'give the processed template: aws cloudformation get-template --template-stage Processed',
        `${macro} may change anything in ${source.path}`,
      )
}

const refutationOf = ({ findings }: Judgement): (Finding & { verdict: 'refuted' }) | undefined =>
  findings.find((finding) => finding.verdict === 'refuted')

const questionOf = ({ findings }: Judgement) => {
  for (const finding of findings) if (finding.verdict === 'undecided' && finding.question) return finding.question
  return undefined
}

function summary(
  program: Program,
  claim: Claim,
  target: string,
  answers: readonly Answer<Judged>[],
  assumptions: Set<string>,
): ClaimReport {
  for (const { world, answer } of answers) {
    const finding = refutationOf(answer.judgement)
    if (!finding || !isFeasible(program, world)) continue
    if (world.assumed.size > 0) continue
    const when = whenOf(world)
    return {
      id: claim.id,
      target,
      verdict: 'refuted',
      ...(Object.keys(when).length > 0 ? { when } : {}),
      path: finding.path,
      because: finding.because,
      remedy: finding.remedy,
    }
  }
  for (const { world, answer } of answers) {
    const [finding] = answer.judgement.findings
    if (!finding || !isFeasible(program, world)) continue
    if (finding.verdict === 'undecided')
      return {
        id: claim.id,
        target,
        verdict: 'undecided',
        unknown: finding.unknown,
        path: finding.path,
        because: finding.because,
      }
    const comparison = [...world.assumed.keys()][0] ?? ''
    return {
      id: claim.id,
      target,
      verdict: 'undecided',
      unknown: { name: comparison, settle: '--parameter NAME=VALUE for the parameters that are compared' },
      path: finding.path,
      because: `${finding.because}, when ${comparison} holds or not`,
    }
  }
  const reasons = new Set(answers.flatMap(({ answer }) => [...answer.judgement.reasons]))
  for (const { answer } of answers) for (const text of answer.judgement.assumptions) assumptions.add(text)
  return { id: claim.id, target, verdict: 'proved', because: [...reasons].join('; ') }
}

/** Values by the names that people know; a value that is only "not one of these" is said so. */
function whenOf({ choices }: World): Record<string, string> {
  return Object.fromEntries(
    [...choices].map(([key, choice]) => [
      key.startsWith('AWS::') ? key : key.slice(key.lastIndexOf(':') + 1),
      typeof choice === 'string'
        ? choice
        : `any value${choice.not.length > 0 ? ` but ${choice.not.map((each) => JSON.stringify(each)).join(', ')}` : ''}`,
    ]),
  )
}

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('refuted')
    ? 'refuted'
    : verdicts.length === 0 || verdicts.includes('undecided')
      ? 'undecided'
      : 'proved'
