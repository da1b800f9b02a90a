/**
 * What a template is made of after reading: scalars, lists and maps that know where they stand.
 * Short intrinsics are already in their long form, so `!Ref X` and `{Ref: X}` are the same node.
 */
export type Scalar = {
  kind: 'scalar'
  type: 'string' | 'number' | 'bool' | 'null'
  text: string
  at: number
  /** Readers of YAML 1.1 may take it for another text. */
  doubt?: boolean
}
export type List = { kind: 'list'; items: Node[]; at: number }
export type Entry = { at: number; node: Node }
export type Mapping = {
  kind: 'map'
  entries: Map<string, Entry>
  at: number
  /** What else may stand in here, and why: the map is not all there is, and what is there may be something else. */
  readonly open?: string
}
export type Node = Scalar | List | Mapping

/** One file that was read; `at` of its nodes is an offset into `text`. */
export type Source = { path: string; text: string; root: Mapping; lineStarts?: number[] }

export const string = (text: string, at: number): Scalar => ({ kind: 'scalar', type: 'string', text, at })
export const child = (node: Node | undefined, key: string): Node | undefined =>
  node?.kind === 'map' ? node.entries.get(key)?.node : undefined

export const textOf = (node: Node | undefined): string | undefined => (node?.kind === 'scalar' ? node.text : undefined)

/** `!Name value` in its long form. */
export function shortForm(tag: string, value: Node, at: number): Mapping {
  const name = tag.slice(1)
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`
  return { kind: 'map', at, entries: new Map([[key, { at, node: value }]]) }
}
