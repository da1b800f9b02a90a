import type { Rule } from '../rule.ts'
import { catalogVersions } from './catalog-versions.ts'
import { environmentNames } from './environment-names.ts'
import { regionKnown } from './region-known.ts'
import { stackSetTargets } from './stack-set-targets.ts'
import { templateNames } from './template-names.ts'

export const deliveryRules: readonly Rule[] = [
  catalogVersions,
  stackSetTargets,
  environmentNames,
  templateNames,
  regionKnown,
]
