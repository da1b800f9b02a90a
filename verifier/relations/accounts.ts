/** Stacks of a stack set may be in other accounts and Regions than what is protected. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, other } from '../facts/identity.ts'
import type { Resource, Stack } from '../resolve/program.ts'
import { type Nearness, nearness, type PlaceName } from '../resolve/stack-sets.ts'
import { any, nothing, type Value } from '../resolve/value.ts'
import { protectedThings } from './protected.ts'
import { standsWithAny } from './whereabouts.ts'

/** Whether a resource is where something protected is; with nothing to protect, where the first template is. */
export function isNearProtected(facts: Facts, { stack }: Resource, names?: readonly PlaceName[]): Nearness {
  const { stacks } = facts.around.program
  if (stacks.every(({ set }) => !set)) return 'same'
  const [first] = stacks
  const all = new Set(protectedThings(facts).map((each) => each.stack))
  const around: readonly Stack[] = all.size > 0 ? [...all] : first ? [first] : []
  const answers = around.map((each) => nearness(facts.resolver, stack, each, names))
  return answers.find((each) => each === 'same') ?? answers.find((each) => each === 'maybe') ?? 'other'
}

/** Whether it is where something is to be protected, or joined to that. */
export function standsByProtected(facts: Facts, resource: Resource): Answer {
  const near = isNearProtected(facts, resource)
  if (near === 'other') return other
  const answer = standsWithAny(facts, resource)
  return near === 'maybe' && answer.is === 'yes' ? { is: 'maybe', value: itself(resource) } : answer
}

const itself = ({ id }: Resource): Value => any(id, nothing, { kind: 'opaque', name: id })
