/** Whether a resource leaves the templates, so that others may refer to it. */
import { child, type Node, textOf } from '../read/node.ts'
import type { Resource } from '../resolve/program.ts'

/** Named by an output of the stack that holds it, which no parent among the templates takes. */
export const leaves = (resources: readonly Resource[]): boolean =>
  resources.some(({ id, stack }) => {
    const outputs = child(stack.source.root, 'Outputs')
    return !stack.parent && outputs !== undefined && names(outputs, id)
  })

function names(node: Node, id: string): boolean {
  if (node.kind === 'list') return node.items.some((item) => names(item, id))
  if (node.kind !== 'map') return false
  return [...node.entries].some(([key, { node: item }]) => {
    if (key === 'Ref') return textOf(item) === id
    if (key === 'Fn::GetAtt')
      return item.kind === 'list' ? textOf(item.items[0]) === id : textOf(item)?.split('.')[0] === id
    if (key === 'Fn::Sub') {
      const text = textOf(item.kind === 'list' ? item.items[0] : item) ?? ''
      return new RegExp(`\\$\\{${id}[.}]`).test(text) || names(item, id)
    }
    return names(item, id)
  })
}
