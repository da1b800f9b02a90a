import type { Rule } from '../rule.ts'
import { clusterSettings } from './cluster-settings.ts'

export const clusterRules: readonly Rule[] = [clusterSettings]
