/** Resources that are the same but for their logical ID, or the stack in which they are: CloudFormation makes them again. */
import { child } from '../read/node.ts'
import type { Resource } from '../resolve/program.ts'
import type { ResourceChange } from './changes.ts'
import type { Side, Sides } from './sides.ts'

export type Renamed = {
  /** Keys of the one that goes, and of the one that comes in its place. */
  readonly from: string
  readonly to: string
  readonly type: string
}

/** Pairs of what is removed and what is added, each in one pair at most. */
export function renamedIn({ before, after }: Sides, changes: readonly ResourceChange[]): Renamed[] {
  const those = ({ program }: Side, change: 'added' | 'removed'): Resource[] =>
    changes.flatMap((each) => (each.change === change ? (program.resources.get(each.key) ?? []) : []))
  const looks = ({ kind }: Side, { type, node, stack }: Resource): string =>
    `${type} ${kind.of(child(node, 'Properties'), stack)}`
  const open = new Map<string, Resource[]>()
  for (const resource of those(before, 'removed')) {
    const look = looks(before, resource)
    open.set(look, [...(open.get(look) ?? []), resource])
  }
  return those(after, 'added').flatMap((resource) => {
    const alike = open.get(looks(after, resource)) ?? []
    const from = alike.find(({ id }) => id === resource.id) ?? alike[0]
    if (!from) return []
    alike.splice(alike.indexOf(from), 1)
    return [{ from: from.key, to: resource.key, type: resource.type }]
  })
}
