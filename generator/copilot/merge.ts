/** A manifest as it counts in one environment: what `environments.NAME` says, over what stands at the top. */
import type { Entry, Mapping, Value } from './value.ts'

/** Of two forms of one thing, the one that is given takes the other away. */
const FORMS: readonly (readonly [string, string])[] = [
  ['build', 'location'],
  ['spot', 'range'],
]

const resetBy = (over: readonly Entry[]): ReadonlySet<string> =>
  new Set(
    FORMS.flatMap(([one, other]) => [
      ...(over.some(({ key }) => key === one) ? [other] : []),
      ...(over.some(({ key }) => key === other) ? [one] : []),
    ]),
  )

/** Maps merge by key; lists, scalars and another form replace; an empty value changes nothing. */
export const merge = (below: Value, over: Value): Value => {
  if (over.kind === 'empty') return below
  if (below.kind !== 'map' || over.kind !== 'map') return over
  const reset = resetBy(over.entries)
  const given = new Map(over.entries.map(({ key, value }) => [key, value]))
  const kept = below.entries.filter(({ key }) => !reset.has(key))
  const merged = kept.map(({ key, value }): Entry => {
    const other = given.get(key)
    return { key, value: other === undefined ? value : merge(value, other) }
  })
  const added = over.entries.filter(({ key }) => !kept.some((entry) => entry.key === key))
  return { kind: 'map', at: over.at, entries: [...merged, ...added] }
}

/** The manifest without what it says for single environments. */
export const withoutEnvironments = (manifest: Mapping): Mapping => ({
  ...manifest,
  entries: manifest.entries.filter(({ key }) => key !== 'environments'),
})
