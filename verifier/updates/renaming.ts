/** Old nodes in a place where new names hold: what differs there is called otherwise. */
import { child, type Node, string, textOf } from '../read/node.ts'
import { call } from '../resolve/calls.ts'

type Names = ReadonlyMap<string, string>

/** Old name -> the name there, of what one stack defines; what is not in it keeps its name. */
export type Renaming = {
  readonly resources: Names
  readonly parameters: Names
  readonly conditions: Names
  readonly mappings: Names
  /** Of nested stacks, by logical ID. */
  readonly outputs: ReadonlyMap<string, Names>
}

const of = (names: Names | undefined, name: string): string => names?.get(name) ?? name

/** The same node under other names. */
export function renamed(node: Node, names: Renaming): Node {
  if (node.kind === 'scalar') return node
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => renamed(item, names)) }
  const [name, argument] = call(node) ?? []
  if (name !== undefined && argument !== undefined) {
    const changed = inCall(name, argument, names)
    if (changed) return { ...node, entries: new Map([[name, { at: node.at, node: changed }]]) }
  }
  const isCondition = node.entries.size === 1
  return {
    ...node,
    entries: new Map(
      [...node.entries].map(([key, { at, node: inner }]) => {
        const condition = key === 'Condition' && isCondition ? textOf(inner) : undefined
        return [
          key,
          { at, node: condition === undefined ? renamed(inner, names) : text(of(names.conditions, condition), inner) },
        ]
      }),
    ),
  }
}

const text = (value: string, { at }: Node): Node => string(value, at)

/** Undefined where nothing in it is a name. */
function inCall(name: string, argument: Node, names: Renaming): Node | undefined {
  const [first, ...rest] = argument.kind === 'list' ? argument.items : [argument]
  const written = textOf(first)
  const put = (changed: string, others: readonly Node[] = rest.map((each) => renamed(each, names))): Node =>
    argument.kind === 'list' ? { ...argument, items: [text(changed, argument), ...others] } : text(changed, argument)
  if (first === undefined) return undefined
  if (written === undefined) {
    // Which mapping is meant is not known: it may be one of either side.
    return name === 'Fn::FindInMap' ? { kind: 'map', at: argument.at, entries: new Map(), open: name } : undefined
  }
  switch (name) {
    case 'Ref':
      return put(reference(written, names))
    case 'Fn::GetAtt': {
      const path = [written, ...rest.map(textOf)]
      return path.includes(undefined) ? undefined : text(attribute(path.join('.'), names), argument)
    }
    case 'Fn::Sub':
      return put(substituted(written, rest[0], names))
    case 'Fn::If':
      return put(of(names.conditions, written))
    case 'Fn::FindInMap':
      return put(of(names.mappings, written))
    default:
      return undefined
  }
}

const reference = (name: string, { parameters, resources }: Renaming): string =>
  parameters.get(name) ?? of(resources, name)

function attribute(path: string, { resources, outputs }: Renaming): string {
  const dot = path.indexOf('.')
  const [id, name] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]
  const output = name.startsWith('Outputs.') ? name.slice('Outputs.'.length) : undefined
  return `${of(resources, id)}.${output === undefined ? name : `Outputs.${of(outputs.get(id), output)}`}`
}

const substituted = (template: string, variables: Node | undefined, names: Renaming): string =>
  template.replace(/\$\{([^}]*)\}/g, (whole, inner: string) => {
    const name = inner.trim()
    if (name.startsWith('!') || child(variables, name)) return whole
    return `\${${name.includes('.') ? attribute(name, names) : reference(name, names)}}`
  })
