import { contentsOf, linkedSvg } from '../verifier/index.ts'
import { page } from '../verifier/page/page.ts'
import { judged } from './judged.ts'
import type { Template, VerifyOptions } from './verify.ts'

declare const PORTCULLIS_VERSION: string

/**
 * One HTML page for a reviewer or an auditor, which fetches nothing: what `portcullis report` prints. The verdict, the
 * picture with the reason for each line, claims, routes, parameters, declarations, assumptions and resources. The same
 * templates give the same bytes.
 *
 * Throws `UnreadableTemplate` and `WrongDeclaration` as `verify` does.
 */
export function report(templates: readonly Template[], options: VerifyOptions = {}): string {
  return judged(templates, options, (input) => {
    const contents = contentsOf(input)
    return page(contents, linkedSvg(contents.picture), PORTCULLIS_VERSION)
  })
}
