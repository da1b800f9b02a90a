import type { Config } from '../config/schema/index.ts'
import { byText, sortedEntries } from './names.ts'

/** A change to a resource that is generated, or a resource of the config's own. */
export type Override = {
  readonly id: string
  readonly type?: string
  /** What the config writes beside the type, by name; `null` takes away. */
  readonly attributes: Readonly<Record<string, unknown>>
}

export const overridesOf = (overrides: Config['overrides']): Override[] =>
  sortedEntries(overrides).map(([id, { Type, ...attributes }]) => ({
    id,
    ...(Type === undefined ? {} : { type: Type }),
    attributes: sorted(attributes) as Override['attributes'],
  }))

/** The order of keys means nothing to CloudFormation, and must mean nothing to what is printed. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => byText(a, b))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
