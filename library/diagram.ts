import { mermaid, picture, svg } from '../verifier/index.ts'
import { judged } from './judged.ts'
import type { Template, VerifyOptions } from './verify.ts'

export type DiagramOptions = VerifyOptions & {
  /** `svg` if left out; `mermaid` is text that GitHub and GitLab draw. */
  readonly format?: 'svg' | 'mermaid' | undefined
}

/**
 * Who can reach whom in templates, the way in highlighted, and in red what `verify` refutes: what `portcullis diagram`
 * prints. It is the picture of one deployment, with the values of `parameters` and the defaults of all other parameters.
 *
 * Throws `UnreadableTemplate` and `WrongDeclaration` as `verify` does.
 */
export function diagram(templates: readonly Template[], options: DiagramOptions = {}): string {
  const print = options.format === 'mermaid' ? mermaid : svg
  return judged(templates, options, (input) => print(picture(input)))
}
