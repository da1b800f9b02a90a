/**
 * AllowedPattern is a Java expression that must match the whole value. One that JavaScript may not read as Java does
 * excludes nothing and shows nothing.
 * https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
 */
import { accepts, readExpression, samplesOf } from './expression.ts'

/** What Java reads otherwise, or JavaScript not at all: other escapes, sets in sets, `[^]`, flags, possessive counts. */
const foreign = /\\(?![dDwWtnrf\W])|&&|\[[^\]]*\[|\[\^?\]|\(\?[a-z-]|[+*?}]\+/
const longest = 500

const read = (pattern: string) =>
  pattern.length > longest || foreign.test(pattern) ? undefined : readExpression(pattern)

/** Whether the pattern matches the value; undefined where that is not sure. */
export function matches(pattern: string, value: string): boolean | undefined {
  if (value.length > longest || !isAscii(value)) return undefined
  const expression = read(pattern)
  return expression && accepts(expression, value)
}

/** Texts that the pattern matches; none where it is not read. */
export function examplesOf(pattern: string, count: number): string[] {
  const expression = read(pattern)
  return expression ? samplesOf(expression, count).filter((each) => accepts(expression, each)) : []
}

/** Java's classes are those of ASCII. */
const isAscii = (value: string): boolean => /^[\x20-\x7e]*$/.test(value)
