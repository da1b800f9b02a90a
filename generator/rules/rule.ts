import type { Config } from '../config/schema/index.ts'
import type { Code } from '../errors/codes.ts'
import type { Diagnostic, Path } from '../errors/diagnostic.ts'
import type { Model } from '../model/model.ts'

export type { Path }

/** What a rule finds wrong: the place, the fault and the remedy. Code, reason and link are the rule's own. */
export type Finding = Omit<Diagnostic, 'code' | 'why' | 'severity'>

/** A rule across fields: what the schema cannot say about one value alone. */
export type Rule = {
  readonly id: Code
  /** Left out: an error. A warning is told, and stops nothing. */
  readonly severity?: 'warning'
  /** What must hold, one line. */
  readonly title: string
  /** What goes wrong otherwise. */
  readonly why: string
  /** Where AWS says so. */
  readonly docs?: string
  readonly check: (model: Model, config: Config) => Finding[]
}

/** Everything that the rules find, as a person needs it. */
export const findings = (rules: readonly Rule[], model: Model, config: Config): Diagnostic[] =>
  rules.flatMap(({ id, severity, why, docs, check }) =>
    check(model, config).map((finding) => ({
      code: id,
      ...(severity === undefined ? {} : { severity }),
      ...finding,
      why: docs === undefined ? why : `${why}: ${docs}`,
    })),
  )
