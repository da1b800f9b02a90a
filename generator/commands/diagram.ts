import { mermaid, picture, svg } from '../../verifier/index.ts'
import { type FromTemplates, fromTemplates } from './from-templates.ts'
import type { Terminal } from './terminal.ts'

type Options = FromTemplates & { readonly format: 'svg' | 'mermaid' }

/** Who can reach whom in templates, as a picture. Exit codes and errors are those of `fromTemplates`. */
export const diagramCommand = (terminal: Terminal, paths: readonly string[], options: Options): number =>
  fromTemplates(terminal, paths, options, 'portcullis diagram', (input) =>
    (options.format === 'svg' ? svg : mermaid)(picture(input)),
  )
