import type { Rule } from '../rule.ts'
import { endpointsOfPlatform } from './endpoints-of-platform.ts'
import { environmentsOfPlatform } from './environments-of-platform.ts'
import { prioritiesOfPlatform } from './priorities-of-platform.ts'

export const platformRules: readonly Rule[] = [environmentsOfPlatform, endpointsOfPlatform, prioritiesOfPlatform]
