import type { Config } from '../config/schema/index.ts'
import { sortedEntries } from './names.ts'

export type Tag = { readonly Key: string; readonly Value: string }

export const tagsOf = (tags: Config['tags']): Tag[] => sortedEntries(tags).map(([Key, Value]) => ({ Key, Value }))
