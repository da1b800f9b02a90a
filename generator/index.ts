/** The public API: what a program needs that generates templates without the CLI. */
export type { LocatedDiagnostic } from './errors/located.ts'
export { PortcullisError } from './errors/portcullis-error.ts'
export { generate } from './generate.ts'
export type { Model } from './model/model.ts'
export type { Assets, OutputFile } from './packagings/assets.ts'
export { parseConfig } from './read.ts'
