import type { Rule } from '../rule.ts'
import { egressPorts } from './egress-ports.ts'
import { networkKeysWithoutEffect } from './keys-without-effect.ts'
import { subnetsApart } from './subnets-apart.ts'
import { vpcRange } from './vpc-range.ts'
import { zonesInRegion } from './zones-in-region.ts'

export const networkRules: readonly Rule[] = [
  networkKeysWithoutEffect,
  vpcRange,
  zonesInRegion,
  subnetsApart,
  egressPorts,
]
