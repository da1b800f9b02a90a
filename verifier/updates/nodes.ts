/** Nodes that are made here, where no template has them. */
import { child, type Entry, type Mapping, type Node, string } from '../read/node.ts'

export const map = (entries: readonly (readonly [string, Node])[]): Mapping => ({
  kind: 'map',
  at: 0,
  entries: new Map(entries.map(([name, node]) => [name, { at: node.at, node }])),
})
export const list = (items: Node[]): Node => ({ kind: 'list', at: 0, items })
export const text = (value: string): Node => string(value, 0)
export const ref = (name: string): Node => map([['Ref', text(name)]])
export const noValue = ref('AWS::NoValue')

export const condition = (name: string): Node => map([['Condition', text(name)]])
export const not = (node: Node): Node => map([['Fn::Not', list([node])]])
/** Undefined where nothing has to hold. */
export const every = (nodes: readonly Node[]): Node | undefined =>
  nodes.length < 2 ? nodes[0] : map([['Fn::And', list([...nodes])]])
/** Undefined where one of them asks nothing. */
export function some(nodes: readonly (Node | undefined)[]): Node | undefined {
  const asking = nodes.filter((node) => node !== undefined)
  if (asking.length < nodes.length) return undefined
  return asking.length === 1 ? asking[0] : map([['Fn::Or', list(asking)]])
}
export const choice = (name: string, yes: Node, no: Node): Node => map([['Fn::If', list([text(name), yes, no])]])

/** The same map with an entry in the place of another. */
export const withEntry = (node: Mapping, name: string, value: Node): Mapping => ({
  ...node,
  entries: new Map([...node.entries, [name, { at: node.at, node: value }]]),
})

export const entriesOf = (node: Node | undefined, name: string): ReadonlyMap<string, Entry> => {
  const found = child(node, name)
  return found?.kind === 'map' ? found.entries : new Map<string, Entry>()
}
