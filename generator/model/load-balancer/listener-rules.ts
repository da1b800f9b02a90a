/**
 * Paths of services as listener rules. CloudFormation updates rules one by one, so a priority that moves can collide
 * with a live one: a rule's priority must not change when other services or paths come and go. It is therefore made
 * of a fixed band (exact paths first, then the deepest wildcard) and a slot inside the band that only depends on the
 * service and the part. Two different patterns of one band never match the same path, so the order inside is free.
 *
 * A service whose requests ECS shifts between target groups has one rule, by a header that its own integration sets:
 * nothing in the config may change that rule, because an update of it would set the weights back (aws-cdk #36649). It
 * stands before all wildcards, in the band that no path is deep enough for.
 */
import type { Config } from '../../config/schema/index.ts'
import { pathsOf } from '../api/routes.ts'
import { byText } from '../names.ts'
import { shifts } from '../service/deployment.ts'
import { writtenServices } from '../task/written.ts'

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
export const VALUES_PER_RULE = 5
/** The schema's limit for the segments of a path. */
const MAX_DEPTH = 10
/** 12 bands of 4,000 slots: below 50,000, the highest priority of a listener rule. */
const SLOTS = 4000

/** At most 5 path patterns. `suffix` makes the logical ID: `Exact1`, `Depth2Part1` ... */
export type ListenerRule = {
  readonly suffix: string
  readonly priority: number
  readonly paths: readonly string[]
  /** Instead of paths: the service's name in the header. */
  readonly header?: string
}

type Draft = {
  readonly service: string
  readonly band: number
  readonly part: number
  readonly suffix: string
  readonly paths: readonly string[]
}

/** Segments before the wildcard; undefined for an exact path. */
const depthOf = (path: string): number | undefined => (path.endsWith('/*') ? path.split('/').length - 2 : undefined)

const bandOf = (path: string): number => {
  const depth = depthOf(path)
  return depth === undefined ? 0 : MAX_DEPTH + 1 - depth
}

const bandName = (band: number): string => (band === 0 ? 'Exact' : `Depth${MAX_DEPTH + 1 - band}Part`)

/** FNV-1a */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0
  return value
}

/** Paths have at most ten segments, so that a wildcard has at most nine before it. */
const HEADER_BAND = 1

const headerRule = (service: string): ListenerRule => ({
  suffix: 'Service',
  priority: HEADER_BAND * SLOTS + (hash(service) % SLOTS) + 1,
  paths: [],
  header: service,
})

const draftsOf = (service: string, paths: readonly string[]): Draft[] => {
  const unique = [...new Set(paths)].sort(byText)
  const bands = [...new Set(unique.map(bandOf))].sort((a, b) => a - b)
  return bands.flatMap((band) => {
    const inBand = unique.filter((path) => bandOf(path) === band)
    return Array.from({ length: Math.ceil(inBand.length / VALUES_PER_RULE) }, (_, index) => ({
      service,
      band,
      part: index + 1,
      suffix: `${bandName(band)}${index + 1}`,
      paths: inBand.slice(index * VALUES_PER_RULE, (index + 1) * VALUES_PER_RULE),
    }))
  })
}

/** Listener rules by service key. */
export const listenerRules = (services: Config['services']): ReadonlyMap<string, readonly ListenerRule[]> => {
  const written = writtenServices(services)
  const taken = new Set<number>()
  const result = new Map<string, ListenerRule[]>(
    written.map(([key, service]) => [key, shifts(service) ? [headerRule(key)] : []]),
  )
  const byPath = written.filter(([, service]) => !shifts(service))
  const drafts = byPath.flatMap(([key, service]) => draftsOf(key, pathsOf(service)))
  for (const { service, band, part, suffix, paths } of drafts) {
    let slot = hash(`${service}:${part}`) % SLOTS
    // More rules than slots are refused by a rule; until then no search may go round for ever.
    for (let tries = 0; tries < SLOTS && taken.has(band * SLOTS + slot); tries += 1) slot = (slot + 1) % SLOTS
    taken.add(band * SLOTS + slot)
    result.get(service)?.push({ suffix, priority: band * SLOTS + slot + 1, paths })
  }
  return result
}
