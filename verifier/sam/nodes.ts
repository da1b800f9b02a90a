/** Nodes that the SAM translator makes. Each has the position of the node that it is made from. */
import { type List, type Mapping, type Node, type Scalar, string } from '../read/node.ts'

export type Fields = Readonly<Record<string, Node | undefined>>

/** A map of what is there; `open` is what may stand in it besides. */
export function map(at: number, fields: Fields, open?: string): Mapping {
  const entries = new Map(
    Object.entries(fields).flatMap(([key, node]) => (node ? [[key, { at: node.at, node }] as const] : [])),
  )
  return { kind: 'map', at, entries, ...(open === undefined ? {} : { open }) }
}

export const list = (items: Node[], at: number): List => ({ kind: 'list', items, at })
export const texts = (items: readonly string[], at: number): List =>
  list(
    items.map((item) => string(item, at)),
    at,
  )
export const bool = (value: boolean, at: number): Scalar => ({ kind: 'scalar', type: 'bool', text: String(value), at })
export const number = (value: number, at: number): Scalar => ({
  kind: 'scalar',
  type: 'number',
  text: String(value),
  at,
})
export const ref = (id: string, at: number): Mapping => map(at, { Ref: string(id, at) })
export const getAtt = (id: string, attribute: string, at: number): Mapping =>
  map(at, { 'Fn::GetAtt': texts([id, attribute], at) })
export const sub = (text: string, at: number, variables?: Fields): Mapping =>
  map(at, { 'Fn::Sub': variables ? list([string(text, at), map(at, variables)], at) : string(text, at) })
export const noValue = (at: number): Mapping => ref('AWS::NoValue', at)
export const conditional = (condition: string, then: Node, at: number, otherwise: Node = noValue(at)): Mapping =>
  map(at, { 'Fn::If': list([string(condition, at), then, otherwise], at) })

/** The name of the function, if the node is nothing but a function. */
export function functionOf(node: Node | undefined): string | undefined {
  if (node?.kind !== 'map' || node.entries.size !== 1) return undefined
  const [name = ''] = node.entries.keys()
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? name : undefined
}

/** Seen maps: a document with many paths is asked for at each event, and no entry that is added later is a function. */
const plain = new WeakMap<Mapping, boolean>()

/** A map without a function that hides some of its entries. */
export function plainMap(node: Node | undefined): Mapping | undefined {
  if (node?.kind !== 'map' || node.open !== undefined) return undefined
  const known = plain.get(node) ?? (functionOf(node) === undefined && !hasFunctions(node))
  plain.set(node, known)
  return known ? node : undefined
}

function hasFunctions(node: Mapping): boolean {
  for (const key of node.entries.keys()) if (key.startsWith('Fn::')) return true
  return false
}

/** The value of a key; a null is none. */
export function get(node: Node | undefined, key: string): Node | undefined {
  const found = node?.kind === 'map' ? node.entries.get(key)?.node : undefined
  return found?.kind === 'scalar' && found.type === 'null' ? undefined : found
}

export const word = (node: Node | undefined): string | undefined =>
  node?.kind === 'scalar' && node.type !== 'null' ? node.text : undefined

export const isNoValue = (node: Node | undefined): boolean =>
  functionOf(node) === 'Ref' && word(get(node, 'Ref')) === 'AWS::NoValue'

export const isTrue = (node: Node | undefined): boolean =>
  node?.kind === 'scalar' && node.type === 'bool' && node.text === 'true'

/** What Python takes for true; undefined for what only CloudFormation computes. */
export function truth(node: Node | undefined): boolean | undefined {
  if (!node) return false
  if (node.kind === 'list') return node.items.length > 0
  if (node.kind === 'map') return functionOf(node) === undefined ? node.entries.size > 0 : undefined
  if (node.type === 'null') return false
  if (node.type === 'bool') return node.text === 'true'
  return node.type === 'number' ? Number(node.text) !== 0 : node.text !== ''
}

/** What `!If` chooses between. */
export type Choice = { readonly condition: Node; readonly branches: readonly [Node, Node] }

export function choiceOf(node: Node | undefined): Choice | undefined {
  const items = functionOf(node) === 'Fn::If' ? get(node, 'Fn::If') : undefined
  if (items?.kind !== 'list' || items.items.length !== 3) return undefined
  const [condition, then, otherwise] = items.items as [Node, Node, Node]
  return { condition, branches: [then, otherwise] }
}

/** The same choice between other things. */
export const chosen = (choice: Choice, at: number, change: (branch: Node) => Node): Mapping =>
  map(at, { 'Fn::If': list([choice.condition, ...choice.branches.map(change)], at) })

export const withEntries = (node: Mapping, fields: Fields): Mapping => ({
  ...node,
  entries: new Map([...node.entries, ...map(node.at, fields).entries]),
})

export const without = (node: Mapping, ...keys: readonly string[]): Mapping => ({
  ...node,
  entries: new Map([...node.entries].filter(([key]) => !keys.includes(key))),
})

/** Only these keys. */
export const picked = (node: Mapping, keys: readonly string[]): Fields =>
  Object.fromEntries(keys.map((key) => [key, get(node, key)]))

/** The node, with something more that may stand in it. */
export const opened = (node: Mapping, reason: string | undefined): Mapping =>
  reason === undefined || node.open === reason
    ? node
    : { ...node, open: node.open === undefined ? reason : `${node.open}; ${reason}` }

/** A copy that may be changed in place. */
export function copy(node: Node): Node {
  if (node.kind === 'scalar') return node
  if (node.kind === 'list') return { ...node, items: node.items.map(copy) }
  return { ...node, entries: new Map([...node.entries].map(([key, { at, node }]) => [key, { at, node: copy(node) }])) }
}

export function set(node: Mapping, key: string, value: Node, at = value.at): void {
  node.entries.set(key, { at: node.entries.get(key)?.at ?? at, node: value })
}

/** A text that is the same for the same value. */
export function canonical(node: Node): string {
  if (node.kind === 'scalar') return JSON.stringify(node.text)
  if (node.kind === 'list') return `[${node.items.map(canonical).join(',')}]`
  return `{${[...node.entries]
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry.node)}`)
    .sort()
    .join(',')}}`
}
