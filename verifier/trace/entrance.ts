/** Where a request comes into an API: by a custom domain and its mapping, or by the API's own endpoint, at a stage. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import { apiOf, apiTypes } from '../relations/apis.ts'
import { isEndpointOff, isInUse, type Mapped, mappedTo } from '../relations/domains.ts'
import type { Api } from '../relations/route.ts'
import { isServedBy, stageSources } from '../relations/stages.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, keyOf, textOf, type Value } from '../resolve/value.ts'
import { inWords } from '../resolve/words.ts'
import type { Request } from './request.ts'
import type { Walk } from './walk.ts'

/** A way in that the templates show. */
export type Door =
  | { readonly kind: 'domain'; readonly host: Value; readonly mapped: Mapped; readonly api: Resource }
  | { readonly kind: 'endpoint'; readonly api: Resource }

export type Entered = {
  readonly api: Api
  readonly stage: Resource
  readonly stageName: string | undefined
  /** What routes are asked for: without the key of the mapping and the name of the stage. */
  readonly path: string
  /** The path up to there, which an integration may get too. */
  readonly isWhole: boolean
  /** Undefined where the templates do not determine it. */
  readonly host: string | undefined
}

/** All doors of APIs that exist, those of domains first. */
export function doorsOf(facts: Facts): readonly Door[] {
  const apis = facts.all(...apiTypes)
  const domains = apis.flatMap((api) =>
    mappedTo(facts, api).flatMap((mapped): Door[] => {
      const use = isInUse(facts, mapped)
      return 'known' in use && !use.known ? [] : [{ kind: 'domain', host: hostOf(facts, mapped), mapped, api }]
    }),
  )
  return [...domains, ...apis.map((api): Door => ({ kind: 'endpoint', api }))]
}

/** For each API, the door that a client uses: a domain, or its endpoint where it has none. */
export function usedDoors(facts: Facts): readonly Door[] {
  const all = doorsOf(facts)
  return [...new Set(all.map(({ api }) => api))].flatMap((api) => all.find((door) => door.api === api) ?? [])
}

const hostOf = (facts: Facts, { resource, domain }: Mapped): Value =>
  resource ? facts.get(resource, 'DomainName') : domain

/** `Stage` of a mapping, as it names one. */
export const stageNameOf = (facts: Facts, by: Resource): Value => facts.get(by, 'Stage')
const keyOfMapping = (facts: Facts, by: Resource): string | undefined => {
  const value = ['ApiMappingKey', 'BasePath'].map((name) => facts.get(by, name)).find((each) => !isAbsent(each))
  return value === undefined ? '' : textOf(value)
}

/** Whether the host is that of the domain; a wildcard stands for one label. */
export function isHost(domain: string, host: string): boolean {
  const wanted = domain.toLowerCase()
  return wanted === host || (wanted.startsWith('*.') && host.slice(host.indexOf('.') + 1) === wanted.slice(2))
}

/** The part of the path after a key, on the border of a segment; undefined where it does not begin with it. */
export function after(path: string, key: string): string | undefined {
  if (key === '') return path
  if (path === `/${key}`) return '/'
  return path.startsWith(`/${key}/`) ? path.slice(key.length + 1) : undefined
}

/** Undefined where the way ends. */
export function enter(walk: Walk, door: Door, request: Request): Entered | undefined {
  return door.kind === 'domain' ? byDomain(walk, door, request) : byEndpoint(walk, door.api, request)
}

function byDomain(walk: Walk, door: Door & { kind: 'domain' }, request: Request): Entered | undefined {
  const { facts } = walk
  const { mapped } = door
  const name = inWords(door.host)
  walk.pass(mapped.resource ?? { node: name }, `https://${request.host ?? name}, a custom domain`)
  const mappings = doorsOf(facts).flatMap((each) =>
    each.kind === 'domain' && keyOf(each.host) === keyOf(door.host)
      ? [{ ...each, key: keyOfMapping(facts, each.mapped.by) }]
      : [],
  )
  const open = mappings.find(({ key }) => key === undefined)
  if (open) return walk.unknown(open.mapped.by, 'the path under which it maps is not known')
  const [best] = mappings
    .flatMap((each) => {
      const rest = after(request.path, each.key ?? '')
      return rest === undefined ? [] : [{ ...each, rest }]
    })
    .toSorted((a, b) => (b.key ?? '').length - (a.key ?? '').length)
  if (!best) return walk.answer(mapped.resource ?? mapped.by, 404, `no mapping takes ${request.path}`)
  const api = apiOf(best.api)
  const wanted = stageNameOf(facts, best.mapped.by)
  const stage = stagesOf(facts, best.api).find(
    (each) => resourceOf(facts, wanted, each.type) === each || keyOf(nameOfStage(facts, each)) === keyOf(wanted),
  )
  if (!stage) return walk.unknown(best.mapped.by, `its stage ${inWords(wanted)} is not in the templates`)
  walk.pass(
    best.mapped.by,
    `${best.key === '' ? 'every path' : `/${best.key}`} to ${best.api.id}, stage ${inWords(nameOfStage(facts, stage))}`,
  )
  if (!isServed(walk, best.api, stage)) return undefined
  return {
    api,
    stage,
    stageName: textOf(nameOfStage(facts, stage)),
    path: best.rest,
    isWhole: best.key === '',
    host: request.host ?? textOf(door.host),
  }
}

function byEndpoint(walk: Walk, api: Resource, request: Request): Entered | undefined {
  const { facts } = walk
  const off = isEndpointOff(facts, api)
  if (off.is === undefined) return walk.unknown(api, 'whether its endpoint is off is not known', off.value)
  if (off.is) return walk.answer(api, 404, 'its execute-api endpoint is disabled')
  walk.pass(api, 'https://, its execute-api endpoint')
  const stages = stagesOf(facts, api)
  const [, first = ''] = request.path.split('/')
  const named = stages.find((stage) => textOf(nameOfStage(facts, stage)) === first)
  const stage = named ?? stages.find((each) => textOf(nameOfStage(facts, each)) === '$default')
  if (!stage) return walk.answer(api, apiOf(api).kind === 'rest' ? 403 : 404, `no stage takes ${request.path}`)
  walk.pass(stage, named ? `the path begins with the name of the stage` : 'the stage $default')
  if (!isServed(walk, api, stage)) return undefined
  return {
    api: apiOf(api),
    stage,
    stageName: textOf(nameOfStage(facts, stage)),
    path: named ? (after(request.path, first) ?? '/') : request.path,
    isWhole: true,
    host: request.host,
  }
}

const stagesOf = (facts: Facts, api: Resource): readonly Resource[] =>
  stageSources(facts, api).filter((stage) => isServedBy(facts, api, stage).is !== 'no' || isMine(facts, api, stage))

/** One that is not deployed is still the one that is meant. */
const isMine = (facts: Facts, api: Resource, stage: Resource): boolean =>
  facts.exists(stage) && resourceOf(facts, facts.get(stage, 'ApiId'), api.type) === api

const nameOfStage = (facts: Facts, stage: Resource): Value => facts.get(stage, 'StageName')

function isServed(walk: Walk, api: Resource, stage: Resource): boolean {
  const served = isServedBy(walk.facts, api, stage)
  if (served.is === 'yes') return true
  if (served.is === 'no') walk.answer(stage, 404, served.because)
  else walk.unknown(stage, served.because, served.value)
  return false
}
