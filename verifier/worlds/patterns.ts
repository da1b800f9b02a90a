/**
 * AllowedPattern is a Java expression that must match the whole value. One that JavaScript may not read as Java does
 * excludes nothing, nor does one that may run for ever.
 * https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
 */

/** What Java reads otherwise, or JavaScript not at all: other escapes, sets in sets, `[^]`, flags, possessive counts. */
const foreign = /\\(?![dDwWtnrf\W])|&&|\[[^\]]*\[|\[\^?\]|\(\?[a-z-]|[+*?}]\+/
/** Repetitions of a group take exponential time where their parts overlap. */
const repeatedGroup = /\)(?:[+*]|\{)/
const longest = 64

/** Whether the pattern matches the value; undefined where that is not sure. */
export function matches(pattern: string, value: string): boolean | undefined {
  if (value.length > longest || pattern.length > 500 || !isAscii(value) || foreign.test(pattern)) return undefined
  if (repeatedGroup.test(pattern) && value.length > 16) return undefined
  if ((pattern.match(/[+*]|,\}/g) ?? []).length > 4 && value.length > 16) return undefined
  try {
    return new RegExp(`^(?:${pattern})$`).test(value)
  } catch {
    return undefined
  }
}

/** Java's classes are those of ASCII. */
const isAscii = (value: string): boolean => /^[\x20-\x7e]*$/.test(value)
