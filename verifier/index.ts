/** Proves from templates alone what can reach the load balancer and its tasks. Knows nothing of the generator. */

export { type Door, doors } from './facts/facts.ts'
export { UnreadableTemplate } from './read/errors.ts'
export { type ClaimReport, exitCodeOf, type Report } from './report/report.ts'
export { sarif } from './report/sarif.ts'
export { type Paint, text as report } from './report/text.ts'
export { parameterNames } from './resolve/program.ts'
export { type Declarations, verify } from './verify.ts'
