/** What `verify` found, as `--format json` prints it. */
import type { ClaimId, Hop, Unknown } from '../claims/judgement.ts'

export type Verdict = 'proved' | 'refuted' | 'undecided'

export type ClaimReport = {
  readonly id: ClaimId
  /** Logical ID, or the file for a claim about a template as a whole. */
  readonly target: string
  readonly verdict: Verdict
  /** Parameter values that open the path, only when refuted. */
  readonly when?: Readonly<Record<string, string>>
  readonly path?: readonly Hop[]
  readonly unknown?: Unknown
  readonly because: string
  /** What to change, only when refuted. */
  readonly remedy?: string
}

export type Report = {
  readonly version: 1
  readonly verdict: Verdict
  readonly templates: readonly string[]
  readonly declarations: readonly { readonly kind: string; readonly value: string }[]
  readonly claims: readonly ClaimReport[]
  readonly assumptions: readonly string[]
}

/** 0 all proved, 1 one refuted, 2 none refuted and one undecided. */
export const exitCodeOf = ({ verdict }: Report): 0 | 1 | 2 => (verdict === 'proved' ? 0 : verdict === 'refuted' ? 1 : 2)
