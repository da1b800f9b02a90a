import type { Rule } from '../rule.ts'
import { overridesKnown } from './known.ts'
import { overridesPossible } from './possible.ts'

/** They make the layers to judge what overrides say of them, and most configs have no overrides. */
const whereGiven = ({ check, ...rule }: Rule): Rule => ({
  ...rule,
  check: (model, config) => (model.overrides.length === 0 ? [] : check(model, config)),
})

/** In the order in which they judge: the second takes for granted what the first demands. */
export const overridesRules: readonly Rule[] = [overridesKnown, overridesPossible].map(whereGiven)
