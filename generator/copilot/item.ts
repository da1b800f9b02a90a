/** What becomes of a key of a manifest. Every key has at least one item, so that nothing vanishes silently. */
import type { At, Path, Value } from './value.ts'

export type Alternative = {
  readonly value: unknown
  readonly why: string
  readonly remedy: string
  readonly changes: boolean
}

export type Carried = {
  readonly kind: 'carried'
  readonly from: At
  /** The place in the config. Nothing: what Portcullis does by itself, or a key that this one belongs to. */
  readonly to?: Path
  readonly value?: unknown
  /** The place is a list, to which the value is added. */
  readonly append?: true
  /** Instead of a value that this version does not take. */
  readonly alternative?: Alternative
  /** Without this value, what is at this path would be something else, and goes too. */
  readonly holds?: Path
  /** Only when the config has nothing at this path. */
  readonly unless?: Path
  /** What only the user knows; the value is a placeholder. */
  readonly ask?: string
  /** What differs a little. */
  readonly note?: string
  /** The value is another one, and so is what runs. */
  readonly degraded?: true
}

export type Lost = {
  readonly kind: 'lost'
  readonly from: At
  readonly why: string
  readonly remedy: string
  /** What runs is not the same without it. */
  readonly changes: boolean
  /** What cannot be without it, in the config. */
  readonly removes?: Path
}

export type Ignored = { readonly kind: 'ignored'; readonly from: At; readonly why: string; readonly remedy?: string }

export type Item = Carried | Lost | Ignored
export type Items = readonly [Item, ...Item[]]

type Where = Value | At
const atOf = (where: Where): At => ('at' in where ? where.at : where)

export const carried = (
  where: Where,
  to: Path,
  value: unknown,
  more: Omit<Carried, 'kind' | 'from' | 'to' | 'value'> = {},
): Carried => ({ kind: 'carried', from: atOf(where), to, value, ...more })

/** Holds without a key of the config. */
export const implied = (where: Where, note: string): Carried => ({ kind: 'carried', from: atOf(where), note })

export const lost = (where: Where, why: string, remedy: string, changes = true): Lost => ({
  kind: 'lost',
  from: atOf(where),
  why,
  remedy,
  changes,
})

/** Something that Portcullis cannot run at all, with the place in the config that stays empty. */
export const refused = (where: Where, removes: Path, why: string, remedy: string): Lost => ({
  ...lost(where, why, remedy),
  removes,
})

export const ignored = (where: Where, why: string, remedy?: string): Ignored => ({
  kind: 'ignored',
  from: atOf(where),
  why,
  ...(remedy === undefined ? {} : { remedy }),
})

/** A value that Copilot would have refused. */
export const malformed = (where: Where, expected: string): Lost =>
  lost(
    where,
    `it is not ${expected}, so Copilot would not take it either`,
    'correct the value in the manifest, and run init again',
  )

export const isCarried = (item: Item): item is Carried => item.kind === 'carried'
