import type { Running } from './running.ts'

/** Tasks that always run, and that only other services of the config reach. */
export type Backend = Running & { readonly port: number }
