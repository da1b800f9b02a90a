import { mermaid, picture, svg } from '../../verifier/index.ts'
import { complain } from './complain.ts'
import { type FromTemplates, fromTemplates } from './from-templates.ts'
import { kindOf } from './out-file.ts'
import type { Terminal } from './terminal.ts'

type Options = FromTemplates & { readonly format?: 'svg' | 'mermaid' }

const endings = { svg: ['.svg'], mermaid: ['.mmd', '.mermaid'] } as const
const command = 'portcullis diagram'
const usage = 64

/** Who can reach whom in templates, as a picture. Exit codes and errors are those of `fromTemplates`. */
export function diagramCommand(terminal: Terminal, paths: readonly string[], options: Options): number {
  const { format } = options
  const asked = kindOf(options.out, format === undefined ? endings : { [format]: endings[format] }, command)
  if ('wrong' in asked) {
    complain(terminal, asked.wrong)
    return usage
  }
  const draw = (format ?? asked.kind) === 'mermaid' ? mermaid : svg
  return fromTemplates(terminal, paths, options, command, (input) => draw(picture(input)))
}
