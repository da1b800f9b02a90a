import type { Rule } from '../rule.ts'
import { headerPriorities } from './header-priorities.ts'
import { listenerRuleLimit } from './listener-rule-limit.ts'

export const loadBalancerRules: readonly Rule[] = [listenerRuleLimit, headerPriorities]
