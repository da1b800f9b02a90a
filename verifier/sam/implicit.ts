/**
 * The APIs of a template, with those that events without an API make. An implicit API replaces a resource of its id,
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function-implicit-api.html
 */
import { type Mapping, type Node, string } from '../read/node.ts'
import { addPath, allPaths, makePathConditional } from './document.ts'
import { type ApiDraft, conditionOf, type Draft, type Sam } from './draft.ts'
import { apiIdOf, apiTypes, type Event, eventsOf } from './events.ts'
import { samPrefix, withGlobals } from './globals.ts'
import { addRouteSettings } from './http-api.ts'
import { routeOf } from './http-document.ts'
import { conditional, copy, get, map, ref, truth, withEntries, word } from './nodes.ts'
import { anyOf } from './rest-api.ts'

export function apiDraft(sam: Sam): ApiDraft {
  const kind = sam.type === `${samPrefix}HttpApi` ? 'http' : 'rest'
  const own = get(sam.resource, 'Properties')
  const isManaged = truth(get(own, 'DefinitionBody')) === false && truth(get(own, 'DefinitionUri')) === false
  const written = get(sam.properties, 'DefinitionBody')
  const body = isManaged ? skeleton(kind, sam) : written && copy(written)
  const reasons = new Set<string>()
  if (body && truth(get(sam.properties, 'DefinitionUri')) !== false)
    reasons.add(`${sam.id} has both a document and the address of one`)
  if (body && body.kind !== 'map') reasons.add(`DefinitionBody of ${sam.id} is not modelled`)
  return {
    id: sam.id,
    kind,
    at: sam.at,
    resource: sam.resource,
    properties: sam.properties,
    body: body?.kind === 'map' ? body : body && map(body.at, {}),
    isManaged,
    reasons,
    overridden: new Set(),
  }
}

function skeleton(kind: 'http' | 'rest', { at, properties }: Sam): Mapping {
  const given = get(properties, 'OpenApiVersion')
  const isThree = kind === 'rest' && /^3(\.\d)(\.\d)?$/.test(word(given) ?? '')
  const version: Readonly<Record<string, Node>> =
    kind === 'http' || isThree
      ? { openapi: isThree && given ? given : string('3.0.1', at) }
      : { swagger: string('2.0', at) }
  return map(at, {
    ...version,
    info: map(at, { version: string('1.0', at), title: ref('AWS::StackName', at) }),
    paths: map(at, {}),
  })
}

/** Condition of each method, by API and path. */
type Conditions = Map<string, Map<string, Map<string, string | undefined>>>

export function addImplicitApis(draft: Draft, owners: readonly Sam[], globals: Node | undefined): void {
  const conditions: Conditions = new Map()
  const wanted = (type: string): { readonly owner: Sam; readonly event: Event }[] =>
    owners.flatMap((owner) =>
      (eventsOf(owner) ?? []).filter((event) => event.type === type).map((event) => ({ owner, event })),
    )
  for (const [type, { implicit }] of Object.entries(apiTypes)) {
    const events = wanted(type).filter(({ event }) => type === 'HttpApi' || event.properties.entries.size > 0)
    const first = events.find(({ event }) => apiIdOf(event) === implicit)
    if (first) addImplicit(draft, implicit, type, first.event.at, globals)
    for (const { owner, event } of events) announce(draft, conditions, owner, event)
    if (first) conditionImplicit(draft, implicit, conditions)
  }
  for (const api of draft.apis.values()) if (api.isManaged) conditionPaths(draft, api, conditions)
}

function addImplicit(draft: Draft, id: string, type: string, at: number, globals: Node | undefined): void {
  const fixed = type === 'Api' ? { StageName: string('Prod', at) } : {}
  const resource = map(at, { Type: string(`${samPrefix}${type}`, at), Properties: map(at, fixed) })
  const properties = withGlobals(globals, resource) ?? map(at, fixed, 'Globals is not modelled')
  draft.resources.delete(id)
  draft.apis.set(id, apiDraft({ id, type: `${samPrefix}${type}`, at, resource, properties }))
}

/** Paths of all events are there before any of them gets its integration. */
function announce(draft: Draft, conditions: Conditions, owner: Sam, event: Event): void {
  const api = draft.apis.get(apiIdOf(event) ?? '')
  const route = event.type === 'HttpApi' ? routeOf(event.properties) : restRouteOf(event.properties)
  if (!api || !route) return
  const { path, method } = route
  const ofApi = conditions.get(api.id) ?? new Map<string, Map<string, string | undefined>>()
  const ofPath = ofApi.get(path) ?? new Map<string, string | undefined>()
  const condition = conditionOf(owner.resource)
  conditions.set(api.id, ofApi.set(path, ofPath.set(method, condition)))
  if (api.isManaged) addPath(api, path, method, event.at)
  const settings = get(event.properties, 'RouteSettings')
  if (event.type === 'HttpApi' && settings) {
    const key = method === 'x-amazon-apigateway-any-method' ? path : `${method.toUpperCase()} ${path}`
    addRouteSettings(api, key, condition === undefined ? settings : conditional(condition, settings, settings.at))
  }
}

const restRouteOf = (properties: Mapping): { readonly path: string; readonly method: string } | undefined => {
  const [path, method] = [word(get(properties, 'Path')), word(get(properties, 'Method'))]
  return path && method ? { path, method: method.toLowerCase() } : undefined
}

/** The implicit API exists when one of its functions does. */
function conditionImplicit(draft: Draft, id: string, conditions: Conditions): void {
  const api = draft.apis.get(id)
  const name = combined(
    draft,
    [...(conditions.get(id)?.values() ?? [])].flatMap((each) => [...each.values()]),
    {
      name: `${id}Condition`,
      at: api?.at ?? 0,
    },
  )
  if (!api || name === undefined) return
  const resource = withEntries(api.resource, { Condition: string(name, api.at) })
  draft.apis.set(id, { ...api, resource })
}

function conditionPaths(draft: Draft, api: ApiDraft, conditions: Conditions): void {
  for (const path of allPaths(api)) {
    const plain = path.replaceAll('/', 'SLASH').replaceAll('{', 'OB').replaceAll('}', 'CB')
    const all = [...(conditions.get(api.id)?.get(path)?.values() ?? [undefined])]
    const name = combined(draft, all, { name: `${api.id}${plain}PathCondition`, at: api.at })
    if (name !== undefined) makePathConditional(api, path, name)
  }
}

/** The condition that holds when any of these does; none when one is always there. */
function combined(
  draft: Draft,
  conditions: readonly (string | undefined)[],
  { name, at }: { readonly name: string; readonly at: number },
): string | undefined {
  const names = [...new Set(conditions)]
  if (names.length === 0 || names.includes(undefined)) return undefined
  const known = (names as string[]).sort()
  if (known.length === 1) return known[0]
  draft.conditions.set(name, anyOf(known, at))
  return name
}
