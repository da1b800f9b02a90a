/** What configs declare of the two sides, and what is new in it. */
import { type Declarations, listed } from '../declarations.ts'
import { quoted } from '../judge/shell-words.ts'

export type DeclaredChange = {
  /** As a shell takes it. */
  readonly flag: string
  /** Left out where both declare it, or the old side has no config. */
  readonly change?: 'added' | 'removed'
}

export function declaredIn(before: Declarations | undefined, after: Declarations | undefined): DeclaredChange[] {
  if (!after) return []
  const is = flagsOf(after)
  const was = before ? flagsOf(before) : is
  return [
    ...is.map((flag): DeclaredChange => (was.includes(flag) ? { flag } : { flag, change: 'added' })),
    ...was.filter((flag) => !is.includes(flag)).map((flag): DeclaredChange => ({ flag, change: 'removed' })),
  ]
}

const flagsOf = (declarations: Declarations): string[] => [
  ...new Set(listed(declarations).map(({ kind, value }) => quoted(`--${kind}`, value))),
]
