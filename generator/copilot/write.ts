/** The config as a person would write it: commented, with short groups on one line. */
import { Document, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml'
import { keysOf, schemaAt } from '../config/schema/lookup.ts'
import type { Tree } from './assemble.ts'
import type { Carried, Item } from './item.ts'
import type { Path } from './value.ts'

const LINE = 110
const SHORT = 70

const HEADER = ` yaml-language-server: $schema=./portcullis.schema.json

 From AWS Copilot, by portcullis init --from-copilot. What was not carried over is in the report that it printed.
 (*) marks what only you know.`

/** Lines of a comment, none much longer than a line of code. */
const wrapped = (text: string): string =>
  (text.match(new RegExp(`\\S(?:.{0,${LINE - 1}}(?!\\S)|\\S*)`, 'g')) ?? [])
    .map((line) => ` ${line.trimEnd()}`)
    .join('\n')

/** Keys in the order of the docs. */
const ordered = (value: unknown, path: Path): unknown => {
  if (Array.isArray(value)) return value.map((each, index) => ordered(each, [...path, index]))
  if (typeof value !== 'object' || value === null) return value
  const known = keysOf(schemaAt(path))
  const rank = (key: string): number => (known.includes(key) ? known.indexOf(key) : known.length)
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => rank(a) - rank(b))
      .map(([key, each]) => [key, ordered(each, [...path, key])]),
  )
}

/** Scalars, lists of scalars, and maps of these, when they are short. */
const isShort = (node: unknown): boolean => {
  if (isScalar(node)) return true
  if (isSeq(node)) return node.items.every(isShort) && JSON.stringify(node).length <= SHORT
  return (
    isMap(node) &&
    node.items.length > 0 &&
    node.items.every(({ value }) => isScalar(value)) &&
    JSON.stringify(node).length <= SHORT
  )
}

/** Groups that people add to, one line for each. */
const OPEN: ReadonlySet<string> = new Set(['environment', 'secrets', 'services', 'jobs', 'environments', 'parameters'])

const nodeAt = (document: Document, path: Path): { readonly key: Node } | undefined => {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === String(path.at(-1))) as
      | Pair<Node>
      | undefined
    return pair === undefined ? undefined : { key: pair.key }
  }
  return undefined
}

const commented = (document: Document, path: Path, text: string): void => {
  const found = nodeAt(document, path)
  if (found === undefined) return
  const before = found.key.commentBefore
  const comment = wrapped(text)
  if (before?.includes(comment)) return
  found.key.commentBefore = before === undefined || before === null ? comment : `${before}\n${comment}`
}

export const write = (tree: Tree, items: readonly Item[], comments: readonly (readonly [Path, string])[]): string => {
  const document = new Document(ordered(tree, []), { aliasDuplicateObjects: false })
  document.commentBefore = HEADER
  const told = items.filter((item): item is Carried & { to: Path } => item.kind === 'carried' && item.to !== undefined)
  const sayings = [
    ...comments,
    ...told.flatMap(({ to, ask, note }) => [
      ...(ask === undefined ? [] : [[to, `(*) ${ask}`] as const]),
      ...(note === undefined ? [] : [[to, note] as const]),
    ]),
  ]
  const isSaid = (path: Path): boolean =>
    sayings.some(([to]) => to.length > path.length && path.every((part, index) => part === to[index]))
  visit(document, {
    Pair: (_, pair) => {
      const name = isScalar(pair.key) ? String(pair.key.value) : ''
      const value = pair.value
      if ((isMap(value) || isSeq(value)) && isShort(value) && !OPEN.has(name)) value.flow = true
    },
    Seq: (_, seq) => {
      for (const item of seq.items) if (isMap(item) && isShort(item)) item.flow = true
    },
  })
  for (const [path, text] of sayings) {
    for (let depth = 1; depth < path.length; depth++) {
      const above = document.getIn(path.slice(0, depth), true)
      if (isMap(above) && isSaid(path.slice(0, depth))) above.flow = false
    }
    commented(document, path, text)
  }
  for (const pair of isMap(document.contents) ? document.contents.items.slice(1) : []) {
    const key = pair.key
    if (isScalar(key)) key.spaceBefore = true
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}
