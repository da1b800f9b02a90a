import { carried, type Item, type Items, lost, malformed } from '../item.ts'
import { isMap, textOf, type Value } from '../value.ts'
import type { Context } from './context.ts'

/** The main container waits for sidecars; a sidecar that waits for another has no word in the config. */
export const dependsOn = (value: Value, { path, container }: Context): Items => {
  if (!isMap(value)) return [malformed(value, 'a group of containers with conditions')]
  const [first, ...rest] = value.entries.map(({ key, value: each }): Item => {
    const condition = textOf(each)?.toLowerCase() ?? ''
    if (!/^(?:start|healthy|complete|success)$/.test(condition))
      return malformed(each, 'one of start, healthy, complete and success')
    if (container.length > path.length)
      return lost(
        each,
        'a sidecar waits for no other container',
        'let it try again until the other one answers',
        condition !== 'start',
      )
    return carried(each, [...path, 'sidecars', key, 'startsBefore'], true, {
      ...(condition === 'start'
        ? {}
        : { note: `Copilot waited for ${condition}; check that the sidecar says when it is ready` }),
    })
  })
  return first === undefined ? [malformed(value, 'a container with a condition')] : [first, ...rest]
}
