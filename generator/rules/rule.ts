import type { Config } from '../config/schema/index.ts'
import type { Code } from '../errors/codes.ts'
import type { Diagnostic } from '../errors/diagnostic.ts'
import type { Model } from '../model/model.ts'

/** A rule across fields: what the schema cannot say about one value alone. */
export type Rule = {
  readonly id: Code
  /** What must hold, one line. */
  readonly title: string
  /** What goes wrong otherwise, and where AWS says so. */
  readonly why: string
  readonly docs?: string
  readonly check: (model: Model, config: Config) => Diagnostic[]
}
