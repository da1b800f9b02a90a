import { type Document, isCollection, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml'
import type { Diagnostic } from '../errors/diagnostic.ts'
import type { LocatedDiagnostic } from '../errors/located.ts'

/** A config file as it was read: everything that a path or an offset needs to become a line and a column. */
export type Source = {
  readonly file: string
  readonly text: string
  readonly document: Document
  readonly lines: LineCounter
}

export type Range = readonly [start: number, end: number]

const rangeOf = (node: Node): Range => [node.range?.[0] ?? 0, node.range?.[1] ?? 0]

const isBlock = (node: Node): boolean => isCollection(node) && node.flow !== true

/** Steps from a node to the child that a part of a path names; the last of two equal keys, as YAML reads it. */
const step = (node: Node | undefined, part: string | number): { key?: Node; value?: Node } | undefined => {
  if (isMap(node)) {
    const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(part))
    if (pair === undefined) return undefined
    return { ...(isNode(pair.key) ? { key: pair.key } : {}), ...(isNode(pair.value) ? { value: pair.value } : {}) }
  }
  if (isSeq(node)) {
    const item = node.items[Number(part)]
    return isNode(item) ? { value: item } : undefined
  }
  return undefined
}

/** Where a path is in the text. A missing value is shown at the key that should hold it. */
export const rangeOfPath = (source: Source, path: Diagnostic['path'], at: Diagnostic['at'] = 'value'): Range => {
  let value: Node | undefined = isNode(source.document.contents) ? source.document.contents : undefined
  let key: Node | undefined
  let found = 0
  for (const part of path) {
    const next = step(value, part)
    if (next === undefined) break
    found += 1
    value = next.value
    key = next.key ?? (next.value !== undefined && !isBlock(next.value) ? next.value : (next.value ?? key))
  }
  const missing = found < path.length
  const empty = value === undefined || rangeOf(value)[0] === rangeOf(value)[1]
  const shown =
    (missing || at === 'key' || empty || (value !== undefined && isBlock(value))) && key !== undefined ? key : value
  return shown === undefined ? [0, 0] : rangeOf(shown)
}

/** Gives a mistake its place: line and column from 1, the line itself, and how much of it to mark. */
export const place = (source: Source, diagnostic: Diagnostic, [start, end]: Range): LocatedDiagnostic => {
  const { line, col } = source.lines.linePos(start)
  const lineStart = start - (col - 1)
  const lineEnd = source.text.indexOf('\n', lineStart)
  const sourceLine = source.text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, '')
  const length = Math.max(1, Math.min(end - start, sourceLine.length - (col - 1)))
  return { ...diagnostic, file: source.file, line: Math.max(1, line), column: Math.max(1, col), length, sourceLine }
}

export const locate = (source: Source, diagnostic: Diagnostic): LocatedDiagnostic => {
  const located = place(source, diagnostic, rangeOfPath(source, diagnostic.path, diagnostic.at))
  if (diagnostic.also === undefined) return located
  const other = place(source, diagnostic, rangeOfPath(source, diagnostic.also, 'key'))
  return { ...located, message: `${located.message} (see also ${other.line}:${other.column})` }
}
