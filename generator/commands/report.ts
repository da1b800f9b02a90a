import { contentsOf, linkedSvg } from '../../verifier/index.ts'
// Not by the index: no other command needs it.
import { page } from '../../verifier/page/page.ts'
import { type FromTemplates, fromTemplates } from './from-templates.ts'
import type { Terminal } from './terminal.ts'

/** All that is known of templates, as a page. Exit codes and errors are those of `fromTemplates`. */
export const reportCommand = (terminal: Terminal, paths: readonly string[], options: FromTemplates): number =>
  fromTemplates(terminal, paths, options, 'portcullis report', (input) => {
    const contents = contentsOf(input)
    return page(contents, linkedSvg(contents.picture), terminal.version)
  })
