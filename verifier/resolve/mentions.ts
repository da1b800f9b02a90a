/** Who names whom, in any world: every branch of every condition counts. */
import { child, type Node, textOf } from '../read/node.ts'
import type { Program, Stack } from './program.ts'

/** Key of a resource -> keys of the resources that its properties name, through parameters and outputs of nested stacks. */
export type Mentions = ReadonlyMap<string, ReadonlySet<string>>

export function mentionsOf(program: Program): Mentions {
  const known = new Map<Node, ReadonlySet<string>>()
  const walking = new Set<Node>()

  const inNode = (node: Node | undefined, stack: Stack): ReadonlySet<string> => {
    if (!node || node.kind === 'scalar' || walking.has(node)) return new Set()
    const before = known.get(node)
    if (before) return before
    walking.add(node)
    const found = new Set<string>()
    const add = (keys: ReadonlySet<string>): void => {
      for (const key of keys) found.add(key)
    }
    if (node.kind === 'list') for (const item of node.items) add(inNode(item, stack))
    else
      for (const [key, { node: item }] of node.entries) {
        if (key === 'Ref') add(named(textOf(item) ?? '', stack))
        else if (key === 'Fn::GetAtt')
          add(
            named(
              item.kind === 'list' ? item.items.map((part) => textOf(part) ?? '').join('.') : (textOf(item) ?? ''),
              stack,
            ),
          )
        else if (key === 'Fn::Sub') {
          const template = textOf(item.kind === 'list' ? item.items[0] : item) ?? ''
          for (const [, name = ''] of template.matchAll(/\$\{([^!}][^}]*)\}/g)) add(named(name.trim(), stack))
          add(inNode(item, stack))
        } else if (key === 'Fn::ImportValue') add(imported(item))
        else add(inNode(item, stack))
      }
    walking.delete(node)
    known.set(node, found)
    return found
  }

  const named = (written: string, stack: Stack): ReadonlySet<string> => {
    const [name = '', ...attributes] = written.split('.')
    const nested = stack.children.get(name)
    if (nested && attributes[0] === 'Outputs')
      return inNode(child(child(nested.source.root, 'Outputs'), attributes.slice(1).join('.')), nested)
    const key = `${stack.key}/${name}`
    if (program.resources.has(key)) return new Set([key])
    if (!stack.parent) return new Set()
    const { stack: outer, resource } = stack.parent
    return inNode(child(child(child(resource.node, 'Properties'), 'Parameters'), name), outer)
  }

  const imported = (name: Node): ReadonlySet<string> => {
    const found = new Set<string>()
    for (const stack of program.stacks) {
      const outputs = child(stack.source.root, 'Outputs')
      if (outputs?.kind !== 'map') continue
      for (const { node } of outputs.entries.values()) {
        const exported = child(child(node, 'Export'), 'Name')
        const differs = exported?.kind === 'scalar' && name.kind === 'scalar' && exported.text !== name.text
        if (exported && !differs) for (const key of inNode(child(node, 'Value'), stack)) found.add(key)
      }
    }
    return found
  }

  return new Map(
    [...program.resources.values()].map((resource) => [
      resource.key,
      inNode(child(resource.node, 'Properties'), resource.stack),
    ]),
  )
}
