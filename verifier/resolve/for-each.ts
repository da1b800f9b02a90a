/** `Fn::ForEach` of AWS::LanguageExtensions, written out, https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html */
import type { Entry, Mapping, Node, Source } from '../read/node.ts'

const prefix = 'Fn::ForEach::'
/** CloudFormation takes at most 500 resources; what makes more is only meant to exhaust its reader. */
const mostItems = 2000
/** A loop as it is written, or a letter of it: JSON and YAML have escape sequences for any, and YAML goes on in another line. */
const mayHaveLoop = /Fn::ForEach|\\(?:x|u00|U000000)(?:46|6e|3a|6f|72|45|61|63|68)|\\[\r\n]/i

/** The same map with its loops written out, and the loops that only deployment can write out. */
export function expanded({ text, root: node }: Pick<Source, 'text' | 'root'>): {
  readonly node: Mapping
  readonly open: readonly string[]
} {
  if (!mayHaveLoop.test(text) || !hasLoop(node)) return { node, open: [] }
  const open: string[] = []
  let made = 0

  const inMap = (map: Mapping, depth: number): Mapping => {
    if (depth > 100) return map
    let isChanged = false
    const entries = new Map<string, Entry>()
    for (const [key, entry] of map.entries) {
      if (!key.startsWith(prefix)) {
        const inner = inNode(entry.node, depth + 1)
        isChanged ||= inner !== entry.node
        entries.set(key, inner === entry.node ? entry : { at: entry.at, node: inner })
        continue
      }
      isChanged = true
      const copies = loop(entry.node, depth)
      if (copies) for (const [name, copy] of copies) entries.set(name, copy)
      else open.push(key)
    }
    return isChanged ? { ...map, entries } : map
  }

  const inNode = (inner: Node, depth: number): Node => {
    if (inner.kind === 'map') return inMap(inner, depth)
    if (inner.kind !== 'list') return inner
    const items = inner.items.map((item) => inNode(item, depth + 1))
    return items.some((item, index) => item !== inner.items[index]) ? { ...inner, items } : inner
  }

  /** `[name, [values], {key with ${name}: value}]`, or undefined. */
  const loop = (argument: Node, depth: number): [string, Entry][] | undefined => {
    const [name, values, body] = argument.kind === 'list' ? argument.items : []
    if (name?.kind !== 'scalar' || values?.kind !== 'list' || body?.kind !== 'map') return undefined
    if (!values.items.every((value) => value.kind === 'scalar')) return undefined
    return values.items.flatMap((value) => {
      if (value.kind !== 'scalar' || ++made > mostItems) return []
      return [...inMap(replaced(body, name.text, value.text) as Mapping, depth + 1).entries]
    })
  }

  const result = inMap(node, 0)
  return { node: result, open: made > mostItems ? [...open, 'Fn::ForEach'] : open }
}

function hasLoop(node: Node): boolean {
  if (node.kind === 'list') for (const item of node.items) if (hasLoop(item)) return true
  if (node.kind !== 'map') return false
  for (const [key, { node: inner }] of node.entries) if (key.startsWith(prefix) || hasLoop(inner)) return true
  return false
}

/** `${Name}`, and `&{Name}` which also drops what a logical ID cannot hold. */
function replaced(node: Node, name: string, value: string): Node {
  const inText = (text: string): string =>
    text.replaceAll(`\${${name}}`, value).replaceAll(`&{${name}}`, value.replace(/[^A-Za-z0-9]/g, ''))
  if (node.kind === 'scalar') return { ...node, text: inText(node.text) }
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => replaced(item, name, value)) }
  const only = node.entries.size === 1 ? node.entries.get('Ref') : undefined
  if (only?.node.kind === 'scalar' && only.node.text === name)
    return { kind: 'scalar', type: 'string', text: value, at: only.node.at }
  return {
    ...node,
    entries: new Map(
      [...node.entries].map(([key, entry]) => [inText(key), { at: entry.at, node: replaced(entry.node, name, value) }]),
    ),
  }
}
