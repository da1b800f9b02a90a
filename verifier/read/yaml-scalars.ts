/** Where a scalar of YAML 1.1 ends and what it says, https://yaml.org/spec/1.1/#id903915 */
import { Unreadable } from './errors.ts'

/** `lineStart` is the start of the line on which it ends; `isLineDone` when none of it is on that line. */
export type Scanned = {
  readonly value: string
  readonly end: number
  readonly lineStart: number
  readonly isLineDone?: boolean
}

export const isBlank = (code: number): boolean => code === 32 || code === 9
/** Other control characters do not come here, and charCodeAt gives NaN beyond the end. */
export const isBlankOrEnd = (code: number): boolean => !(code > 32)

const afterBreak = (text: string, at: number): number => at + (text.charCodeAt(at) === 13 ? 2 : 1)
const isMarker = (text: string, at: number): boolean =>
  (text.startsWith('---', at) || text.startsWith('...', at)) && isBlankOrEnd(text.charCodeAt(at + 3))
const isFlowMark = (code: number): boolean => code === 44 || code === 91 || code === 93 || code === 123 || code === 125

/** One line break is a space, more are one less. */
const folded = (breaks: number): string => (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1))

export function plainScalar(
  text: string,
  start: number,
  startOfLine: number,
  indent: number,
  inFlow: boolean,
): Scanned {
  let at = start
  let lineStart = startOfLine
  let value = ''
  let between = ''
  let breaks = 0
  for (;;) {
    const from = at
    at = endOfWord(text, at, inFlow)
    if (at === from) break
    value = value === '' ? text.slice(from, at) : value + between + text.slice(from, at)
    // What follows on this line or on a deeper one belongs to the text, unless it is a comment or a key.
    const end = at
    breaks = 0
    for (; ; at++) {
      const code = text.charCodeAt(at)
      if (code === 10) {
        lineStart = at + 1
        breaks++
      } else if (code === 9 && breaks > 0 && at - lineStart <= indent) throw new Unreadable(at, 'a tab cannot indent')
      else if (!isBlank(code) && code !== 13) break
    }
    if (at === end || text.charCodeAt(at) === 35 /* # */) break
    if (breaks > 0 && ((!inFlow && at - lineStart <= indent) || (at === lineStart && isMarker(text, at)))) break
    between = breaks === 0 ? text.slice(end, at) : folded(breaks)
  }
  return { value, end: at, lineStart, isLineDone: breaks > 0 }
}

/** Characters that mean nothing by themselves, wherever they stand. */
const ordinary = /[\w$./()=+;^~-]+/y
const ordinaryInQuotes = /[^'"\\\s]+/y

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

function endOfWord(text: string, start: number, inFlow: boolean): number {
  for (let at = skip(ordinary, text, start); ; at = skip(ordinary, text, at + 1)) {
    const code = text.charCodeAt(at)
    if (isBlankOrEnd(code)) return at
    if (code === 58 /* : */) {
      const next = text.charCodeAt(at + 1)
      if (isBlankOrEnd(next)) return at
      if (inFlow && isFlowMark(next))
        throw new Unreadable(at, 'a colon here needs a space after it, or the text needs quotes')
    } else if (inFlow) {
      if (isFlowMark(code)) return at
      if (code === 63 /* ? */) throw new Unreadable(at, 'text with a question mark needs quotes inside brackets')
    }
  }
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}
const digitsOf: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

export function quotedScalar(text: string, start: number, startOfLine: number): Scanned {
  const mark = text.charCodeAt(start)
  const isDouble = mark === 34
  let at = start + 1
  let lineStart = startOfLine
  let value = ''
  let from = at
  for (;;) {
    at = skip(ordinaryInQuotes, text, at)
    const code = text.charCodeAt(at)
    if (Number.isNaN(code)) throw new Unreadable(start, 'a quote is not closed')
    if (code === mark) {
      if (isDouble || text.charCodeAt(at + 1) !== 39) break
      value += text.slice(from, at + 1)
      at += 2
      from = at
    } else if (isDouble && code === 92) {
      value += text.slice(from, at)
      if (isBlankOrEnd(text.charCodeAt(at + 1)) && !isBlank(text.charCodeAt(at + 1))) {
        if (at + 1 >= text.length) throw new Unreadable(start, 'a quote is not closed')
        at = afterBreak(text, at + 1)
        lineStart = at
        checkMarker(text, at)
        // Further empty lines count.
        const rest = lineBreaks(text, at, lineStart)
        value += '\n'.repeat(rest.breaks)
        at = rest.at
        lineStart = rest.lineStart
      } else {
        const found = escaped(text, at)
        value += found.value
        at = found.end
      }
      from = at
    } else if (isBlank(code) || code === 10 || code === 13) {
      const rest = lineBreaks(text, at, lineStart)
      if (rest.breaks > 0) {
        value += text.slice(from, at) + folded(rest.breaks)
        from = rest.at
      }
      at = rest.at
      lineStart = rest.lineStart
    } else at++
  }
  return { value: value + text.slice(from, at), end: at + 1, lineStart }
}

/** Blanks and line breaks from here on; blanks next to a break are not text. */
function lineBreaks(
  text: string,
  start: number,
  startOfLine: number,
): { at: number; lineStart: number; breaks: number } {
  let at = start
  let lineStart = startOfLine
  let breaks = 0
  for (;;) {
    const code = text.charCodeAt(at)
    if (isBlank(code)) at++
    else if (code === 10 || code === 13) {
      at = afterBreak(text, at)
      lineStart = at
      breaks++
      checkMarker(text, at)
    } else return { at, lineStart, breaks }
  }
}

function checkMarker(text: string, at: number): void {
  if (isMarker(text, at)) throw new Unreadable(at, 'a document ends inside quotes')
}

function escaped(text: string, at: number): { value: string; end: number } {
  const letter = text[at + 1] as string
  const simple = escapes[letter]
  if (simple !== undefined) return { value: simple, end: at + 2 }
  const length = digitsOf[letter]
  const digits = text.slice(at + 2, at + 2 + (length ?? 0))
  const code = Number.parseInt(digits, 16)
  if (length === undefined || !/^[0-9A-Fa-f]+$/.test(digits) || digits.length < length)
    throw new Unreadable(at, 'an escape that YAML 1.1 does not know')
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw new Unreadable(at, 'an escape that is not a character')
  return { value: String.fromCodePoint(code), end: at + 2 + length }
}

const header = /[|>](?:([-+])([1-9])?|([1-9])([-+])?)?[ \t]*(?:(?<=[ \t])#[^\n]*)?(?:\r?\n|$)/y

/** Text that starts with `|` or `>`; `parent` is the indentation of what it belongs to, or -1. */
export function blockScalar(text: string, start: number, parent: number, isFolded: boolean): Scanned {
  header.lastIndex = start
  const found = header.exec(text)
  if (!found) throw new Unreadable(start, 'only an indentation, + or -, and a comment may follow here')
  const chomping = found[1] ?? found[4] ?? ''
  const given = Number(found[2] ?? found[3] ?? 0)
  let at = start + found[0].length
  let lineStart = at
  let indent = given > 0 ? Math.max(parent, 0) + given : 0

  /** Empty lines, and the indentation of the next line that is not; finds out the indentation when it is not given. */
  function emptyLines(): number {
    let breaks = 0
    let widest = 0
    for (;;) {
      while ((indent === 0 || at - lineStart < indent) && text.charCodeAt(at) === 32) at++
      widest = Math.max(widest, at - lineStart)
      const code = text.charCodeAt(at)
      if (code === 9 && (indent === 0 || at - lineStart < indent)) throw new Unreadable(at, 'a tab cannot indent')
      if (code !== 10 && code !== 13) break
      at = afterBreak(text, at)
      lineStart = at
      breaks++
    }
    if (indent === 0) indent = Math.max(widest, parent + 1, 1)
    return breaks
  }

  const parts: string[] = []
  let pending = emptyLines()
  let lastBreak = ''
  let wasBlank = false
  while (at - lineStart === indent && at < text.length) {
    const startsBlank = isBlank(text.charCodeAt(at))
    if (isFolded && lastBreak !== '' && !wasBlank && !startsBlank) {
      if (pending === 0) parts.push(' ')
    } else parts.push(lastBreak)
    if (pending > 0) parts.push('\n'.repeat(pending))
    wasBlank = startsBlank
    let end = text.indexOf('\n', at)
    if (end === -1) end = text.length
    const next = end + 1
    if (text.charCodeAt(end - 1) === 13 && end > at) end--
    parts.push(text.slice(at, end))
    lastBreak = next > text.length ? '' : '\n'
    at = Math.min(next, text.length)
    if (lastBreak !== '') lineStart = at
    pending = emptyLines()
  }
  if (chomping !== '-') parts.push(lastBreak)
  if (chomping === '+') parts.push('\n'.repeat(pending))
  return { value: parts.join(''), end: at, lineStart }
}
