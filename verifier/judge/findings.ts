/** What one claim finds out in one world. */
import type { Question, World } from '../resolve/world.ts'

export type Hop = { readonly node: string; readonly via?: string; readonly file?: string; readonly line?: number }

/** What is not known, and the flag or file that settles it. */
export type Unknown = { readonly name: string; readonly settle: string }

export type Finding =
  | { readonly verdict: 'refuted'; readonly because: string; readonly path: readonly Hop[]; readonly remedy: string }
  | {
      readonly verdict: 'undecided'
      readonly because: string
      readonly unknowns: readonly [Unknown, ...Unknown[]]
      readonly path: readonly Hop[]
      readonly question?: Question
      /** False when the machine was at its end. */
      readonly isReproducible?: false
    }

/** What was found in one world, by an obligation or by the claim itself. */
export type Leaf = {
  readonly world: World
  readonly findings: readonly Finding[]
  /** Why it holds, as far as it does. */
  readonly reasons: ReadonlySet<string>
  readonly assumptions: ReadonlySet<string>
  /** Declarations that the answer rests on, as the command line writes them. */
  readonly used: ReadonlySet<string>
}
