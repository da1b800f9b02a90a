/** Flags of `verify` as the declarations that they stand for, by the reader of the command line. */
import { declarationsOfFlags } from '../../generator/commands/flags.ts'
import type { Declarations } from '../../verifier/index.ts'

export function declarationsOf(flags: readonly string[]): Declarations {
  const of = (name: string): string[] =>
    flags.flatMap((flag, index) => (flag === name && index % 2 === 0 ? [flags[index + 1] ?? ''] : []))
  const found = declarationsOfFlags({
    parameter: of('--parameter'),
    openRoute: of('--open-route'),
    allow: of('--allow'),
    assume: of('--assume'),
  })
  if ('wrong' in found) throw new Error(found.wrong)
  return found
}
