/** How what only the old side means is called beside the new one. */
import type { Node } from '../read/node.ts'
import type { Stack } from '../resolve/program.ts'
import { entriesOf, ref } from './nodes.ts'
import type { Renaming } from './renaming.ts'
import type { Sides } from './sides.ts'

export type Names = ReadonlyMap<string, string>

/** How the old one of two is called, where both are there. */
export const old = ' (before)'

type At = readonly [Node | undefined, Stack]

export type AllNames = {
  /** Surely the same on both sides, down to the resources that it names. */
  readonly isSame: (was: At, is: At) => boolean
  readonly of: (stack: Stack) => Renaming
  readonly outputsOf: (stack: Stack) => Names
  readonly oldOf: (name: string) => string
  /** A parameter of the old side, `<stack>:<parameter>`. */
  readonly ofParameter: (key: string) => string
}

/** What keeps its meaning keeps its name, so that nothing is asked twice. */
export function namesOf({ before, after }: Sides, replaced: ReadonlySet<string>): AllNames {
  const known = new Map<string, Renaming>()
  const oldOf = (name: string): string => `${name}${old}`
  const isSame = ([was, there]: At, [is, here]: At): boolean =>
    before.meaning.of(was, there) === after.meaning.of(is, here) &&
    ![...after.meaning.refers(is, here)].some((key) => replaced.has(key))

  /** Names of a section that both sides have, and that mean something else. */
  function differing(stack: Stack, name: string, look: (key: string, node: Node) => Node | undefined): Names {
    const is = after.program.stacks.find(({ key }) => key === stack.key)
    const there = entriesOf(is?.source.root, name)
    const found = [...entriesOf(stack.source.root, name)].filter(([key, { node }]) => {
      const other = there.get(key)
      return is && other && !isSame([look(key, node), stack], [look(key, other.node), is])
    })
    return new Map(found.map(([key]) => [key, oldOf(key)]))
  }

  const outputsOf = (stack: Stack): Names => differing(stack, 'Outputs', (_, node) => node)

  function of(stack: Stack): Renaming {
    const before = known.get(stack.key)
    if (before) return before
    const ids = [...entriesOf(stack.source.root, 'Resources').keys()]
    const found: Renaming = {
      resources: new Map(ids.filter((id) => replaced.has(`${stack.key}/${id}`)).map((id) => [id, oldOf(id)])),
      parameters: differing(stack, 'Parameters', ref),
      conditions: differing(stack, 'Conditions', (_, node) => node),
      mappings: differing(stack, 'Mappings', (_, node) => node),
      outputs: new Map([...stack.children].map(([id, inner]) => [id, outputsOf(inner)])),
    }
    known.set(stack.key, found)
    return found
  }

  function ofParameter(key: string): string {
    const stack = before.program.stacks.find((each) => key.startsWith(`${each.key}:`) && !each.parent)
    const name = stack && key.slice(stack.key.length + 1)
    return stack && name !== undefined ? `${stack.key}:${of(stack).parameters.get(name) ?? name}` : key
  }

  return { isSame, of, outputsOf, oldOf, ofParameter }
}
