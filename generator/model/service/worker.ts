import { type Running, runningOf } from './running.ts'

/** Tasks that always run, and that nothing reaches: they fetch their work. */
export type Worker = Running

export const workerOf = runningOf
