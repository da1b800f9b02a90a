import type { Condition } from './intrinsics.ts'

export type Conditions = Readonly<Record<string, unknown>>

/** A value as a template holds it: undefined properties dropped, conditions by name, with their definitions alongside. */
export function settle(value: unknown): { readonly value: unknown; readonly conditions: Conditions } {
  const conditions: Record<string, unknown> = {}
  return { value: plain(value, conditions), conditions }
}

function plain(value: unknown, conditions: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map((item) => plain(item, conditions))
  if (typeof value !== 'object' || value === null) return value
  if (isCondition(value)) {
    conditions[value.condition] = value.holds
    return value.condition
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item, conditions)]),
  )
}

const isCondition = (value: object): value is Condition => 'condition' in value && 'holds' in value
