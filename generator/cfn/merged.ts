/** Patches to resources: maps are merged, everything else replaces, and null takes away. */

type Plain = Readonly<Record<string, unknown>>

/** The value with the change; undefined when nothing is left. */
export function merged(value: unknown, change: unknown): unknown {
  if (change === null) return undefined
  if (!isPlain(change) || isFunction(change)) return asPrinted(change)
  const before = isPlain(value) && !isFunction(value) ? value : {}
  return Object.fromEntries(
    Object.keys({ ...before, ...change })
      .map((key) => [key, key in change ? merged(before[key], change[key]) : before[key]] as const)
      .filter(([, item]) => item !== undefined),
  )
}

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An intrinsic function in its long form: a map with one key. */
export function isFunction(value: unknown): boolean {
  if (!isPlain(value)) return false
  const [key, ...others] = Object.keys(value)
  return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))
}

/** `Fn::GetAtt` may name resource and attribute in one text; everywhere else they are two. */
const asPrinted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asPrinted)
  if (!isPlain(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const [, target, attribute] = key === 'Fn::GetAtt' ? (/^([^.]+)\.(.+)$/.exec(String(item)) ?? []) : []
      return [key, typeof item === 'string' && target !== undefined ? [target, attribute] : asPrinted(item)]
    }),
  )
}
