import { type Entry, knownTags, type Node, shortForm, string } from './node.ts'
import { plainScalar } from './plain.ts'

/**
 * A reader for the YAML that templates are written in: block maps and lists, scalars on one line, literal text,
 * flow collections on one line, short intrinsics. At anything else it gives up (undefined) and the full YAML
 * library decides, so this reader only has to be right on what it accepts. It exists because it is ten times
 * cheaper than the library, which alone would cost more than starting Node.js.
 */
export function readBlockYaml(text: string): Node | undefined {
  if (/^(?:---|\.\.\.|%)/m.test(text)) return undefined
  try {
    return read(text)
  } catch (error) {
    if (error === beyond) return undefined
    throw error
  }
}

const beyond = new Error('beyond the simple forms')
const deepest = 100
const startsPlain = /[A-Za-z0-9_./$(^\\+=~;<]/
const newline = 10
const space = 32

function read(text: string): Node {
  let at = 0
  let lineStart = 0
  let depth = 0

  function giveUp(): never {
    throw beyond
  }

  /** Moves to the first character of the next line that has content; false at the end of the text. */
  function nextContent(): boolean {
    for (;;) {
      while (text.charCodeAt(at) === space) at++
      if (at >= text.length) return false
      const code = text.charCodeAt(at)
      if (code === 35 /* # */) {
        at = text.indexOf('\n', at)
        if (at === -1) at = text.length
      } else if (code !== newline) return true
      if (at >= text.length) return false
      at++
      lineStart = at
    }
  }

  const column = () => at - lineStart

  /** After a value: only spaces and a comment may follow on its line. */
  function endOfLine(): void {
    const from = at
    while (text.charCodeAt(at) === space) at++
    if (at >= text.length) return
    const code = text.charCodeAt(at)
    if (code === 35 && at > from) {
      at = text.indexOf('\n', at)
      if (at === -1) at = text.length
    } else if (code !== newline) giveUp()
  }

  function atLineEnd(): boolean {
    if (at >= text.length) return true
    const code = text.charCodeAt(at)
    return code === newline || (code === 35 && text.charCodeAt(at - 1) === space)
  }

  function quoted(): string {
    const mark = text[at] as string
    const start = at++
    if (mark === "'") {
      for (;;) {
        const code = text.charCodeAt(at)
        if (at >= text.length || code === newline) giveUp()
        if (code === 39) {
          if (text.charCodeAt(at + 1) !== 39) break
          at++
        }
        at++
      }
      at++
      return text.slice(start + 1, at - 1).replaceAll("''", "'")
    }
    for (;;) {
      const code = text.charCodeAt(at)
      if (at >= text.length || code === newline || code === 9) giveUp()
      if (code === 34) break
      at += code === 92 ? 2 : 1
    }
    at++
    const raw = text.slice(start, at)
    if (!raw.includes('\\')) return raw.slice(1, -1)
    if (/\\[^nt"\\/u]/.test(raw)) giveUp()
    try {
      return JSON.parse(raw) as string
    } catch {
      return giveUp()
    }
  }

  /** The end of a plain scalar on this line; stops before ": ", " #" and, in flow, at its punctuation. */
  function plainEnd(inFlow: boolean): number {
    if (!startsPlain.test(text[at] as string)) {
      const next = text.charCodeAt(at + 1)
      const dash = text.charCodeAt(at) === 45 && next !== space && next !== newline && at + 1 < text.length && !inFlow
      if (!dash) giveUp()
    }
    let end = at
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (code === newline) break
      if (code < 32 || (code >= 127 && code < 160) || code === 0xfeff || code === 0x2028 || code === 0x2029) giveUp()
      if (code === 58) {
        const next = text.charCodeAt(end + 1)
        if (next === space || next === newline || end + 1 >= text.length) break
        if (inFlow && (next === 44 || next === 91 || next === 93 || next === 123 || next === 125)) giveUp()
      }
      if (code === 35 && text.charCodeAt(end - 1) === space) break
      if (inFlow && (code === 44 || code === 91 || code === 93 || code === 123 || code === 125)) break
    }
    return end
  }

  function plainText(end: number): string {
    let last = end
    while (last > at && text.charCodeAt(last - 1) === space) last--
    return text.slice(at, last)
  }

  function tag(): string {
    const start = at
    while (at < text.length && /[A-Za-z0-9!:]/.test(text[at] as string)) at++
    const name = text.slice(start, at)
    if (!knownTags.has(name.slice(1))) giveUp()
    const code = text.charCodeAt(at)
    if (at < text.length && code !== space && code !== newline) giveUp()
    while (text.charCodeAt(at) === space) at++
    return name
  }

  function flow(): Node {
    if (++depth > deepest) giveUp()
    const start = at
    let node: Node
    const first = text.charCodeAt(at)
    if (first === 33) {
      const name = tag()
      const code = text.charCodeAt(at)
      if (atLineEnd() || code === 44 || code === 93 || code === 125 || code === 33) giveUp()
      node = shortForm(name, flow(), start)
    } else if (first === 91) {
      at++
      const items: Node[] = []
      for (;;) {
        flowSpace()
        if (text.charCodeAt(at) === 93) break
        items.push(flow())
        flowSpace()
        if (text.charCodeAt(at) === 44) at++
        else if (text.charCodeAt(at) !== 93) giveUp()
      }
      at++
      node = { kind: 'list', items, at: start }
    } else if (first === 123) {
      at++
      const entries = new Map<string, Entry>()
      for (;;) {
        flowSpace()
        if (text.charCodeAt(at) === 125) break
        const keyAt = at
        const key = flowKey()
        if (entries.has(key) || key === '<<') giveUp()
        flowSpace()
        entries.set(key, { at: keyAt, node: flow() })
        flowSpace()
        if (text.charCodeAt(at) === 44) at++
        else if (text.charCodeAt(at) !== 125) giveUp()
      }
      at++
      node = { kind: 'map', entries, at: start }
    } else if (first === 34 || first === 39) {
      node = string(quoted(), start)
    } else {
      const end = plainEnd(true)
      const value = plainText(end)
      if (value === '' || text.charCodeAt(end) === 58) giveUp()
      node = plainScalar(value, start)
      at = end
    }
    depth--
    return node
  }

  function flowKey(): string {
    const first = text.charCodeAt(at)
    let key: string
    if (first === 34 || first === 39) key = quoted()
    else {
      const end = plainEnd(true)
      key = plainText(end)
      at = end
    }
    if (text.charCodeAt(at) !== 58 || text.charCodeAt(at + 1) !== space || key === '') giveUp()
    at++
    return key
  }

  /** Between the parts of a flow collection lines may break; a comment in there is left to the library. */
  function flowSpace(): void {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === newline) lineStart = at + 1
      else if (code !== space) break
      at++
    }
    if (at >= text.length || text.charCodeAt(at) === 35) giveUp()
    if (at - lineStart === 0) giveUp()
  }

  /** Literal text (`|`); folded text and explicit indentation are left to the library. */
  function literal(parent: number): Node {
    const start = at++
    const chomp = text[at] === '-' || text[at] === '+' ? (text[at++] as string) : ''
    endOfLine()
    at++
    let indent = -1
    const lines: string[] = []
    let blank = 0
    let ended = false
    while (at < text.length && !ended) {
      let end = text.indexOf('\n', at)
      if (end === -1) end = text.length
      let first = at
      while (text.charCodeAt(first) === space) first++
      if (first >= end) {
        if (indent === -1 ? first > at : first - at > indent) {
          if (indent === -1) giveUp()
          while (blank > 0) {
            lines.push('')
            blank--
          }
          lines.push(text.slice(at + indent, end))
        } else blank++
      } else {
        const width = first - at
        if (width <= parent) {
          ended = true
          break
        }
        if (indent === -1) indent = width
        if (width < indent) giveUp()
        while (blank > 0) {
          lines.push('')
          blank--
        }
        lines.push(text.slice(at + indent, end))
      }
      at = end + 1
    }
    if (indent === -1) giveUp()
    // A last line of spaces only, or a text that ends inside the block: rare, and delicate to chomp.
    if (!ended && text.charCodeAt(text.length - 1) !== newline) giveUp()
    if (lines[lines.length - 1]?.trim() === '') giveUp()
    lineStart = at
    at -= 1
    const body = lines.join('\n')
    return string(chomp === '-' ? body : chomp === '+' ? `${body}\n${'\n'.repeat(blank)}` : `${body}\n`, start)
  }

  /** A value that starts on the current line after `key:` or `-`, or alone on its line. */
  function scalarOrFlow(parent: number): Node {
    const start = at
    const first = text.charCodeAt(at)
    let node: Node
    if (first === 91 || first === 123) node = flow()
    else if (first === 34 || first === 39) node = string(quoted(), start)
    else if (first === 124) return literal(parent)
    else {
      const end = plainEnd(false)
      if (text.charCodeAt(end) === 58) giveUp()
      node = plainScalar(plainText(end), start)
      at = end
    }
    endOfLine()
    continuation(parent)
    return node
  }

  /** A deeper line after a finished scalar would continue it. */
  function continuation(parent: number): void {
    const [savedAt, savedLine] = [at, lineStart]
    if (nextContent() && column() > parent) giveUp()
    at = savedAt
    lineStart = savedLine
  }

  function tagged(parent: number, sameColumnList: boolean): Node {
    const start = at
    const name = tag()
    if (text.charCodeAt(at) === 33) giveUp()
    if (!atLineEnd()) return shortForm(name, scalarOrFlow(parent), start)
    endOfLine()
    const value = below(parent, sameColumnList)
    if (!value) giveUp()
    return shortForm(name, value, start)
  }

  /** The value on the lines below a key, a dash or a tag; undefined when there is none. */
  function below(parent: number, sameColumnList: boolean): Node | undefined {
    const [savedAt, savedLine] = [at, lineStart]
    if (nextContent()) {
      if (column() > parent) return block(parent)
      if (column() === parent && sameColumnList && isDash()) return blockList(parent)
    }
    at = savedAt
    lineStart = savedLine
    return undefined
  }

  function isDash(): boolean {
    const next = text.charCodeAt(at + 1)
    return text.charCodeAt(at) === 45 && (next === space || next === newline || at + 1 >= text.length)
  }

  function block(parent: number): Node {
    if (++depth > deepest) giveUp()
    let node: Node
    if (isDash()) node = blockList(column())
    else if (text.charCodeAt(at) === 33) node = tagged(parent, false)
    else if (isKey()) node = blockMap(column())
    else node = scalarOrFlow(parent)
    depth--
    return node
  }

  function isKey(): boolean {
    const start = at
    const first = text.charCodeAt(at)
    if (first === 91 || first === 123 || first === 124) return false
    let end: number
    if (first === 34 || first === 39) {
      quoted()
      while (text.charCodeAt(at) === space) at++
      end = at
      at = start
    } else end = plainEnd(false)
    const next = text.charCodeAt(end + 1)
    return text.charCodeAt(end) === 58 && (next === space || next === newline || end + 1 >= text.length)
  }

  function blockMap(indent: number): Node {
    const start = at
    const entries = new Map<string, Entry>()
    for (;;) {
      const keyAt = at
      const first = text.charCodeAt(at)
      let key: string
      if (first === 34 || first === 39) {
        key = quoted()
        while (text.charCodeAt(at) === space) at++
      } else {
        const end = plainEnd(false)
        key = plainText(end)
        at = end
      }
      if (text.charCodeAt(at) !== 58 || key === '' || key === '<<' || entries.has(key)) giveUp()
      at++
      const code = text.charCodeAt(at)
      if (at < text.length && code !== space && code !== newline) giveUp()
      while (text.charCodeAt(at) === space) at++
      let node: Node
      if (atLineEnd()) {
        endOfLine()
        node = below(indent, true) ?? { kind: 'scalar', type: 'null', text: '', at: keyAt }
      } else if (text.charCodeAt(at) === 33) node = tagged(indent, true)
      else if (isDash()) giveUp()
      else node = scalarOrFlow(indent)
      entries.set(key, { at: keyAt, node })
      if (!nextContent() || column() < indent) break
      if (column() > indent || isDash()) giveUp()
    }
    return { kind: 'map', entries, at: start }
  }

  function blockList(indent: number): Node {
    const start = at
    const items: Node[] = []
    for (;;) {
      const dashAt = at
      at++
      while (text.charCodeAt(at) === space) at++
      if (atLineEnd()) {
        endOfLine()
        items.push(below(indent, false) ?? { kind: 'scalar', type: 'null', text: '', at: dashAt })
      } else items.push(block(indent))
      if (!nextContent() || column() < indent) break
      if (column() > indent) giveUp()
      if (!isDash()) break
    }
    return { kind: 'list', items, at: start }
  }

  if (text.startsWith('---\n')) {
    at = 4
    lineStart = 4
  }
  if (!nextContent() || column() !== 0 || text.startsWith('---', at)) giveUp()
  const root = block(-1)
  if (nextContent()) giveUp()
  return root
}
