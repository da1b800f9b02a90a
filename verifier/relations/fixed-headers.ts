/** Headers that an integration fixes for every request, whatever the client sends. */
import { matches, normalised } from '../facts/rights/pattern.ts'
import { isStackName } from '../resolve/exports.ts'
import { keyOf, textOf, type Value } from '../resolve/value.ts'
import type { Known } from './known.ts'

export type FixedHeaders = ReadonlyMap<string, Value>

const overwritten = /^overwrite:header\.(.+)$/i
const named = /:header\.(.+)$/i

/**
 * Only `overwrite` takes away what the client sent, and `$` begins something of the request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function fixedHeaders(parameters: Value): FixedHeaders {
  if (parameters.kind !== 'map') return new Map()
  const mappings = [...parameters.entries].map(([key, value]) => ({ key, value, name: nameIn(named, key) }))
  return new Map(
    mappings.flatMap(({ key, value, name }) => {
      const isOnly = mappings.filter((each) => each.name === name).length === 1
      return name !== undefined && isOnly && overwritten.test(key) && isFixed(value) ? [[name, value] as const] : []
    }),
  )
}

const nameIn = (pattern: RegExp, key: string): string | undefined => pattern.exec(key)?.[1]?.toLowerCase()

const isFixed = (value: Value): boolean => isStackName(value) || (value.kind === 'text' && /^[^$*?]+$/.test(value.text))

/**
 * Whether a header with this value meets one that a listener rule demands: without regard to case, with `*` and `?`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function matchesHeader(fixed: Value, demanded: Value): Known<boolean> {
  const [value, pattern] = [textOf(fixed), textOf(demanded)]
  if (value !== undefined && pattern !== undefined) return { known: matches(normalised(pattern), normalised(value)) }
  if (keyOf(fixed) === keyOf(demanded)) return { known: true }
  // No two stacks of an account and region have the same name.
  if (isStackName(fixed) && isStackName(demanded)) return { known: false }
  return { unknown: pattern === undefined ? demanded : fixed }
}
