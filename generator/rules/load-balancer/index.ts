import type { Rule } from '../rule.ts'
import { listenerRuleLimit } from './listener-rule-limit.ts'

export const loadBalancerRules: readonly Rule[] = [listenerRuleLimit]
