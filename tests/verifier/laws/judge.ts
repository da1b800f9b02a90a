/** Templates as data -> verdicts by claim and target, and how laws say what broke them. */
import { codeOf } from '../../../generator/commands/assets.ts'
import { type Declarations, type Report, UnreadableTemplate, verify } from '../../../verifier/index.ts'
import { assets } from '../../support/examples.ts'
import type { Json } from '../../support/read-template.ts'

/** A template with what is given together with it. */
export type Given = {
  readonly template: Json
  /** Further templates on the command line. */
  readonly others?: readonly Json[]
  /** What the templates name by path. */
  readonly files?: Readonly<Record<string, Json>>
}

export type Verdict = Report['verdict']
export type Verdicts = ReadonlyMap<string, Verdict>

const own = codeOf(assets)

export const text = (template: Json): string => (typeof template === 'string' ? template : JSON.stringify(template))

/** Undefined when the templates cannot be read. */
export function reportOf(
  { template, others = [], files = {} }: Given,
  declarations: Partial<Declarations> = {},
): Report | undefined {
  try {
    return verify({
      templates: [template, ...others].map((each, index) => ({ path: `t${index}.json`, text: text(each) })),
      readFile: (path) => (path in files ? text(files[path]) : undefined),
      declarations,
      ownFunctions: own,
    })
  } catch (error) {
    if (error instanceof UnreadableTemplate) return undefined
    throw error
  }
}

const order: readonly Verdict[] = ['proved', 'undecided', 'refuted']

/** `claim target` -> verdict, the worst where a claim appears twice; `overall` is there too. */
export function verdictsOf(report: Report): Verdicts {
  const found = new Map<string, Verdict>([['overall', report.verdict]])
  for (const { id, target, verdict } of report.claims) {
    const key = `${id} ${target}`
    const before = found.get(key) ?? 'proved'
    found.set(key, order.indexOf(verdict) > order.indexOf(before) ? verdict : before)
  }
  return found
}

/** The verdict of the claim about this target or, without one, about all; undefined when nothing is said of it. */
export function verdictOn(report: Report, claim: string, target?: string): Verdict | undefined {
  const said = report.claims.filter(({ id, target: of }) => id === claim && (target === undefined || of === target))
  return said.reduce<Verdict | undefined>(
    (worst, { verdict }) => (order.indexOf(verdict) > order.indexOf(worst ?? 'proved') ? verdict : (worst ?? 'proved')),
    undefined,
  )
}

/** Fails with how many there are and the first of them. */
export function none(broken: readonly string[], pairs: number): void {
  if (broken.length > 0)
    throw new Error(`${broken.length} of ${pairs} pairs break the law, such as\n${broken.slice(0, 12).join('\n')}`)
}
