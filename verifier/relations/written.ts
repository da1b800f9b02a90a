/**
 * What the properties of a resource are by what is written alone, whatever is chosen: what is understood there need be
 * asked in no world.
 */
import { attributeOf } from '../facts/attributes.ts'
import { child, type Mapping, type Node, textOf } from '../read/node.ts'
import { call, openBy } from '../resolve/calls.ts'
import type { Program, Resource } from '../resolve/program.ts'
import { isDynamic } from '../resolve/stored.ts'

export type Written = {
  /** List indices are left out. */
  readonly path: string
  /** Whether something may be named there. */
  readonly isName: boolean
}

/** A key of a user-defined map may contain dots, which no property does. */
export const below = (path: string, name: string): string => `${path}.${name.replaceAll('.', '-')}`

const known = new WeakMap<Resource, readonly Written[] | 'not known'>()

/** All that may stand in its properties; undefined where a world decides more than which branch of an Fn::If counts. */
export function writtenIn(program: Program, resource: Resource): readonly Written[] | undefined {
  const before = known.get(resource) ?? fresh(program, resource) ?? 'not known'
  known.set(resource, before)
  return before === 'not known' ? undefined : before
}

function fresh(program: Program, resource: Resource): readonly Written[] | undefined {
  const { stack, node } = resource
  const properties = child(node, 'Properties')
  if (stack.parent || openBy(node) !== undefined) return undefined
  if (!properties) return []
  if (properties.kind !== 'map' || openBy(properties) !== undefined || call(properties)) return undefined
  const found: Written[] = []

  const inEntries = ({ entries }: Mapping, path: string): boolean =>
    [...entries].every(([name, { node: item }]) => walk(item, path === '' ? name : below(path, name)))

  const walk = (here: Node, path: string): boolean => {
    if (here.kind === 'list') return here.items.every((item) => walk(item, path))
    const [name, argument] = call(here) ?? []
    if (name === 'Fn::If' && argument) {
      const [condition, ...branches] = argument.kind === 'list' ? argument.items : []
      const isDefined = child(child(stack.source.root, 'Conditions'), textOf(condition) ?? '') !== undefined
      return isDefined && branches.every((branch) => walk(branch, path))
    }
    if (here.kind === 'map' && name === undefined) {
      found.push({ path, isName: false })
      return openBy(here) === undefined && inEntries(here, path)
    }
    found.push({ path, isName: here.kind !== 'scalar' || isDynamic(here.text) })
    return isText(here)
  }

  /** A text in every world, or a list of texts. */
  const isText = (here: Node): boolean => {
    if (here.kind === 'scalar') return true
    const [name, argument] = call(here) ?? []
    if (!argument) return false
    const parts = argument.kind === 'list' ? argument.items : [argument]
    const texts = parts.map(textOf)
    switch (name) {
      case 'Ref':
        return isThere(textOf(argument))
      case 'Fn::GetAtt':
        return texts.every((each) => each !== undefined) && hasAttribute(texts.join('.'))
      case 'Fn::Join':
        return texts[0] !== undefined && parts[1]?.kind === 'list' && parts[1].items.every(isText)
      case 'Fn::FindInMap':
        return isLookedUp(parts)
      case 'Fn::Sub':
        return texts[0] !== undefined && isSubstituted(texts[0], parts[1])
      default:
        return false
    }
  }

  /** Under whatever key: each row has the column, and a text there. */
  const isLookedUp = ([mapping, key, column, ...more]: readonly Node[]): boolean => {
    const rows = child(child(stack.source.root, 'Mappings'), textOf(mapping) ?? '')
    if (more.length > 0 || key === undefined || !isText(key) || rows?.kind !== 'map') return false
    const written = textOf(key)
    const possible =
      written === undefined ? [...rows.entries.values()].map(({ node: row }) => row) : [child(rows, written)]
    return possible.every((row) => {
      const found = child(row, textOf(column) ?? '')
      return found?.kind === 'scalar' && !isDynamic(found.text)
    })
  }

  const isSubstituted = (template: string, variables: Node | undefined): boolean => {
    const own = variables?.kind === 'map' && openBy(variables) === undefined && !call(variables) ? variables : undefined
    if (variables && !own) return false
    if (own && ![...own.entries.values()].every((each) => isText(each.node))) return false
    return [...template.matchAll(/\$\{([^}]*)\}/g)].every(([, inner = '']) => {
      const name = inner.trim()
      return name.startsWith('!') || child(own, name) || (name.includes('.') ? hasAttribute(name) : isThere(name))
    })
  }

  const named = (name: string): Resource | undefined => {
    const other = program.resources.get(`${stack.key}/${name}`)
    return other && !other.node.entries.has('Condition') && openBy(other.node) === undefined ? other : undefined
  }

  const isThere = (name: string | undefined): boolean =>
    name !== undefined &&
    (name.startsWith('AWS::') ||
      child(child(stack.source.root, 'Parameters'), name) !== undefined ||
      named(name) !== undefined)

  /** What is handed on from elsewhere may be more than a text. */
  const hasAttribute = (written: string): boolean => {
    const dot = written.indexOf('.')
    const other = named(written.slice(0, dot))
    const kind = other && !stack.children.has(other.id) ? attributeOf(other.type, written.slice(dot + 1)) : undefined
    return kind !== undefined && kind.kind !== 'echo' && kind.kind !== 'foreign'
  }

  return inEntries(properties, '') ? found : undefined
}
