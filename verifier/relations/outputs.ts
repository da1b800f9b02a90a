/** By which outputs a resource leaves the templates, so that others may refer to it. */
import type { Facts } from '../facts/facts.ts'
import { child } from '../read/node.ts'
import type { Resource } from '../resolve/program.ts'
import { Infeasible } from '../resolve/world.ts'

/** Names of outputs of the top-level stacks, of exports, and of stored parameters that hand on one of these by its id or ARN. */
export function leavesBy(facts: Facts, resources: readonly Resource[]): readonly string[] {
  const keys = new Set(resources.map(({ key }) => key))
  return facts
    .once(leaving)
    .flatMap(({ name, taint }) => (taint === 'all' || [...keys].some((key) => taint.has(key)) ? [name] : []))
}

type Leaving = { readonly name: string; readonly taint: ReturnType<Facts['taint']> }

function leaving(facts: Facts): readonly Leaving[] {
  const outputs = facts.around.program.stacks.flatMap((stack) => {
    const section = child(stack.source.root, 'Outputs')
    if (section?.kind !== 'map') return []
    return [...section.entries].flatMap(([name, { node }]) => {
      if (stack.parent && !child(node, 'Export')) return []
      try {
        return [{ name, taint: facts.taint(facts.resolver.evaluate(child(node, 'Value'), stack)) }]
      } catch (error) {
        // An output of something that is not there leaves nothing.
        if (error instanceof Infeasible) return []
        throw error
      }
    })
  })
  const stored = facts
    .candidates('AWS::SSM::Parameter')
    .map((each) => ({ name: each.id, taint: facts.taint(facts.get(each, 'Value')) }))
  return [...outputs, ...stored]
}
