/**
 * YAML 1.1 -> nodes, as CloudFormation reads it. Aliases and merge keys are resolved as `sam` and
 * `aws cloudformation package` resolve them. What loaders of YAML 1.1 read differently is refused.
 */
import { Unreadable } from './errors.ts'
import { deepest, mostNodes } from './limits.ts'
import { type Entry, type List, type Mapping, type Node, type Scalar, shortForm } from './node.ts'
import { plainNode } from './plain.ts'
import { type Kind, type Token, tokensOf } from './yaml-tokens.ts'

/** Most templates hold nothing else, and to compile the two below takes longer than to read some of them. */
const unusual = /[^\n\x20-\x7e]/
/** Line breaks that not every parser accepts as one, https://yaml.org/spec/1.1/#b-char; what is not text at all. */
const oddBreak = /\r(?!\n)|[\u0085\u2028\u2029]/
const noText = /[^\P{Cc}\t\n\r]|[\ufffe\uffff\p{Cs}]|(?<!^)\ufeff/u

type Anchored = { readonly node: Node; readonly size: number }

export function readYaml(text: string): Node {
  if (unusual.test(text)) refuseOddCharacters(text)
  const tokens = tokensOf(text)
  let index = 0
  let next = tokens[0] as Token
  const anchors = new Map<string, Anchored | undefined>()
  let depth = 0
  let nodes = 0

  const fail = ({ at }: Token, message: string): never => {
    throw new Unreadable(at, message)
  }
  const take = (): Token => {
    const token = next
    next = tokens[++index] as Token
    if (next.kind === 'wrong') throw new Unreadable(next.at, next.text)
    return token
  }
  const isNext = (kind: Kind, or?: Kind, orElse?: Kind, orLast?: Kind): boolean =>
    next.kind === kind || next.kind === or || next.kind === orElse || next.kind === orLast
  const count = (more: number, at: number): void => {
    nodes += more
    if (nodes > mostNodes) throw new Unreadable(at, `more than ${mostNodes} values`)
  }
  const nothing = (at: number): Scalar => {
    count(1, at)
    return { kind: 'scalar', type: 'null', text: '', at }
  }

  /** `hasOwnLine`: block collections may start here; `isEntry`: a list may stand below its key without indentation. */
  function node(hasOwnLine: boolean, isEntry = false): Node {
    const first = next
    if (first.kind === 'plain' || first.kind === 'quoted') {
      take()
      count(1, first.at)
      return scalar(first.text, first.kind === 'plain', undefined, first.at)
    }
    if (first.kind === 'alias') return aliased(take())
    if (++depth > deepest) fail(first, `nested deeper than ${deepest} levels`)
    const before = nodes
    let anchor: Token | undefined
    let tag: Token | undefined
    while (isNext('anchor', 'tag')) {
      const token = take()
      if (token.kind === 'anchor' ? anchor : tag) fail(token, `a second ${token.kind} of one value`)
      if (token.kind === 'anchor') anchor = token
      else tag = token
    }
    if (anchor) {
      if (anchors.has(anchor.text)) fail(anchor, `duplicate anchor ${anchor.text}`)
      anchors.set(anchor.text, undefined)
    }
    count(1, first.at)
    const result = content(hasOwnLine, isEntry, tag, anchor)
    if (anchor) anchors.set(anchor.text, { node: result, size: nodes - before })
    depth--
    return result
  }

  function aliased(token: Token): Node {
    const found = anchors.get(token.text)
    if (!found)
      fail(
        token,
        anchors.has(token.text) ? 'a value that contains itself' : `there is no anchor ${token.text} before this`,
      )
    const { node: value, size } = found as Anchored
    count(size, token.at)
    return value
  }

  function content(hasOwnLine: boolean, isEntry: boolean, tag: Token | undefined, anchor: Token | undefined): Node {
    const { kind, at, text: value } = next
    if (kind === 'plain' || kind === 'quoted') {
      take()
      return scalar(value, kind === 'plain', tag, at)
    }
    if (isEntry && kind === '-') return tagged(plainList(at), tag)
    if (kind === '[') return tagged(flowList(), tag)
    if (kind === '{') return tagged(flowMap(), tag)
    if (hasOwnLine && kind === 'block list') return tagged(blockList(), tag)
    if (hasOwnLine && kind === 'block map') return tagged(blockMap(), tag)
    const bare = tag ?? anchor
    if (!bare) return fail(next, `expected a value, not ${said(next)}`)
    return scalar('', true, tag, bare.at)
  }

  function scalar(value: string, isPlain: boolean, tag: Token | undefined, at: number): Node {
    if (tag === undefined) return isPlain ? plainNode(value, at) : { kind: 'scalar', type: 'string', text: value, at }
    const { type, text: canonical, doubt } = plainNode(value, at)
    const standard = standardTag(tag)
    if (standard === undefined) {
      // The text of a short form is a text; where it would mean something else without it, loaders may differ.
      const isSure = !isPlain || (type === 'string' && !doubt) || value === ''
      return short(tag, { kind: 'scalar', type: 'string', text: value, at, ...(isSure ? {} : { doubt: true }) })
    }
    if (standard === 'str') return { kind: 'scalar', type: 'string', text: value, at }
    if (
      !doubt &&
      (standard === type || (type === 'number' && standard === (canonical.includes('.') ? 'float' : 'int')))
    )
      return { kind: 'scalar', type, text: canonical, at }
    return fail(tag, `a value that is not certain to be what ${tag.text} says`)
  }

  function tagged(value: List | Mapping, tag: Token | undefined): Node {
    if (tag === undefined) return value
    const standard = standardTag(tag)
    if (standard === undefined) return short(tag, value)
    if (standard !== (value.kind === 'list' ? 'seq' : 'map')) fail(tag, `a value that is not what ${tag.text} says`)
    return value
  }

  /** `!!int` -> `int`; undefined for the short form of a function. */
  function standardTag(tag: Token): string | undefined {
    if (tag.text.startsWith('!!')) return tag.text.slice(2)
    if (!/^![A-Za-z][A-Za-z0-9:._-]*$/.test(tag.text)) fail(tag, 'a tag that is not a function')
    return undefined
  }

  function short(tag: Token, value: Node): Mapping {
    count(1, tag.at)
    return shortForm(tag.text, value, tag.at)
  }

  function blockList(): List {
    const { at } = take()
    const items: Node[] = []
    while (isNext('-')) {
      const dash = take()
      items.push(isNext('-', 'end of block') ? nothing(dash.at) : node(true))
    }
    if (!isNext('end of block')) fail(next, `expected an item with a dash, not ${said(next)}`)
    take()
    return { kind: 'list', items, at }
  }

  /** A list that is not indented deeper than its key. */
  function plainList(at: number): List {
    const items: Node[] = []
    while (isNext('-')) {
      const dash = take()
      items.push(isNext('-', 'key', 'value', 'end of block') ? nothing(dash.at) : node(true))
    }
    return { kind: 'list', items, at }
  }

  function markedKey(): Node {
    const { at } = take()
    return isNext('key', 'value', 'end of block') ? nothing(at) : node(true, true)
  }

  function simpleKey(name: string, at: number): Node {
    count(1, at)
    return plainNode(name, at)
  }

  function blockMap(): Mapping {
    const { at } = take()
    const map = emptyMap()
    while (isNext('key')) {
      const { text: simple, at: start } = next
      const key = simple === '' ? markedKey() : simpleKey(simple, start)
      let value: Node | undefined
      if (simple !== '' || isNext('value')) {
        take()
        if (!isNext('key', 'value', 'end of block')) value = node(true, true)
      }
      add(map, key, value ?? nothing(key.at), start)
    }
    if (!isNext('end of block')) fail(next, `expected a key, not ${said(next)}`)
    take()
    return finished(map, at)
  }

  function flowList(): List {
    const { at } = take()
    const items: Node[] = []
    for (let isFirst = true; !isNext(']'); isFirst = false) {
      if (!isFirst) {
        comma(']')
        if (isNext(']')) break
      }
      if (isNext('key')) {
        const { at: start } = next
        count(1, start)
        const map = emptyMap()
        addPair(map, ']')
        items.push(finished(map, start))
      } else items.push(node(false))
    }
    take()
    return { kind: 'list', items, at }
  }

  function flowMap(): Mapping {
    const { at } = take()
    const map = emptyMap()
    for (let isFirst = true; !isNext('}'); isFirst = false) {
      if (!isFirst) {
        comma('}')
        if (isNext('}')) break
      }
      if (isNext('key')) addPair(map, '}')
      else {
        const key = node(false)
        add(map, key, nothing(key.at), key.at)
      }
    }
    take()
    return finished(map, at)
  }

  function addPair(map: Filling, closing: Kind): void {
    const mark = take()
    const key = isNext('value', ',', closing) ? nothing(mark.at) : node(false)
    let value: Node | undefined
    if (isNext('value')) {
      take()
      if (!isNext(',', closing)) value = node(false)
    }
    add(map, key, value ?? nothing(key.at), mark.at)
  }

  function comma(closing: Kind): void {
    if (!isNext(',')) fail(next, `expected a comma or ${closing}, not ${said(next)}`)
    take()
  }

  if (next.kind === 'wrong') throw new Unreadable(next.at, next.text)
  let root: Node | undefined
  const isMarked = isNext('start of document')
  if (isMarked) take()
  if (!isNext('end of text') && !(isMarked && isNext('end of document'))) root = node(true)
  while (isNext('end of document')) take()
  if (isNext('start of document')) fail(next, 'a second document, which a template cannot have')
  if (!isNext('end of text')) fail(next, `the text should end here, not go on with ${said(next)}`)
  return root ?? nothing(0)
}

function refuseOddCharacters(text: string): void {
  const odd = oddBreak.exec(text)
  if (odd)
    throw new Unreadable(odd.index, 'a line break that not every parser accepts as one; end lines with LF or CR LF')
  const control = noText.exec(text)
  if (control) throw new Unreadable(control.index, 'a character that YAML does not allow')
}

/** A map that is being read; `merged` is what comes from merge keys. */
type Filling = { readonly entries: Map<string, Entry>; merged?: Map<string, Entry> }

const emptyMap = (): Filling => ({ entries: new Map() })

function add(map: Filling, key: Node, value: Node, at: number): void {
  if (key.kind === 'scalar' && key.doubt && key.type === 'string' && key.text === '<<') {
    map.merged ??= new Map()
    merge(map.merged, value, at)
    return
  }
  const name = keyName(key, at)
  if (map.entries.has(name)) throw new Unreadable(at, `duplicate key ${JSON.stringify(name)} in one map`)
  map.entries.set(name, { at, node: value })
}

/** Own keys win over merged ones, https://yaml.org/type/merge.html */
function finished({ entries, merged = new Map() }: Filling, at: number): Mapping {
  for (const [name, entry] of merged) if (!entries.has(name)) entries.set(name, entry)
  return { kind: 'map', entries, at }
}

function keyName(key: Node, at: number): string {
  if (key.kind !== 'scalar' || key.type === 'null') throw new Unreadable(at, 'a key must be text')
  // As a key, = is a text to every loader.
  if (key.doubt && key.text !== '=')
    throw new Unreadable(at, `the key ${key.text} means something else to some readers; put it in quotes`)
  return key.text
}

function merge(into: Map<string, Entry>, value: Node, at: number): void {
  for (const source of value.kind === 'list' ? value.items : [value]) {
    if (source.kind !== 'map' || isFunction(source)) throw new Unreadable(at, 'only maps can be merged with <<')
    for (const [name, entry] of source.entries) {
      // Which one wins depends on the loader.
      if (into.has(name)) throw new Unreadable(at, `the key ${JSON.stringify(name)} is merged twice`)
      into.set(name, entry)
    }
  }
}

const isFunction = ({ entries }: Mapping): boolean =>
  [...entries.keys()].some((name) => name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))

const words: Partial<Record<Kind, string>> = {
  value: 'a colon',
  key: 'a key',
  plain: 'text',
  quoted: 'text in quotes',
  alias: 'an alias',
  anchor: 'an anchor',
  tag: 'a tag',
}
const said = ({ kind }: Token): string => words[kind] ?? (kind.length > 1 ? `the ${kind}` : kind)
