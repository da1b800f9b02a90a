import type { Rule } from '../rule.ts'
import { existingLoadBalancer } from './existing-load-balancer.ts'
import { headerPriorities } from './header-priorities.ts'
import { listenerRuleLimit } from './listener-rule-limit.ts'
import { roomForRules } from './room-for-rules.ts'

export const loadBalancerRules: readonly Rule[] = [
  existingLoadBalancer,
  listenerRuleLimit,
  roomForRules,
  headerPriorities,
]
