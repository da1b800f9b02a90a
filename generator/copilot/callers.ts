/**
 * Copilot let every service of an environment call every other one. Where no address in a variable says who calls a
 * private service, those do that the API reaches, else those that nothing reaches, since a private service has a caller.
 */
import { type Carried, carried, type Item } from './item.ts'
import type { At } from './value.ts'

type To = Carried & { readonly to: readonly (string | number)[] }

const isOf = (item: Item, key: string): item is To =>
  item.kind === 'carried' && item.to?.[0] === 'services' && item.to[2] === key && item.to.length === 3

const namesOf = (items: readonly Item[], key: string): readonly string[] => [
  ...new Set(items.flatMap((item) => (isOf(item, key) ? [String(item.to[1])] : []))),
]

/** Who calls whom, as the items say. */
const callsIn = (items: readonly Item[]): readonly (readonly [caller: string, called: string])[] =>
  items.flatMap((item) => {
    if (!isOf(item, 'reaches')) return []
    const { service } = item.value as { readonly service?: string }
    return service === undefined ? [] : [[String(item.to[1]), service] as const]
  })

const leadsTo = (
  calls: readonly (readonly [string, string])[],
  from: string,
  to: string,
  seen: readonly string[] = [],
): boolean =>
  from === to ||
  (!seen.includes(from) &&
    calls.some(([caller, called]) => caller === from && leadsTo(calls, called, to, [...seen, from])))

export const withCallers = (items: readonly Item[]): readonly Item[] => {
  const reached = namesOf(items, 'paths')
  const isPrivate = namesOf(items, 'private')
  const all = namesOf(items, 'image')
  const likely = reached.length > 0 ? reached : all.filter((each) => !isPrivate.includes(each))
  let found = items
  for (const { from, to } of items.filter((item): item is To => isOf(item, 'private'))) {
    const key = String(to[1])
    const calls = callsIn(found)
    if (calls.some(([, called]) => called === key)) continue
    const callers = likely.filter((caller) => caller !== key && !leadsTo(calls, key, caller))
    found = [...found, ...callers.map((caller) => call(caller, key, from))]
  }
  return found
}

const call = (caller: string, key: string, from: At): Item =>
  carried(
    from,
    ['services', caller, 'reaches'],
    { service: key },
    {
      append: true,
      note: `no manifest says who calls ${key}; in Copilot, every service could`,
    },
  )
