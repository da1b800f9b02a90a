/**
 * Whether a request meets the conditions of a listener rule: all of them, each with one of its values.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
import { meetsPattern } from './wildcards.ts'

/** A value that is not known is undefined. */
export type Condition =
  | { readonly field: 'path' | 'host' | 'method'; readonly values: readonly (string | undefined)[] }
  | { readonly field: 'header'; readonly name: string | undefined; readonly values: readonly (string | undefined)[] }
  | { readonly field: 'query'; readonly pairs: readonly (QueryPattern | undefined)[] }
  /** One that is decided elsewhere, by addresses or by values that only the deployment knows. */
  | { readonly field: 'other'; readonly holds: boolean | undefined }

export type QueryPattern = { readonly key?: string; readonly value: string }

/** What comes to the load balancer. Undefined is what nobody here knows. */
export type Arriving = {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly host: string | undefined
  /** Names in lower case; a header that is not in it is not sent. */
  readonly headers: ReadonlyMap<string, string | undefined>
  readonly query: readonly (readonly [string, string])[]
}

export type Meets = 'yes' | 'no' | 'unknown'

/** One condition that certainly fails decides, whatever the others are. */
export function meetsConditions(conditions: readonly Condition[], request: Arriving): Meets {
  const answers = conditions.map((condition) => meetsOne(condition, request))
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
}

function meetsOne(condition: Condition, { method, path, host, headers, query }: Arriving): Meets {
  switch (condition.field) {
    // Only here do capitals matter.
    case 'path':
      return among(condition.values, path, (value, given) => meetsPattern(value, given))
    case 'host':
      return among(condition.values, host, (value, given) => meetsPattern(value.toLowerCase(), given.toLowerCase()))
    case 'method':
      return among(condition.values, method, (value, given) => value === given)
    case 'header': {
      if (condition.name === undefined) return 'unknown'
      const name = condition.name.toLowerCase()
      if (!headers.has(name)) return 'no'
      return among(condition.values, headers.get(name), (value, given) =>
        meetsPattern(value.toLowerCase(), given.toLowerCase(), true),
      )
    }
    case 'query':
      return among(condition.pairs, query, (pattern, given) => given.some((pair) => meetsPair(pattern, pair)))
    case 'other':
      return condition.holds === undefined ? 'unknown' : condition.holds ? 'yes' : 'no'
  }
}

const meetsPair = ({ key, value }: QueryPattern, [name, given]: readonly [string, string]): boolean =>
  (key === undefined || meetsPattern(key.toLowerCase(), name.toLowerCase(), true)) &&
  meetsPattern(value.toLowerCase(), given.toLowerCase(), true)

function among<Pattern, Given>(
  patterns: readonly (Pattern | undefined)[],
  given: Given | undefined,
  meets: (pattern: Pattern, given: Given) => boolean,
): Meets {
  if (given === undefined) return 'unknown'
  if (patterns.some((pattern) => pattern !== undefined && meets(pattern, given))) return 'yes'
  return patterns.includes(undefined) ? 'unknown' : 'no'
}
