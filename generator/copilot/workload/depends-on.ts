import { type Carried, carried, type Item, type Items, implied, lost, malformed } from '../item.ts'
import { keyOf } from '../names.ts'
import { asWritten, isMap, look, textOf, type Value } from '../value.ts'
import type { Context } from './context.ts'

const startsOnly = (condition: string): Partial<Carried> => {
  if (condition === 'start') return {}
  return condition === 'healthy'
    ? { note: 'Copilot waited until it was healthy; now the container must try again until it answers' }
    : { note: `Copilot waited for ${condition}; now the containers run at the same time`, degraded: true }
}

/** The sidecar that is a first step of the service itself: same image, and the service waits for its end. */
export const initOf = (manifest: Value): { readonly name: string; readonly sidecar: Value } | undefined => {
  const waits = look(manifest, 'image', 'depends_on')
  const found = isMap(waits)
    ? waits.entries.find(
        ({ key, value }) =>
          /^(?:success|complete)$/i.test(textOf(value) ?? '') &&
          sameImage(look(manifest, 'sidecars', key), manifest) &&
          look(manifest, 'sidecars', key, 'command') !== undefined,
      )
    : undefined
  const sidecar = found && look(manifest, 'sidecars', found.key)
  return found === undefined || sidecar === undefined ? undefined : { name: found.key, sidecar }
}

/** Written alike: the same name, or the same build. What names no image is like no other. */
const sameImage = (one: Value | undefined, other: Value): boolean => {
  const image = imageOf(one)
  return image !== undefined && image === imageOf(other)
}

const imageOf = (container: Value | undefined): string | undefined => {
  const written = look(container, 'image', 'location') ?? look(container, 'image', 'build') ?? look(container, 'image')
  if (written === undefined || (isMap(written) && written === look(container, 'image'))) return undefined
  return asWritten(written)
}

/** The main container waits for sidecars; a sidecar that waits for another has no word in the config. */
export const dependsOn = (value: Value, { path, container, manifest }: Context): Items => {
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
    if (initOf(manifest)?.name === key) return implied(each, 'init ends with 0 before the container starts')
    return carried(each, [...path, 'sidecars', keyOf(key, 32), 'startsBefore'], true, startsOnly(condition))
  })
  return first === undefined ? [malformed(value, 'a container with a condition')] : [first, ...rest]
}
