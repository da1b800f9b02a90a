import { isAlias, isMap, isScalar, isSeq, parseDocument, Scalar, type Node as YamlNode } from 'yaml'
import { Unreadable } from './errors.ts'
import { type Entry, knownTags, type Node, shortForm, string } from './node.ts'
import { plainScalar } from './plain.ts'

const deepest = 100

/** Any YAML, by the library. Anchors may stand unused; aliases and merge keys are refused, as CloudFormation does. */
export function readFullYaml(text: string): Node {
  let document: ReturnType<typeof parseDocument>
  try {
    document = parseDocument(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      merge: false,
      // "silent" would also hide a second document.
      logLevel: 'error',
      prettyErrors: false,
    })
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable(0, `nested deeper than ${deepest} levels`)
    throw error
  }
  const [error] = document.errors
  if (error) throw new Unreadable(error.pos[0], error.message.replace(/\s+/g, ' ').slice(0, 300))
  return convert(document.contents as YamlNode | null, 0, 0)
}

function convert(node: YamlNode | null, at: number, depth: number): Node {
  if (depth > deepest) throw new Unreadable(at, `nested deeper than ${deepest} levels`)
  if (!node) return { kind: 'scalar', type: 'null', text: '', at }
  const start = node.range?.[0] ?? at
  if (isAlias(node)) throw new Unreadable(start, 'aliases are refused, as CloudFormation refuses them')
  const bare = convertBare(node, start, depth)
  const tag = node.tag
  if (tag === undefined || tag.startsWith('tag:yaml.org,2002:') || tag === '!') return bare
  if (!knownTags.has(tag.slice(1))) throw new Unreadable(start, `CloudFormation knows no tag ${tag}`)
  return shortForm(tag, bare, start)
}

function convertBare(node: YamlNode, at: number, depth: number): Node {
  if (isSeq(node))
    return { kind: 'list', at, items: node.items.map((item) => convert(item as YamlNode | null, at, depth + 1)) }
  if (isMap(node)) {
    const entries = new Map<string, Entry>()
    for (const pair of node.items) {
      const key = pair.key as YamlNode | null
      const keyAt = key?.range?.[0] ?? at
      if (!isScalar(key) || typeof key.value !== 'string') throw new Unreadable(keyAt, 'a key must be a text')
      if (key.value === '<<') throw new Unreadable(keyAt, 'merge keys are refused, as CloudFormation refuses them')
      if (entries.has(key.value)) throw new Unreadable(keyAt, `the key "${key.value}" stands twice in the same map`)
      entries.set(key.value, { at: keyAt, node: convert(pair.value as YamlNode | null, keyAt, depth + 1) })
    }
    return { kind: 'map', entries, at }
  }
  if (!isScalar(node)) throw new Unreadable(at, 'a scalar, a list or a map belongs here')
  const text = typeof node.value === 'string' ? node.value : ''
  const standardTag = node.tag?.startsWith('tag:') || node.tag === '!'
  return node.type === Scalar.PLAIN && !standardTag ? plainScalar(text, at) : string(text, at)
}
