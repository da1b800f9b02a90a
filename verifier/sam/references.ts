/**
 * References to what SAM makes: `!Ref MyApi.Stage`, `!GetAtt MyFunction.Alias.Arn`, `${MyApi.Deployment}`,
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
import { type Mapping, type Node, string } from '../read/node.ts'
import type { Draft } from './draft.ts'
import { functionOf, get, list, map, texts, word } from './nodes.ts'

type References = Draft['references']

export function resolved(node: Node, references: References): Node {
  if (references.size === 0 || node.kind === 'scalar') return node
  if (node.kind === 'list') {
    const items = node.items.map((item) => resolved(item, references))
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node
  }
  const name = functionOf(node)
  const direct = name === undefined ? undefined : replaced(node, name, references)
  if (direct) return direct
  const changed = [...node.entries].map(
    ([key, { at, node }]) => [key, { at, node: resolved(node, references) }] as const,
  )
  return changed.some(([key, entry]) => entry.node !== node.entries.get(key)?.node)
    ? { ...node, entries: new Map(changed) }
    : node
}

function replaced(node: Mapping, name: string, references: References): Mapping | undefined {
  const value = get(node, name)
  if (!value) return undefined
  if (name === 'Ref') {
    const id = known(word(value)?.split('.') ?? [], references)
    return id === undefined ? undefined : map(node.at, { Ref: string(id, value.at) })
  }
  if (name === 'Fn::GetAtt') {
    const parts = (value.kind === 'list' ? value.items.map(word) : [word(value)]).flatMap(
      (part) => part?.split('.') ?? [''],
    )
    const id = parts.length > 2 ? known(parts.slice(0, 2), references) : undefined
    return id === undefined ? undefined : map(node.at, { [name]: texts([id, parts.slice(2).join('.')], value.at) })
  }
  if (name !== 'Fn::Sub') return undefined
  const [first, ...rest] = value.kind === 'list' ? value.items : [value]
  const text = word(first)
  const changed = text?.replace(
    /\$\{([A-Za-z0-9]+)\.([A-Za-z0-9]+)((?:\.[A-Za-z0-9]+)*)\}/g,
    (all, id, property, more) => {
      const found = known([id, property], references)
      return found === undefined ? all : `\${${found}${more}}`
    },
  )
  if (changed === undefined || changed === text) return undefined
  const written = string(changed, first?.at ?? value.at)
  const others = rest.map((each) => resolved(each, references))
  return map(node.at, { [name]: value.kind === 'list' ? list([written, ...others], value.at) : written })
}

const known = (parts: readonly (string | undefined)[], references: References): string | undefined => {
  const [id = '', property = ''] = parts
  return parts.length === 2 ? references.get(id)?.get(property) : undefined
}
