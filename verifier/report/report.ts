/** What `verify` found, as `--format json` prints it. */
import type { Hop, Unknown } from '../judge/findings.ts'

export type Verdict = 'proved' | 'refuted' | 'undecided'

export type ClaimReport = {
  readonly id: string
  /** Logical ID, or the file for a claim about a template as a whole. */
  readonly target: string
  readonly verdict: Verdict
  /** Parameter values that open the path, only when refuted. */
  readonly when?: Readonly<Record<string, string>>
  readonly path?: readonly Hop[]
  /** The first of `unknowns`. */
  readonly unknown?: Unknown
  /** All that matters and is not known. */
  readonly unknowns?: readonly Unknown[]
  readonly because: string
  /** What to change, only when refuted. */
  readonly remedy?: string
  /** Declarations that the verdict rests on. */
  readonly used?: readonly string[]
  /** Assumptions that it rests on. */
  readonly assumed?: readonly string[]
  /** The machine was at its end before the count of steps was. */
  readonly reproducible?: false
}

export type Report = {
  readonly version: 1
  readonly verdict: Verdict
  readonly templates: readonly string[]
  readonly declarations: readonly { readonly kind: string; readonly value: string }[]
  /** Declarations that no claim asked for. */
  readonly unused: readonly string[]
  readonly claims: readonly ClaimReport[]
  /** Judged like claims, but no part of the verdict. */
  readonly notes: readonly ClaimReport[]
  readonly assumptions: readonly string[]
}

/** 0 all proved, 1 one refuted, 2 none refuted and one undecided. */
export const exitCodeOf = ({ verdict }: Report): 0 | 1 | 2 => (verdict === 'proved' ? 0 : verdict === 'refuted' ? 1 : 2)
