import { contentsOf, linkedSvg } from '../../verifier/index.ts'
// Not by the index: no other command needs it.
import { page } from '../../verifier/page/page.ts'
import { complain } from './complain.ts'
import { type FromTemplates, fromTemplates } from './from-templates.ts'
import { kindOf } from './out-file.ts'
import type { Terminal } from './terminal.ts'

const command = 'portcullis report'
const usage = 64

/** All that is known of templates, as a page. Exit codes and errors are those of `fromTemplates`. */
export function reportCommand(terminal: Terminal, paths: readonly string[], options: FromTemplates): number {
  const asked = kindOf(options.out, { page: ['.html', '.htm'] }, command)
  if ('wrong' in asked) {
    complain(terminal, asked.wrong)
    return usage
  }
  return fromTemplates(terminal, paths, options, command, (input) => {
    const contents = contentsOf(input)
    return page(contents, linkedSvg(contents.picture), terminal.version)
  })
}
