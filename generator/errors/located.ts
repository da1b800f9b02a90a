import type { Diagnostic } from './diagnostic.ts'

/** A diagnostic with its place in the file; lines and columns count from 1. */
export type LocatedDiagnostic = Diagnostic & {
  readonly file: string
  readonly line: number
  readonly column: number
  /** How much of `sourceLine` the caret line marks, at least 1. */
  readonly length: number
  readonly sourceLine: string
}

export const byPosition = (a: LocatedDiagnostic, b: LocatedDiagnostic): number =>
  a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
