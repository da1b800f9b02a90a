/** Which maps are intrinsic calls, and which are open. */
import type { Mapping, Node } from '../read/node.ts'

/** What may add anything to a map, or change anything in it. */
export function openBy(node: Mapping): string | undefined {
  if (node.open !== undefined) return node.open
  for (const name of node.entries.keys()) if (name === 'Fn::Transform' || name.startsWith('Fn::ForEach')) return name
  return undefined
}

/** An intrinsic call: a map of one key that is a function's name. */
export function call(node: Node): readonly [string, Node] | undefined {
  if (node.kind !== 'map' || node.entries.size !== 1) return undefined
  const [first] = node.entries
  if (!first) return undefined
  const [name, { node: argument }] = first
  return name === 'Ref' || (name.startsWith('Fn::') && !name.startsWith('Fn::ForEach')) ? [name, argument] : undefined
}
