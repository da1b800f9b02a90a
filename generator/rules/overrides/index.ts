import type { Rule } from '../rule.ts'
import { overridesKnown } from './known.ts'
import { overridesPossible } from './possible.ts'

/** In the order in which they judge: the second takes for granted what the first demands. */
export const overridesRules: readonly Rule[] = [overridesKnown, overridesPossible]
