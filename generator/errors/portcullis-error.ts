import { frame } from './frame.ts'
import { byPosition, type LocatedDiagnostic } from './located.ts'

/** The config is wrong: every problem that was found, sorted by position. */
export class PortcullisError extends Error {
  readonly diagnostics: readonly LocatedDiagnostic[]

  constructor(diagnostics: readonly LocatedDiagnostic[]) {
    super(frame(diagnostics))
    this.name = 'PortcullisError'
    this.diagnostics = [...diagnostics].sort(byPosition)
  }
}
