import { codeOf } from '../../../generator/commands/assets.ts'
import { type Contents, contentsOf } from '../../../verifier/contents/contents.ts'
import { linkedSvg } from '../../../verifier/diagram/svg.ts'
import { page } from '../../../verifier/page/page.ts'
import type { VerifyInput } from '../../../verifier/verify.ts'
import { assets } from '../../support/examples.ts'

/** As the command makes them. */
export const contentsFor = (input: VerifyInput): Contents => contentsOf({ ownFunctions: codeOf(assets), ...input })
export const pageWith = (contents: Contents): string => page(contents, linkedSvg(contents.picture), '0.0.0')
export const pageOf = (input: VerifyInput): string => pageWith(contentsFor(input))
