import { show } from '../../errors/show.ts'

type Text<Value> = string | ((value: Value) => string)

const text = <Value>(part: Text<Value>, value: Value): string => (typeof part === 'string' ? part : part(value))

/**
 * The message of a check: what is wrong, what to write instead and (optional) why it matters, one line each,
 * because zod carries one text per issue. `issues.ts` takes them apart again.
 */
export const says = <Value = string>(wrong: Text<Value>, remedy: Text<Value>, why?: string) => ({
  error: (issue: { readonly input?: unknown }): string => {
    const value = issue.input as Value
    return [text(wrong, value), text(remedy, value), ...(why === undefined ? [] : [why])].join('\n')
  },
})

/** `"x" is not <what>`, the most common wrong. */
export const isNot =
  (what: string) =>
  (value: string): string =>
    `${show(value)} is not ${what}`

/** Marks the check of a key that must be there unless another one is. */
export const MISSING = { missing: true }
