import { apiRules } from './api/index.ts'
import { clusterRules } from './cluster/index.ts'
import { deliveryRules } from './delivery/index.ts'
import { domainRules } from './domain/index.ts'
import { loadBalancerRules } from './load-balancer/index.ts'
import { networkRules } from './network/index.ts'
import { parametersRules } from './parameters/index.ts'
import type { Rule } from './rule.ts'
import { serviceRules } from './service/index.ts'
import { tagsRules } from './tags/index.ts'
import { uniqueIds } from './unique-ids.ts'

/** All rules, by the column of the config that they judge; a rule is taken out by deleting its file, its test and its line. */
export const rules: readonly Rule[] = [
  uniqueIds,
  ...tagsRules,
  ...networkRules,
  ...domainRules,
  ...clusterRules,
  ...loadBalancerRules,
  ...serviceRules,
  ...apiRules,
  ...parametersRules,
  ...deliveryRules,
]
