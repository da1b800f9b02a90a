/**
 * YAML 1.1 text -> tokens, as the loaders scan it that CloudFormation and its tools are built on
 * (https://yaml.org/spec/1.1/). A block collection starts where a key or a dash first appears, and a key is recognised
 * only at its colon: what marks it is then put in before it.
 */
import { Unreadable } from './errors.ts'
import { deepest } from './limits.ts'
import { blockScalar, isBlank, isBlankOrEnd, plainScalar, quotedScalar } from './yaml-scalars.ts'

export type Kind =
  | 'start of document'
  | 'end of document'
  | 'end of text'
  | 'block map'
  | 'block list'
  | 'end of block'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'plain'
  | 'quoted'
  | 'wrong'

/**
 * `text` of a key that is simple is the key itself: its text and its colon are not tokens of their own. That of what is
 * wrong says what.
 */
export type Token = { readonly kind: Kind; readonly at: number; readonly text: string }

/** What may turn out to be a key, when a colon follows on its line. */
type PossibleKey = { readonly index: number; readonly at: number; readonly lineStart: number; readonly needed: boolean }

const longestKey = 1024
const simpleKey = /[A-Za-z]\w{0,100}(?=:[ \n])/y
const simpleValue = / [A-Za-z\d/][\w/.-]*(?=\n)/y
const directive = /%YAML 1\.1 *(?: #[^\n]*)?\r?\n/y
const anchorName = /[A-Za-z0-9_-]+/y
const tagName = /![A-Za-z0-9!:._-]*/y
const mayFollowAnchor = '?:,]}%@`'

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)

/** The last is the end of the text, or what is wrong there: what comes before it may be wrong, too. */
export function tokensOf(text: string): readonly Token[] {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let lineStart = at
  let flow = 0
  let indent = -1
  const indents: number[] = []
  let keyAllowed = true
  let done = false
  const tokens: Token[] = []
  const possible: (PossibleKey | undefined)[] = [undefined]

  function fail(message: string, where = at): never {
    throw new Unreadable(where, message)
  }

  const column = (): number => at - lineStart

  function emit(kind: Kind, length = 0, value = ''): void {
    tokens.push({ kind, at, text: value })
    at += length
  }

  function insert(index: number, kind: Kind, where: number): void {
    tokens.splice(index, 0, { kind, at: where, text: '' })
  }

  function dropStaleKeys(): void {
    for (let level = flow; level >= 0; level--) {
      const key = possible[level]
      if (!key || (key.lineStart === lineStart && at - key.at <= longestKey)) continue
      if (key.needed) fail('expected a key and its colon', key.at)
      possible[level] = undefined
    }
  }

  function savePossibleKey(): void {
    if (!keyAllowed) return
    dropPossibleKey()
    const needed = flow === 0 && indent === column()
    possible[flow] = { index: tokens.length, at, lineStart, needed }
  }

  function dropPossibleKey(): void {
    const key = possible[flow]
    if (key?.needed) fail('expected a key and its colon', key.at)
    possible[flow] = undefined
  }

  function unwind(to: number): void {
    while (indent > to) {
      indent = indents.pop() as number
      emit('end of block')
    }
  }

  function indentTo(to: number): boolean {
    if (indent >= to) return false
    indents.push(indent)
    indent = to
    return true
  }

  function skipToNextToken(): void {
    for (;;) {
      let code = text.charCodeAt(at)
      // A tab may separate, but not indent.
      while (code === 32 || (code === 9 && (flow > 0 || !keyAllowed))) code = text.charCodeAt(++at)
      if (code === 35 /* # */) {
        at = text.indexOf('\n', at)
        if (at === -1) at = text.length
        code = text.charCodeAt(at)
      }
      if (code === 13) at++
      else if (code !== 10) return
      at++
      lineStart = at
      if (flow === 0) keyAllowed = true
    }
  }

  const isMarker = (mark: string): boolean => text.startsWith(mark, at) && isBlankOrEnd(text.charCodeAt(at + 3))

  function fetch(): void {
    skipToNextToken()
    if (flow > 0 || possible[0]) dropStaleKeys()
    if (flow === 0) unwind(at - lineStart)
    const code = text.charCodeAt(at)
    if (at >= text.length) fetchEnd()
    else if (isLetter(code)) fetchSimpleKey() || fetchScalar('plain')
    else if (!fetchMarker(code) && !fetchIndicator(code)) {
      if (!canStartPlain(code)) fail(`a value cannot start with ${JSON.stringify(text[at])}`)
      fetchScalar('plain')
    }
  }

  /** What is at the start of a line, outside everything. */
  function fetchMarker(code: number): boolean {
    if (at > lineStart) return false
    if (code === 37 /* % */) skipDirective()
    else if (code === 45 && isMarker('---')) startDocument('start of document')
    else if (code === 46 && isMarker('...')) startDocument('end of document')
    else return false
    return true
  }

  function fetchIndicator(code: number): boolean {
    const mayMark = flow > 0 || isBlankOrEnd(text.charCodeAt(at + 1))
    if (code === 34 /* " */ || code === 39 /* ' */) fetchScalar('quoted')
    else if (code === 58 /* : */ && mayMark) fetchColon()
    else if (code === 45 /* - */ && isBlankOrEnd(text.charCodeAt(at + 1))) fetchDash()
    else if (code === 33 /* ! */) fetchTag()
    else if (code === 44 /* , */) fetchComma()
    else if (code === 91 /* [ */) fetchOpening('[')
    else if (code === 93 /* ] */) fetchClosing(']')
    else if (code === 123 /* { */) fetchOpening('{')
    else if (code === 125 /* } */) fetchClosing('}')
    else if (code === 124 /* | */ && flow === 0) fetchBlockScalar(false)
    else if (code === 62 /* > */ && flow === 0) fetchBlockScalar(true)
    else if (code === 63 /* ? */ && mayMark) fetchQuestionMark()
    else if (code === 42 /* * */) fetchAnchor('alias')
    else if (code === 38 /* & */) fetchAnchor('anchor')
    else return false
    return true
  }

  function skipDirective(): void {
    directive.lastIndex = at
    const found = directive.exec(text)
    if (!found || tokens.length > 0) fail('a directive, which templates do not need')
    at += found[0].length
    lineStart = at
    skipToNextToken()
    if (at > lineStart || !isMarker('---')) fail('--- must follow a directive')
    startDocument('start of document')
  }

  function canStartPlain(code: number): boolean {
    const next = text.charCodeAt(at + 1)
    if (code === 45) return !isBlank(next)
    if (code === 63 || code === 58) return flow === 0 && !isBlankOrEnd(next)
    return !isBlankOrEnd(code) && !',[]{}#&*!|>\'"%@`'.includes(text[at] as string)
  }

  function fetchEnd(): void {
    if (flow === 0) unwind(-1)
    dropPossibleKey()
    keyAllowed = false
    done = true
    emit('end of text')
  }

  function startDocument(kind: 'start of document' | 'end of document'): void {
    if (flow === 0) unwind(-1)
    dropPossibleKey()
    keyAllowed = false
    emit(kind, 3)
  }

  function fetchOpening(kind: '[' | '{'): void {
    savePossibleKey()
    if (++flow > deepest) fail(`nested deeper than ${deepest} levels`)
    possible[flow] = undefined
    keyAllowed = true
    emit(kind, 1)
  }

  function fetchClosing(kind: ']' | '}'): void {
    dropPossibleKey()
    if (flow > 0) flow--
    keyAllowed = false
    emit(kind, 1)
  }

  function fetchComma(): void {
    dropPossibleKey()
    keyAllowed = true
    emit(',', 1)
  }

  function fetchDash(): void {
    if (flow > 0) fail('a list item with a dash is not allowed inside brackets')
    if (!keyAllowed) fail('an item of a list cannot start here')
    if (indentTo(column())) emit('block list')
    keyAllowed = true
    dropPossibleKey()
    emit('-', 1)
  }

  function fetchQuestionMark(): void {
    if (flow === 0) {
      if (!keyAllowed) fail('a key cannot start here')
      if (indentTo(column())) emit('block map')
    }
    keyAllowed = flow === 0
    dropPossibleKey()
    emit('key', 1)
  }

  function fetchColon(): void {
    const key = possible[flow]
    if (key) {
      possible[flow] = undefined
      insert(key.index, 'key', key.at)
      if (flow === 0 && indentTo(key.at - key.lineStart)) insert(key.index, 'block map', key.at)
      keyAllowed = false
    } else {
      if (flow === 0) {
        if (!keyAllowed) fail('a colon is not allowed here; text that contains one needs quotes')
        if (indentTo(column())) emit('block map')
      }
      keyAllowed = flow === 0
      dropPossibleKey()
    }
    emit('value', 1)
  }

  function fetchAnchor(kind: 'alias' | 'anchor'): void {
    savePossibleKey()
    keyAllowed = false
    anchorName.lastIndex = at + 1
    const name = anchorName.exec(text)?.[0] ?? fail('expected the name of an anchor', at + 1)
    const next = text.charCodeAt(anchorName.lastIndex)
    if (!isBlankOrEnd(next) && !mayFollowAnchor.includes(String.fromCharCode(next)))
      fail('the name of an anchor can only contain letters, digits, - and _', anchorName.lastIndex)
    emit(kind, name.length + 1, name)
  }

  function fetchTag(): void {
    savePossibleKey()
    keyAllowed = false
    tagName.lastIndex = at
    const name = tagName.exec(text)?.[0] as string
    if (!isBlankOrEnd(text.charCodeAt(at + name.length))) fail('a tag that is not understood')
    emit('tag', name.length, name)
  }

  function fetchBlockScalar(isFolded: boolean): void {
    dropPossibleKey()
    keyAllowed = true
    const start = at
    const scalar = blockScalar(text, at, indent, isFolded)
    at = scalar.end
    lineStart = scalar.lineStart
    tokens.push({ kind: 'quoted', at: start, text: scalar.value })
  }

  /** Most lines are a simple key, and a simple value or none: the same as waiting for the colon, only quicker. */
  function fetchSimpleKey(): boolean {
    simpleKey.lastIndex = at
    if (flow > 0 || !keyAllowed || !simpleKey.test(text)) return false
    dropPossibleKey()
    if (indentTo(column())) emit('block map')
    const end = simpleKey.lastIndex
    emit('key', end + 1 - at, text.slice(at, end))
    keyAllowed = false
    simpleValue.lastIndex = at
    if (simpleValue.test(text)) fetchSimpleValue(simpleValue.lastIndex)
    return true
  }

  function fetchSimpleValue(end: number): void {
    let next = end + 1
    while (text.charCodeAt(next) === 32) next++
    const code = text.charCodeAt(next)
    // An empty line, a comment or a deeper line may go on with the value.
    if (next - end - 1 > indent || !(code > 35)) return
    at++
    emit('plain', 0, text.slice(at, end))
    at = next
    lineStart = end + 1
    keyAllowed = true
  }

  function fetchScalar(kind: 'plain' | 'quoted'): void {
    savePossibleKey()
    keyAllowed = false
    const start = at
    const scalar =
      kind === 'plain' ? plainScalar(text, at, lineStart, indent, flow > 0) : quotedScalar(text, at, lineStart)
    at = scalar.end
    if (scalar.isLineDone) keyAllowed = true
    lineStart = scalar.lineStart
    tokens.push({ kind, at: start, text: scalar.value })
  }

  try {
    while (!done) fetch()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    tokens.push({ kind: 'wrong', at: error.at, text: error.message })
  }
  return tokens
}
