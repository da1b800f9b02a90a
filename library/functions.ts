import type { Assets } from '../generator/packagings/assets.ts'

/** JSON. */
declare const PORTCULLIS_FUNCTIONS: string

/** The functions that templates ship, which the build puts into the library. */
export const functions = (): Assets => JSON.parse(PORTCULLIS_FUNCTIONS)
