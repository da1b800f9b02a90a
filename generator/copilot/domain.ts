/** Host names of services -> the domain of the application, and `hosts` where services differ by host. */
import { type Alternative, type Carried, carried, type Item, implied } from './item.ts'
import { isIn } from './places.ts'
import type { At } from './value.ts'

const isHost = (item: Item): item is Item & { kind: 'carried'; to: readonly string[]; value: string } =>
  item.kind === 'carried' && item.to?.[0] === 'services' && item.to[2] === 'hosts'

const isZone = (item: Item): boolean => item.kind === 'carried' && String(item.to) === 'domain,zone,id'

const onCertificate = (host: string): Alternative => ({
  value: host,
  why: 'a further name of the API is in the zone of the first and belongs to one environment; this one is only on the certificate',
  remedy: 'give the API the name with a custom domain, a mapping and a record of your own',
  changes: true,
})

/** With `domain.name`, from the first alias, else a name that only the user knows. With environments, services share it. */
export const withDomain = (
  items: readonly Item[],
  unknown: string,
  from: At,
  environments: number,
): readonly Item[] => {
  const found = items.filter(isHost)
  const hosts = [...new Set(found.map(({ value }) => value))]
  const services = new Set(
    items.flatMap((item) => (item.kind === 'carried' && item.to?.[2] === 'paths' ? [item.to[1]] : [])),
  )
  const [main] = hosts
  // The zone of one alias in a list, which counts for the others only when it is that of the first.
  const zoneOf = (host: string): Carried | undefined => {
    const alias = found.find(({ value }) => value === host)
    return items.find(
      (item): item is Carried =>
        isZone(item) &&
        alias !== undefined &&
        item.from.file === alias.from.file &&
        isIn(item.from.path, alias.from.path),
    )
  }
  const bound = new Set<Item | undefined>(hosts.slice(1).map(zoneOf))
  const moved = items.flatMap((item): readonly Item[] => {
    if (bound.has(item)) return [implied(item.from, 'the zone of the name in domain.alternativeNames')]
    if (!isHost(item)) return [item]
    const zone = zoneOf(item.value)?.value
    const own = environments < 2 && services.size > 1 && hosts.length > 1 ? [item] : []
    const { kind: _, from: at, to: __, value, append: ___, ...more } = item
    return item.value === main
      ? [carried(at, ['domain', 'name'], value, more), ...own]
      : [
          carried(
            at,
            ['domain', 'alternativeNames'],
            { name: value, ...(zone === undefined ? {} : { zone: { id: zone } }), publish: true },
            { ...more, append: true, alternative: onCertificate(value) },
          ),
          ...own,
        ]
  })
  const zone = moved.some(isZone)
  return [
    ...(main === undefined ? [carried(from, ['domain', 'name'], unknown, { ask: 'the host name of the API' })] : []),
    ...moved,
    ...(zone
      ? []
      : [
          carried(from, ['domain', 'zone', 'id'], 'ZREPLACEME', {
            ask: 'the Route 53 hosted zone of the name; or write zone: manual',
          }),
        ]),
  ]
}
