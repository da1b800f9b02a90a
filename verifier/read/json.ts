import { TooMuch, Unreadable } from './errors.ts'
import { deepest, mostNodes } from './limits.ts'
import { type Entry, type Node, string } from './node.ts'
import { jsonNumber } from './plain.ts'

const numbers = /-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y
const plainString = /"[^"\\\p{Cc}]*"/uy
const anyString = /"(?:[^"\\\p{Cc}]|\\.)*"/uy

const loneSurrogate = /\p{Cs}/u

/** JSON with the offset of every value; duplicate keys are refused, unlike in JSON.parse. */
export function readJson(text: string): Node {
  let at = 0
  let nodes = 0

  function fail(message: string): never {
    throw new Unreadable(at, message)
  }

  function space(): number {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return code
      at++
    }
  }

  function stringToken(): string {
    plainString.lastIndex = at
    const simple = plainString.exec(text)
    if (simple) {
      at += simple[0].length
      return simple[0].slice(1, -1)
    }
    anyString.lastIndex = at
    const escaped = anyString.exec(text)
    if (!escaped) fail('a string is not closed on its line')
    try {
      const value = JSON.parse(escaped[0]) as string
      if (loneSurrogate.test(value)) throw new Error('no character')
      at += escaped[0].length
      return value
    } catch {
      return fail('a string contains an escape that JSON does not know, or half a character')
    }
  }

  function map(depth: number): Node {
    const start = at++
    const entries = new Map<string, Entry>()
    if (space() === 125) at++
    else
      for (;;) {
        if (space() !== 34) fail('expected a key in double quotes')
        const keyAt = at
        const key = stringToken()
        if (entries.has(key)) throw new Unreadable(keyAt, `duplicate key "${key}" in one map`)
        if (space() !== 58) fail('expected a colon')
        at++
        entries.set(key, { at: keyAt, node: value(depth + 1) })
        const next = space()
        at++
        if (next === 125) break
        if (next !== 44) {
          at--
          fail('expected a comma or a closing brace')
        }
      }
    return { kind: 'map', entries, at: start }
  }

  function array(depth: number): Node {
    const start = at++
    const items: Node[] = []
    if (space() === 93) at++
    else
      for (;;) {
        items.push(value(depth + 1))
        const next = space()
        at++
        if (next === 93) break
        if (next !== 44) {
          at--
          fail('expected a comma or a closing bracket')
        }
      }
    return { kind: 'list', items, at: start }
  }

  function value(depth: number): Node {
    const code = space()
    if (depth > deepest) throw new TooMuch(at, `nested deeper than ${deepest} levels`)
    if (++nodes > mostNodes) throw new TooMuch(at, `more than ${mostNodes} values`)
    if (code === 123) return map(depth)
    if (code === 91) return array(depth)
    const start = at
    if (code === 34) return string(stringToken(), start)
    for (const [word, type] of [
      ['true', 'bool'],
      ['false', 'bool'],
      ['null', 'null'],
    ] as const)
      if (text.startsWith(word, at)) {
        at += word.length
        return { kind: 'scalar', type, text: type === 'null' ? '' : word, at: start }
      }
    numbers.lastIndex = at
    const found = numbers.exec(text)
    if (!found) return fail(at >= text.length ? 'the text ends too early' : 'expected a JSON value')
    at += found[0].length
    return jsonNumber(found[0], start)
  }

  const root = value(0)
  space()
  if (at < text.length) fail('there is text after the end of the JSON value')
  return root
}
