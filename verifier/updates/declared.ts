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
  const [was, is] = [before, after].map((each) => (each ? flagsOf(each) : []))
  const isNew = (flag: string) => before !== undefined && was?.includes(flag) === false
  return [
    ...(is ?? []).map((flag): DeclaredChange => (isNew(flag) ? { flag, change: 'added' } : { flag })),
    ...(was ?? [])
      .filter((flag) => is?.includes(flag) === false)
      .map((flag): DeclaredChange => ({ flag, change: 'removed' })),
  ]
}

const flagsOf = (declarations: Declarations): string[] => [
  ...new Set(listed(declarations).map(({ kind, value }) => quoted(`--${kind}`, value))),
]
