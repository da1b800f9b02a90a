import { apiRules } from './api/index.ts'
import { clusterRules } from './cluster/index.ts'
import { deliveryRules } from './delivery/index.ts'
import { domainRules } from './domain/index.ts'
import { loadBalancerRules } from './load-balancer/index.ts'
import { networkRules } from './network/index.ts'
import { overridesRules } from './overrides/index.ts'
import { parametersRules } from './parameters/index.ts'
import { platformRules } from './platform/index.ts'
import type { Rule } from './rule.ts'
import { serviceRules } from './service/index.ts'
import { tagsRules } from './tags/index.ts'
import { uniqueIds } from './unique-ids.ts'

/** By the column of the config that they judge; a rule is taken out by deleting its file, its test and its line. */
const ofColumns: readonly Rule[] = [
  uniqueIds,
  ...tagsRules,
  ...networkRules,
  ...domainRules,
  ...clusterRules,
  ...loadBalancerRules,
  ...platformRules,
  ...serviceRules,
  ...apiRules,
  ...parametersRules,
  ...deliveryRules,
]

/**
 * What a rule finds would drag others behind it in those of the next stage. What overrides may say depends on what is
 * generated, so their rules judge a config that is right otherwise.
 */
export const stages: readonly (readonly Rule[])[] = [
  ofColumns.filter(({ severity }) => severity === undefined),
  ...overridesRules.map((rule) => [rule]),
]

/** What they find is told of a config that is right. */
export const warnings: readonly Rule[] = ofColumns.filter(({ severity }) => severity === 'warning')

export const rules: readonly Rule[] = [...ofColumns, ...overridesRules]
