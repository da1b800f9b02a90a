/** What commands that judge templates say on stderr. */
import type { Declarations } from '../../verifier/declarations.ts'
import { visible } from '../../verifier/index.ts'
import { bareFlags } from './flags.ts'
import type { Terminal } from './terminal.ts'

/** Each line stays one, whatever a name in it holds. */
export function complain({ err }: Pick<Terminal, 'err'>, ...lines: readonly string[]): void {
  err(lines.map((line) => `${visible(line)}\n`).join(''))
}

/** Of flags that say more than anyone may have meant. */
export function warnOfBareFlags(terminal: Terminal, declarations: Declarations): void {
  for (const flag of bareFlags(declarations))
    complain(
      terminal,
      `warning: ${flag} applies to every one, now and in the future; name one, such as ${nameOne(flag)}`,
    )
}

const nameOne = (flag: string): string =>
  flag.startsWith('--open-route') ? `--open-route API:${flag.slice('--open-route '.length)}` : `${flag}:NAME`
