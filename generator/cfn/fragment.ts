import type { Handle } from './handle.ts'
import type { Entry } from './resource.ts'
import { type Conditions, settle } from './settle.ts'

/** A template's line in `Outputs`. */
export type Output = {
  readonly Description: string
  readonly Value: unknown
  /** Only the root stack exports. */
  readonly Export?: { readonly Name: unknown }
}

export type Mapping = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** What a layer contributes. Parameters are not here: a template declares those that its parts reference. */
export type Fragment = {
  readonly entries: readonly Entry[]
  readonly conditions: Conditions
  readonly mappings: Readonly<Record<string, Mapping>>
  /** What a person who deploys wants to see. Outputs that only carry a reference to another template are made by the cut. */
  readonly outputs: Readonly<Record<string, Output>>
  /** What exists already: handles that no template has a resource for. */
  readonly existing: readonly Handle[]
}

export const empty: Fragment = { entries: [], conditions: {}, mappings: {}, outputs: {}, existing: [] }

export const fragment = (...entries: Entry[]): Fragment => ({
  ...empty,
  entries,
  conditions: mergeRecords(
    'condition',
    entries.map(({ conditions = {} }) => conditions),
  ),
})

export const outputs = (written: Fragment['outputs']): Fragment => {
  const { value, conditions } = settle(written)
  return { ...empty, conditions, outputs: value as Fragment['outputs'] }
}

/** Handles whose resources are made elsewhere: a reference to one becomes a parameter. */
export const existing = (...handles: readonly Handle[]): Fragment => ({ ...empty, existing: handles })

/** All parts in one. Throws on a logical ID, condition, mapping or output that two parts define differently. */
export function merge(...parts: readonly Fragment[]): Fragment {
  const entries = parts.flatMap((part) => part.entries)
  const seen = new Set<string>()
  for (const { id } of entries) {
    if (seen.has(id)) throw new Error(`two resources have the logical ID ${id}`)
    seen.add(id)
  }
  const existing = parts.flatMap((part) => part.existing)
  for (const { id } of existing) if (seen.has(id)) throw new Error(`${id} is said to exist, and is made too`)
  return {
    entries,
    existing,
    conditions: mergeRecords(
      'condition',
      parts.map((part) => part.conditions),
    ),
    mappings: mergeRecords(
      'mapping',
      parts.map((part) => part.mappings),
    ),
    outputs: mergeRecords(
      'output',
      parts.map((part) => part.outputs),
    ),
  }
}

function mergeRecords<T>(kind: string, records: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const merged: Record<string, T> = {}
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      if (name in merged && JSON.stringify(merged[name]) !== JSON.stringify(value))
        throw new Error(`two definitions of the ${kind} ${name}`)
      merged[name] = value
    }
  }
  return merged
}
