/** Proves from templates alone what can reach the load balancer and its tasks. */

export { UnreadableTemplate } from './read/errors.ts'
export { evaluator } from './resolve/evaluate.ts'
export { load, type Program } from './resolve/program.ts'
