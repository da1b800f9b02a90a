/** Nodes of a template -> values, in one world. */
import { child, type Mapping, type Node, textOf as scalarText } from '../read/node.ts'
import { call, openBy } from './calls.ts'
import { conditions } from './conditions.ts'
import { functions } from './functions.ts'
import type { Program, Resource, Stack } from './program.ts'
import type { Resolver, Settings } from './resolver.ts'
import { stored } from './stored.ts'
import { any, entry, list, none, nothing, text, type Value } from './value.ts'
import { Infeasible, type World } from './world.ts'

const deepest = 200

export function resolver(program: Program, world: World, settings: Settings): Resolver {
  const values = new Map<Node, Value>()
  const present = new Map<string, boolean>()
  let depth = 0

  const self: Resolver = {
    program,
    world,
    settings,
    evaluate,
    exists,
    property,
    properties: propertiesOf,
    ...conditions(() => self),
  }

  function exists(resource: Resource): boolean {
    const known = present.get(resource.key)
    if (known !== undefined) return known
    const { stack, node } = resource
    const container = stack.parent ?? stack.set
    const outer = container ? exists(container.resource) : true
    const name = scalarText(child(node, 'Condition'))
    const answer = outer && (name === undefined || self.condition(name, stack))
    present.set(resource.key, answer)
    return answer
  }

  /** By itself where that is possible, so that no other property splits the world. */
  function property(resource: Resource, name: string): Value {
    const properties = child(resource.node, 'Properties')
    if (properties?.kind !== 'map' || openBy(resource.node) !== undefined) return entry(propertiesOf(resource), name)
    if (openBy(properties) !== undefined || call(properties) !== undefined) return entry(propertiesOf(resource), name)
    return there(resource, child(properties, name))
  }

  /** What is not there refers to nothing. */
  function there(resource: Resource, node: Node | undefined): Value {
    try {
      return evaluate(node, resource.stack)
    } catch (error) {
      if (error instanceof Infeasible && !exists(resource)) return none
      throw error
    }
  }

  /** What a macro or an include returns takes the place of everything next to it. */
  function propertiesOf(resource: Resource): Value {
    const { node } = resource
    const open = openBy(node)
    if (open !== undefined)
      return any(`${resource.key} by ${open}`, 'all', { kind: 'macro', name: `${open} in ${resource.id}` })
    const properties = child(node, 'Properties')
    return properties ? there(resource, properties) : { kind: 'map', entries: new Map() }
  }

  function evaluate(node: Node | undefined, stack: Stack): Value {
    if (!node) return none
    const known = values.get(node)
    if (known) return known
    settings.step()
    if (++depth > deepest) {
      depth--
      return any(`${stack.key}:${node.at}`, 'all', { kind: 'function', name: 'a reference without end' })
    }
    try {
      const value = stored(self, fresh(node, stack), stack)
      // Nested stacks may share one file, but each is read again, so a node has one meaning.
      values.set(node, value)
      return value
    } finally {
      depth--
    }
  }

  function fresh(node: Node, stack: Stack): Value {
    if (node.kind === 'scalar') {
      // Readers of YAML 1.1 may take it for another text.
      if (node.doubt) return any(`a doubtful ${node.text}`, nothing, { kind: 'literal', name: node.text })
      return node.type === 'null' ? none : text(node.text)
    }
    if (node.kind === 'list') return list(node.items.map((item) => evaluate(item, stack)))
    const [name, argument] = call(node) ?? []
    if (name !== undefined && argument !== undefined) return functions(self, name, argument, stack)
    return map(node, stack)
  }

  function map(node: Mapping, stack: Stack): Value {
    const open = openBy(node)
    if (open !== undefined) return any(`${stack.key}:${node.at}`, 'all', { kind: 'macro', name: open })
    const entries = new Map<string, Value>()
    for (const [name, { node: item }] of node.entries) {
      const value = evaluate(item, stack)
      if (value.kind !== 'none') entries.set(name, value)
    }
    return { kind: 'map', entries }
  }

  return self
}
