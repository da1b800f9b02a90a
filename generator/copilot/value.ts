/** A manifest as data that knows where each part was written. Scalars keep their text: Copilot reads `False` as written. */

export type Path = readonly (string | number)[]

export type At = { readonly file: string; readonly line: number; readonly path: Path }

/** `!Ref`, `!Sub` and others, which only templates have. */
type Tagged = { readonly tag?: string }

export type Scalar = Tagged & { readonly kind: 'scalar'; readonly text: string; readonly at: At }
export type List = Tagged & { readonly kind: 'list'; readonly items: readonly Value[]; readonly at: At }
export type Entry = { readonly key: string; readonly value: Value }
export type Mapping = Tagged & { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly at: At }
/** A key with nothing after it. */
export type Empty = Tagged & { readonly kind: 'empty'; readonly at: At }
export type Value = Scalar | List | Mapping | Empty

/** What stands at a path, unless it is empty. */
export const look = (value: Value | undefined, ...path: readonly string[]): Value | undefined => {
  const found = path.reduce<Value | undefined>(
    (each, key) => (each?.kind === 'map' ? each.entries.findLast((entry) => entry.key === key)?.value : undefined),
    value,
  )
  return found?.kind === 'empty' ? undefined : found
}

/** Equal for two values that are written alike, wherever they stand. */
export const asWritten = (value: Value): string =>
  JSON.stringify(value, (key, each) => (key === 'at' ? undefined : each))

export const isMap = (value: Value | undefined): value is Mapping => value?.kind === 'map'

export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' ? value.text : undefined

export const wholeNumber = (value: Value | undefined): number | undefined => {
  const text = textOf(value)
  return text !== undefined && /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined
}

/** yaml.v3 also takes the words of YAML 1.1 where it expects a boolean. */
export const flag = (value: Value | undefined): boolean | undefined => {
  const text = textOf(value)?.toLowerCase()
  if (text === undefined) return undefined
  return /^(?:true|yes|on|y)$/.test(text) ? true : /^(?:false|no|off|n)$/.test(text) ? false : undefined
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** A duration as Go writes it (`1h30m`, `250ms`), in milliseconds. */
export const milliseconds = (value: Value | undefined): number | undefined => {
  const text = textOf(value)
  if (text === undefined || !/^(?:[0-9]+(?:\.[0-9]+)?(?:h|ms|m|s))+$/.test(text)) return undefined
  return [...text.matchAll(/([0-9.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0),
    0,
  )
}

/** A duration in whole seconds, rounded up. */
export const seconds = (value: Value | undefined): number | undefined => {
  const found = milliseconds(value)
  return found === undefined ? undefined : Math.ceil(found / 1000)
}
