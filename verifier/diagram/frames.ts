/** The networks around the boxes, with their zones and subnets. */
import type { Facts } from '../facts/facts.ts'
import { resourcesOf } from '../facts/identity.ts'
import { exitOf, exitSources, isOfTable, tablesOf } from '../relations/routes.ts'
import { subnetType, vpcOf } from '../relations/vpcs.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, keyOf, list, textOf, type Value } from '../resolve/value.ts'
import { inWords } from '../resolve/words.ts'
import type { Frame, Zone } from './picture.ts'

const elsewhere = 'not in the templates'

/** Key of the frame in which something with these subnets stands. */
export const frameOf = (facts: Facts, subnets: Value): string => vpcOf(facts, subnets).resource?.key ?? elsewhere

/** `subnets`: of everything that stands in it. */
export function frame(facts: Facts, id: string, subnets: readonly Value[]): Frame {
  const vpc = facts.around.program.resources.get(id)
  const known = [...new Set(subnets.flatMap((value) => resourcesOf(facts, value, subnetType).known))]
  const others = [
    ...new Set(
      subnets
        .flatMap((value) => resourcesOf(facts, value, subnetType).others)
        .filter((value) => !isAbsent(value))
        .map(inWords),
    ),
  ]
  const range = vpc && inWords(facts.get(vpc, 'CidrBlock'))
  return {
    id,
    title: vpc ? `VPC ${vpc.id}` : 'VPC',
    lines: [
      ...(range === undefined ? [vpc ? 'private network' : elsewhere] : [range]),
      ...(known.length > 0 ? [routeLine(facts, known)] : []),
    ],
    zones: [...zonesOf(facts, known), ...(others.length > 0 ? [{ title: 'Subnets', subnets: others }] : [])],
  }
}

function zonesOf(facts: Facts, subnets: readonly Resource[]): readonly Zone[] {
  const byZone = new Map<string, Resource[]>()
  for (const subnet of subnets) {
    const zone = zoneOf(facts, subnet)
    const key = isAbsent(zone) ? subnet.key : keyOf(zone)
    byZone.set(key, [...(byZone.get(key) ?? []), subnet])
  }
  return [...byZone.values()].map((all, index) => {
    const [first] = all
    return {
      title: (first && textOf(zoneOf(facts, first))) ?? `Zone ${index + 1}`,
      subnets: all.map((subnet) => subnet.id),
    }
  })
}

const zoneOf = (facts: Facts, subnet: Resource): Value =>
  ['AvailabilityZoneId', 'AvailabilityZone']
    .map((name) => facts.get(subnet, name))
    .find((value) => !isAbsent(value)) ?? {
    kind: 'none',
  }

/** Kinds of ways out of the subnets. */
export function exitsOf(
  facts: Facts,
  subnets: Value,
): { readonly kinds: readonly string[]; readonly isKnown: boolean } {
  const { known, others, perhaps } = tablesOf(facts, subnets)
  const kinds = known.flatMap(({ table }) =>
    exitSources(facts)
      .filter((source) => isOfTable(facts, source, table).is !== 'no' && facts.exists(source))
      .flatMap((source) => exitOf(facts, source)?.kind ?? []),
  )
  return { kinds: [...new Set(kinds)], isKnown: others.length + perhaps.length === 0 }
}

function routeLine(facts: Facts, subnets: readonly Resource[]): string {
  const { kinds, isKnown } = exitsOf(facts, list(subnets.map(({ key }) => ({ kind: 'ref', resource: key }))))
  if (!isKnown && kinds.length === 0) return 'routes not known'
  return kinds.length === 0 ? 'no route out' : `routes out: ${kinds.map(wordFor).join(', ')}`
}

const wordFor = (kind: string): string =>
  kind.replace(/^(?:nat|vpn)$/, (name) => name.toUpperCase()).replaceAll('-', ' ')
