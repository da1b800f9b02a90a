/** The text of a manifest -> data with places. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Scalar as YamlScalar,
} from 'yaml'
import type { Source } from '../config/positions.ts'
import { syntaxProblems } from '../config/yaml-problems.ts'
import type { LocatedDiagnostic } from '../errors/located.ts'
import type { At, Entry, Path, Value } from './value.ts'

export type ReadYaml = { readonly value: Value } | { readonly problem: LocatedDiagnostic }

/** Aliases of aliases may grow without end. */
const DEEPEST = 40

export const readYaml = (text: string, file: string): ReadYaml => {
  const lines = new LineCounter()
  const plain = text.replace(/^\ufeff/, '')
  const document = parseDocument(plain, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const source: Source = { file, text: plain, document, lines }
  const [problem] = syntaxProblems(source)
  return problem === undefined ? { value: valueIn(source, document) } : { problem }
}

const valueIn = ({ file, lines }: Source, document: Document): Value => {
  const convert = (node: unknown, path: Path, outer: number, depth: number): Value => {
    const start = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null
    const line = start?.[0] === undefined ? outer : lines.linePos(start[0]).line
    const at: At = { file, line, path }
    if (depth > DEEPEST) return { kind: 'empty', at }
    if (isAlias(node)) return convert(node.resolve(document), path, line, depth + 1)
    if (isSeq(node))
      return {
        kind: 'list',
        at,
        ...tagOf(node),
        items: node.items.map((item, index) => convert(item, [...path, index], line, depth + 1)),
      }
    if (isMap(node))
      return {
        kind: 'map',
        at,
        ...tagOf(node),
        entries: merged(node.items.flatMap((pair) => entriesOf(pair, path, line, depth))),
      }
    if (!isScalar(node) || node.value === null) return { kind: 'empty', at }
    return { kind: 'scalar', at, ...tagOf(node), text: scalarText(node) }
  }

  const entriesOf = (pair: { key: unknown; value: unknown }, path: Path, outer: number, depth: number): Entry[] => {
    const key = isScalar(pair.key) ? scalarText(pair.key) : String(pair.key)
    const keyLine = isScalar(pair.key) && pair.key.range ? lines.linePos(pair.key.range[0]).line : outer
    // Of `<<: *defaults`, the keys count as if they stood here.
    if (key === '<<') {
      const given = convert(pair.value, path, keyLine, depth + 1)
      const maps = given.kind === 'list' ? given.items : [given]
      return maps.flatMap((each) =>
        each.kind === 'map' ? each.entries.map(({ key, value }) => ({ key, value: moved(value, [...path, key]) })) : [],
      )
    }
    const value = convert(pair.value, [...path, key], keyLine, depth + 1)
    return [
      {
        key,
        value:
          value.kind === 'scalar' || value.kind === 'empty' ? value : { ...value, at: { ...value.at, line: keyLine } },
      },
    ]
  }

  return convert(document.contents, [], 1, 0)
}

/** A tag of CloudFormation, not one of YAML itself. */
const tagOf = ({ tag }: { tag?: string | undefined }): { readonly tag?: string } =>
  tag !== undefined && /^![A-Z]/.test(tag) ? { tag } : {}

/** The last of two equal keys, and its own keys before merged ones. */
const merged = (entries: readonly Entry[]): Entry[] => [...new Map(entries.map((entry) => [entry.key, entry])).values()]

const moved = (value: Value, path: Path): Value => {
  const at = { ...value.at, path }
  if (value.kind === 'map')
    return {
      ...value,
      at,
      entries: value.entries.map((entry) => ({ ...entry, value: moved(entry.value, [...path, entry.key]) })),
    }
  if (value.kind === 'list')
    return { ...value, at, items: value.items.map((item, index) => moved(item, [...path, index])) }
  return { ...value, at }
}

/** What stood in the text, because `0123` and `False` are text for a container. */
const scalarText = (node: YamlScalar): string =>
  typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
