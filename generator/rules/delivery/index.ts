import type { Rule } from '../rule.ts'
import { catalogVersions } from './catalog-versions.ts'
import { environmentNames } from './environment-names.ts'
import { kindsOfSecrets } from './kinds-of-secrets.ts'
import { oneValue } from './one-value.ts'
import { policiesOfProducts } from './policies-of-products.ts'
import { regionKnown } from './region-known.ts'
import { retainedStacks } from './retained-stacks.ts'
import { stackSetTargets } from './stack-set-targets.ts'
import { templateNames } from './template-names.ts'
import { valuesOfTasks } from './values-of-tasks.ts'

export const deliveryRules: readonly Rule[] = [
  catalogVersions,
  stackSetTargets,
  retainedStacks,
  environmentNames,
  templateNames,
  regionKnown,
  kindsOfSecrets,
  oneValue,
  valuesOfTasks,
  policiesOfProducts,
]
