/** As much of IAM as our policies use: allow statements with patterns of actions and resources, conditions, and variables in their values. */

export type Statement = {
  readonly Effect: 'Allow'
  readonly Action: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Principal?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}
export type Request = {
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, string | readonly string[] | undefined>>
  /** What it is about does not exist. */
  readonly isGone?: boolean
}

const all = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T])

const patterns = new Map<string, RegExp>()
export const matches = (pattern: string, text: string): boolean => {
  let compiled = patterns.get(pattern)
  if (!compiled) {
    const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
    compiled = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
    patterns.set(pattern, compiled)
  }
  return compiled.test(text)
}

const tests: Readonly<Record<string, (wanted: string, actual: string) => boolean>> = {
  StringEquals: (wanted, actual) => wanted === actual,
  StringLike: matches,
  ArnLike: matches,
}

/** A value that names a key which is not there, or has several values, matches nothing. */
const filled = (value: string, context: Request['context']): readonly string[] => {
  const names = [...value.matchAll(/\$\{([^}]+)\}/g)].map(([, name = '']) => name)
  if (names.some((name) => typeof context[name] !== 'string')) return []
  return [value.replace(/\$\{([^}]+)\}/g, (_, name: string) => String(context[name]))]
}

function holds(operator: string, key: string, values: readonly string[], context: Request['context']): boolean {
  const actual = context[key]
  const wanted = values.flatMap((value) => filled(value, context))
  if (operator === 'Null') return wanted.includes(String(actual === undefined))
  if (operator.endsWith('IfExists'))
    return actual === undefined || holds(operator.slice(0, -'IfExists'.length), key, wanted, context)
  const [quantifier, name = ''] = operator.includes(':') ? operator.split(':') : ['', operator]
  const test = tests[name]
  if (!test) throw new Error(`the test's IAM does not know the operator ${operator}`)
  const one = (value: string) => wanted.some((each) => test(each, value))
  // A missing key makes ForAllValues true and everything else false.
  if (quantifier === 'ForAllValues') return all(actual ?? []).every(one)
  if (quantifier) throw new Error(`the test's IAM does not know the operator ${operator}`)
  return actual !== undefined && all(actual).length === 1 && all(actual).every(one)
}

export const isAllowed = (statements: readonly Statement[], { action, resource, context }: Request): boolean =>
  statements.some(
    (statement) =>
      all(statement.Action).some((pattern) => matches(pattern, action)) &&
      all(statement.Resource ?? '*').some((pattern) => matches(pattern, resource)) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => holds(operator, key, all(wanted), context)),
      ),
  )
