/**
 * What a node comes to, as a text that is equal on both sides only where it surely gives the same: every name stands for
 * what it is defined as. Different texts may still give the same.
 */
import { attributeOf } from '../facts/attributes.ts'
import { child, type Node, textOf } from '../read/node.ts'
import { call, openBy } from '../resolve/calls.ts'
import type { Program, Stack } from '../resolve/program.ts'

export type Meaning = {
  readonly of: (node: Node | undefined, stack: Stack) => string
  /** Keys of the resources whose identity or attributes may be in it, wherever they are written. */
  readonly refers: (node: Node | undefined, stack: Stack) => ReadonlySet<string>
}

type Options = {
  readonly program: Program
  /** Values that parameters of top-level stacks have on this side, `<stack>:<parameter>`. */
  readonly pinned: ReadonlyMap<string, string>
  /** Gives the same for the same text, and something short for a long one; both sides share it. */
  readonly intern: (text: string) => string
  /** How a resource is called; by its key, unless what matters is only which kind it is. */
  readonly nameOf?: (key: string, type: string) => string
}

const deepest = 200
const none = '-'

/** Long texts become numbers, so that what refers to itself many times does not grow without end. */
export function interner(): (text: string) => string {
  const numbers = new Map<string, string>()
  return (text) => {
    if (text.length <= 80) return text
    const known = numbers.get(text) ?? `#${numbers.size}`
    numbers.set(text, known)
    return known
  }
}

type Said = { readonly text: string; readonly refers: ReadonlySet<string> }
const nobody: ReadonlySet<string> = new Set()
const plain = (text: string): Said => ({ text, refers: nobody })

export function meaningOf({ program, pinned, intern, nameOf = (key) => key }: Options): Meaning {
  const known = new Map<Node, Said>()
  const open = new Set<Node>()
  let depth = 0

  function said(node: Node | undefined, stack: Stack): Said {
    if (!node) return plain(none)
    const before = known.get(node)
    if (before) return before
    if (open.has(node) || depth > deepest) return plain('a circle')
    open.add(node)
    depth++
    try {
      const { text, refers } = fresh(node, stack)
      const found = { text: intern(text), refers }
      known.set(node, found)
      return found
    } finally {
      depth--
      open.delete(node)
    }
  }

  function fresh(node: Node, stack: Stack): Said {
    if (node.kind === 'scalar') {
      if (node.type === 'null') return plain(none)
      return plain(`${node.doubt ? 'perhaps ' : ''}${JSON.stringify(node.text)}`)
    }
    if (node.kind === 'list')
      return put(
        '[',
        node.items.map((item) => said(item, stack)),
        ']',
      )
    const [name, argument] = call(node) ?? []
    if (name !== undefined && argument !== undefined) return called(name, argument, stack)
    const entries = [...node.entries].sort(([a], [b]) => (a < b ? -1 : 1))
    const opener = openBy(node)
    const parts = entries.map(([key, { node: inner }]) => {
      // The condition of a condition; a map may have an entry of that name that is none.
      const condition = key === 'Condition' && node.entries.size === 1 ? textOf(inner) : undefined
      return condition === undefined ? named(key, said(inner, stack)) : named(key, conditionOf(condition, stack))
    })
    return put(opener === undefined ? '{' : `${opener}{`, parts, '}')
  }

  function called(name: string, argument: Node, stack: Stack): Said {
    const parts = argument.kind === 'list' ? argument.items : [argument]
    const written = textOf(parts[0])
    if (name === 'Ref' && written !== undefined && argument.kind === 'scalar') return referenced(written, stack)
    if (name === 'Fn::GetAtt') {
      const path = parts.map(textOf)
      if (!path.includes(undefined)) return attribute(path.join('.'), stack)
    }
    if (name === 'Fn::Sub' && written !== undefined) return substituted(written, parts[1], stack)
    if (name === 'Fn::If' && written !== undefined)
      return put('if(', [conditionOf(written, stack), ...parts.slice(1).map((part) => said(part, stack))], ')')
    if (name === 'Fn::FindInMap' && written !== undefined)
      return put('map(', [...parts.map((part) => said(part, stack)), mappingOf(written, parts, stack)], ')')
    return put(
      `${name}(`,
      parts.map((part) => said(part, stack)),
      ')',
    )
  }

  function referenced(name: string, stack: Stack): Said {
    if (name === 'AWS::NoValue') return plain(none)
    if (name.startsWith('AWS::')) return plain(`${name} of ${/Stack(?:Id|Name)$/.test(name) ? stack.key : ''}`)
    const declaration = child(child(stack.source.root, 'Parameters'), name)
    if (declaration) return parameter(name, declaration, stack)
    return resource(`${stack.key}/${name}`, '')
  }

  function resource(key: string, attributePath: string): Said {
    const found = program.resources.get(key)
    const name = nameOf(key, found?.type ?? '')
    return { text: `<${name}${attributePath}>`, refers: found ? new Set([key]) : nobody }
  }

  function parameter(name: string, declaration: Node, stack: Stack): Said {
    const type = textOf(child(declaration, 'Type')) ?? ''
    const fallback = said(child(declaration, 'Default'), stack)
    if (stack.parent) {
      const given = child(child(child(stack.parent.resource.node, 'Properties'), 'Parameters'), name)
      return named(type, given ? said(given, stack.parent.stack) : fallback)
    }
    const value = pinned.get(`${stack.key}:${name}`)
    return plain(value === undefined ? `parameter ${name} ${type}` : `${type}:${JSON.stringify(value)}`)
  }

  function attribute(path: string, stack: Stack): Said {
    const dot = path.indexOf('.')
    const [id, name] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]
    const key = `${stack.key}/${id}`
    const nested = stack.children.get(id)
    if (nested && name.startsWith('Outputs.')) {
      const output = child(child(nested.source.root, 'Outputs'), name.slice('Outputs.'.length))
      if (output) return said(child(output, 'Value'), nested)
    }
    const target = program.resources.get(key)
    const kind = target && attributeOf(target.type, name)
    const itself = resource(key, `.${name}`)
    if (!target || kind?.kind !== 'echo') return itself
    const [property = ''] = kind.property.split('.')
    const given = child(child(target.node, 'Properties'), property)
    return given ? put('echo(', [itself, said(given, target.stack)], ')') : itself
  }

  function substituted(text: string, variables: Node | undefined, stack: Stack): Said {
    const parts: Said[] = []
    let from = 0
    for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
      const name = (match[1] ?? '').trim()
      if (match.index > from) parts.push(plain(JSON.stringify(text.slice(from, match.index))))
      from = match.index + match[0].length
      const own = child(variables, name)
      if (name.startsWith('!')) parts.push(plain(JSON.stringify(`\${${name.slice(1)}}`)))
      else if (own) parts.push(said(own, stack))
      else parts.push(name.includes('.') ? attribute(name, stack) : referenced(name, stack))
    }
    if (from < text.length) parts.push(plain(JSON.stringify(text.slice(from))))
    return put('text(', parts, ')')
  }

  function conditionOf(name: string, stack: Stack): Said {
    const node = child(child(stack.source.root, 'Conditions'), name)
    return node ? said(node, stack) : plain(`condition ${name}`)
  }

  /** Only the part that can be meant. */
  function mappingOf(name: string, [, first, second]: readonly Node[], stack: Stack): Said {
    const mapping = child(child(stack.source.root, 'Mappings'), name)
    const [top, below] = [first, second].map((each) => (each?.kind === 'scalar' ? each.text : undefined))
    const level = top === undefined ? mapping : child(mapping, top)
    if (below === undefined) return said(level, stack)
    if (top !== undefined) return said(child(level, below), stack)
    const rows = mapping?.kind === 'map' ? [...mapping.entries] : []
    return put(
      '{',
      rows.map(([key, { node }]) => named(key, said(child(node, below), stack))),
      '}',
    )
  }

  return { of: (node, stack) => said(node, stack).text, refers: (node, stack) => said(node, stack).refers }
}

const named = (name: string, { text, refers }: Said): Said => ({ text: `${JSON.stringify(name)}:${text}`, refers })

function put(start: string, parts: readonly Said[], end: string): Said {
  const some = parts.filter(({ refers }) => refers.size > 0)
  const [only] = some
  return {
    text: `${start}${parts.map(({ text }) => text).join(',')}${end}`,
    refers: only && some.length === 1 ? only.refers : new Set(some.flatMap(({ refers }) => [...refers])),
  }
}
