/**
 * Paths of services as listener rules. CloudFormation updates rules one by one, so a priority that moves can collide
 * with a live one: a rule's priority must not change when other services or paths come and go. It is therefore made
 * of a fixed band (exact paths first, then the deepest wildcard) and a slot inside the band that only depends on the
 * service and the part. Two different patterns of one band never match the same path, so the order inside is free.
 *
 * A service whose requests ECS shifts between target groups has one rule, by a header that its own integration sets:
 * nothing in the config may change that rule, because an update of it would set the weights back (aws-cdk #36649). It
 * stands before all wildcards, in the band that no path is deep enough for.
 *
 * Names of the API and paths of a rule count together; those of other names may be in the same band in any order.
 *
 * On a load balancer that others share, the bands divide the range that the config gives, and each rule demands the name
 * of the application beside, which counts among its values.
 */
import type { Config } from '../../config/schema/index.ts'
import { boundsOf } from '../../config/schema/load-balancer.ts'
import { pathsOf } from '../api/routes.ts'
import { byText, unique } from '../names.ts'
import { domainName } from '../parameters/domain.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Placeholders } from '../placeholders.ts'
import { shifts } from '../service/deployment.ts'
import { writtenServices } from '../task/written.ts'
import { isShared } from './load-balancer.ts'

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
export const VALUES_PER_RULE = 5
/** The schema's limit for the segments of a path. */
const MAX_DEPTH = 10
const BANDS = MAX_DEPTH + 2
/** 12 bands of 4,000 slots: below 50,000, the highest priority of a listener rule. */
const ALL_PRIORITIES = '1-48000'

/** A name of the API: the first one is a parameter. */
export type Host = Parameter | Placeholders

/** At most 5 path patterns, names counted. `suffix` makes the logical ID: `Exact1`, `Depth2Part1` ... */
export type ListenerRule = {
  readonly suffix: string
  readonly priority: number
  readonly paths: readonly string[]
  /** Left out, all names. */
  readonly hosts?: readonly Host[]
  /** Instead of paths: the service's name in the header. */
  readonly header?: string
  /** Set where the rule demands the name of the application too. */
  readonly ofApplication?: true
}

/** A twelfth of the range for each band. */
export type Bands = { readonly first: number; readonly slots: number }

export const bandsOf = ({ priorities = ALL_PRIORITIES }: Config['loadBalancer']): Bands => {
  const [from, to] = boundsOf(priorities)
  return { first: from, slots: Math.floor((to - from + 1) / BANDS) }
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

const headerRule = (service: string, { first, slots }: Bands): ListenerRule => ({
  suffix: 'Service',
  priority: first + HEADER_BAND * slots + (hash(service) % slots),
  paths: [],
  header: service,
})

const draftsOf = (service: string, paths: readonly string[], each: number): Draft[] => {
  const unique = [...new Set(paths)].sort(byText)
  const bands = [...new Set(unique.map(bandOf))].sort((a, b) => a - b)
  return bands.flatMap((band) => {
    const inBand = unique.filter((path) => bandOf(path) === band)
    return Array.from({ length: Math.ceil(inBand.length / each) }, (_, index) => ({
      service,
      band,
      part: index + 1,
      suffix: `${bandName(band)}${index + 1}`,
      paths: inBand.slice(index * each, (index + 1) * each),
    }))
  })
}

/** Listener rules by service key. */
export const listenerRules = (
  config: Pick<Config, 'services' | 'loadBalancer' | 'share' | 'domain'>,
): ReadonlyMap<string, readonly ListenerRule[]> => {
  const { services, loadBalancer, domain } = config
  const written = writtenServices(services)
  const bands = bandsOf(loadBalancer)
  const { first, slots } = bands
  const application = isShared(config) ? { ofApplication: true as const } : {}
  const taken = new Set<number>()
  const result = new Map<string, ListenerRule[]>(
    written.map(([key, service]) => [key, shifts(service) ? [{ ...headerRule(key, bands), ...application }] : []]),
  )
  const byPath = written.filter(([, service]) => !shifts(service))
  const valuesPerRule = VALUES_PER_RULE - (isShared(config) ? 1 : 0)
  const drafts = byPath.flatMap(([key, service]) =>
    draftsOf(key, pathsOf(service), Math.max(1, valuesPerRule - (service.hosts?.length ?? 0))),
  )
  const hostsOf = (key: string): Pick<ListenerRule, 'hosts'> => {
    const hosts = services[key]?.hosts
    return hosts === undefined
      ? {}
      : { hosts: unique(hosts).map((host) => (host === domain.name ? domainName(domain) : host)) }
  }
  for (const { service, band, part, suffix, paths } of drafts) {
    let slot = hash(`${service}:${part}`) % slots
    // More rules than slots are refused by a rule; until then no search may go round for ever.
    for (let tries = 0; tries < slots && taken.has(band * slots + slot); tries += 1) slot = (slot + 1) % slots
    taken.add(band * slots + slot)
    result
      .get(service)
      ?.push({ suffix, priority: first + band * slots + slot, paths, ...hostsOf(service), ...application })
  }
  return result
}
