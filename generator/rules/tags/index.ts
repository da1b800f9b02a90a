import type { Rule } from '../rule.ts'
import { tagsTogether } from './tags-together.ts'

export const tagsRules: readonly Rule[] = [tagsTogether]
