/** Proves from templates alone what can reach the load balancer and its tasks. Knows nothing of the generator. */

export { type ClaimText, claimTexts } from './claims.ts'
export { type Declarations, doors, facets } from './declarations.ts'
export { WrongDeclaration } from './judge/wrong-declarations.ts'
export { UnreadableTemplate } from './read/errors.ts'
export { largestTemplate } from './read/limits.ts'
export { templateBody } from './read/template-body.ts'
export { type ClaimReport, exitCodeOf, type Report } from './report/report.ts'
export { sarif } from './report/sarif.ts'
export { brief, type Paint, text as report, wrapped } from './report/text.ts'
export { visible, visibleJson, visibleLines } from './report/visible.ts'
export { parameterNames } from './resolve/program.ts'
export { verify } from './verify.ts'
