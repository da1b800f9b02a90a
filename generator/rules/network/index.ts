import type { Rule } from '../rule.ts'
import { egressPorts } from './egress-ports.ts'
import { vpcRange } from './vpc-range.ts'
import { zonesInRegion } from './zones-in-region.ts'

export const networkRules: readonly Rule[] = [vpcRange, zonesInRegion, egressPorts]
