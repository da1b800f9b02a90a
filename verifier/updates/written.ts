/** A node in one line, for people. */
import type { Node } from '../read/node.ts'
import { call } from '../resolve/calls.ts'

const longest = 100

/** Undefined where there is nothing. */
export function written(node: Node | undefined): string | undefined {
  if (!node) return undefined
  const text = inLine(node, 0)
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text
}

function inLine(node: Node, depth: number): string {
  if (depth > 8) return '...'
  if (node.kind === 'scalar') return node.text.slice(0, longest)
  // What is longer than a line is not shown.
  if (node.kind === 'list')
    return `[${node.items
      .slice(0, 20)
      .map((item) => inLine(item, depth + 1))
      .join(', ')}]`
  const [name, argument] = call(node) ?? []
  if (name !== undefined && argument !== undefined) {
    const parts = argument.kind === 'list' && name === 'Fn::GetAtt' ? argument.items : [argument]
    return `!${name.replace(/^Fn::/, '')} ${parts.map((part) => inLine(part, depth + 1)).join('.')}`
  }
  const entries = [...node.entries].slice(0, 20).map(([key, { node: inner }]) => `${key}: ${inLine(inner, depth + 1)}`)
  return `{${entries.join(', ')}}`
}
