import type { Rule } from '../rule.ts'
import { deploymentsApart } from './deployments-apart.ts'
import { existingLoadBalancer } from './existing-load-balancer.ts'
import { headerPriorities } from './header-priorities.ts'
import { loadBalancerQuotas } from './load-balancer-quotas.ts'
import { roomForRules } from './room-for-rules.ts'
import { rulesOfGroups } from './rules-of-groups.ts'

export const loadBalancerRules: readonly Rule[] = [
  existingLoadBalancer,
  loadBalancerQuotas,
  roomForRules,
  headerPriorities,
  deploymentsApart,
  rulesOfGroups,
]
