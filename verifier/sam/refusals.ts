/**
 * What the SAM translator is known to refuse: such a template is never deployed, so it opens nothing and proves nothing.
 * What is not known to be refused counts as taken; a function in place of a value may be anything.
 */
import { child, type Mapping, type Node, textOf } from '../read/node.ts'
import { samPrefix, withGlobals } from './globals.ts'
import { functionOf, get, plainMap, word } from './nodes.ts'
import { eventProperties, globalProperties, machineEventProperties, resourceProperties } from './properties.gen.ts'
import { first, kindOf, type Refusal, refusal } from './refusal.ts'
import { refusedConnectors } from './refused-connectors.ts'
import { refusedParts } from './refused-parts.ts'
import { refusedRoutes } from './refused-routes.ts'

type Property = { readonly isRequired: boolean; readonly kinds: readonly string[] }

/** The first that is found, in a template that names the transform. */
export function refusalIn(root: Mapping): Refusal | undefined {
  const resources = child(root, 'Resources')
  if (!isSam(root) || resources?.kind !== 'map') return undefined
  const globals = get(root, 'Globals')
  return (
    inGlobals(globals) ??
    first([...resources.entries], ([id, { node }]) => inResource(id, node, globals)) ??
    refusedRoutes(resources, globals) ??
    refusedConnectors(resources)
  )
}

function isSam(root: Mapping): boolean {
  const transform = child(root, 'Transform')
  const all = transform?.kind === 'list' ? transform.items : transform ? [transform] : []
  return all.some((each) => textOf(each) === 'AWS::Serverless-2016-10-31')
}

/** The list is of a version of the translator; another section may be of a newer one, but so far it is refused. */
function inGlobals(globals: Node | undefined): Refusal | undefined {
  if (!globals || functionOf(globals)) return undefined
  if (globals.kind !== 'map') return refusal(globals, 'Globals is not a map')
  return first([...globals.entries], ([section, { node, at }]) => {
    const known = globalProperties[section]?.split(' ')
    if (section.startsWith('Fn::')) return undefined
    if (!known) return refusal({ at }, `Globals has no section ${section}`)
    if (node.kind !== 'map') return refusal(node, `Globals.${section} is not a map`)
    if (!plainMap(node)) return undefined
    const unknown = [...node.entries].find(([name]) => !known.includes(name))
    return unknown && refusal(unknown[1], `${unknown[0]} is not a property of Globals.${section}`)
  })
}

const isImplicit = (id: string): boolean => id === 'ServerlessRestApi' || id === 'ServerlessHttpApi'

function inResource(id: string, node: Node, globals: Node | undefined): Refusal | undefined {
  const resource = plainMap(node)
  const type = word(get(resource, 'Type'))
  const known = type?.startsWith(samPrefix) ? resourceProperties[type] : undefined
  // An event without an API may put the implicit one in its place.
  if (!resource || !type || known === undefined || isImplicit(id)) return undefined
  const written = get(resource, 'Properties')
  if (written && written.kind !== 'map') return refusal(written, `the properties of ${id} are not a map`)
  const properties = withGlobals(globals, resource)
  if (!properties) return undefined
  const owner = { id, kind: type.slice(samPrefix.length), properties, at: resource.at }
  return inProperties(properties, resource.at, known, id, type) ?? inEvents(owner) ?? refusedParts(owner)
}

function inProperties(properties: Mapping, at: number, known: string, of: string, type: string): Refusal | undefined {
  const table = tableOf(known)
  const wrong = first([...properties.entries], ([name, { node, at: here }]) => {
    const property = table.get(name)
    if (!property) return refusal({ at: here }, `${name} is not a property of ${of} (${type})`)
    return isTaken(node, property)
      ? undefined
      : refusal({ at: here }, `${name} of ${of} is not of the kind ${property.kinds.map(inWords).join(' or ')}`)
  })
  if (wrong) return wrong
  const missing = [...table].find(([name, { isRequired }]) => isRequired && !get(properties, name))
  return missing && refusal({ at }, `${of} (${type}) has no ${missing[0]}`)
}

const isTaken = (node: Node, { kinds }: Property): boolean => kindOf(node) === 'none' || isOfKinds(node, kinds)

function isOfKinds(node: Node, kinds: readonly string[]): boolean {
  const kind = kindOf(node)
  // The translator takes each map with a single key for a function.
  if (kind === 'function' || (node.kind === 'map' && node.entries.size === 1)) return true
  return kinds.some((each) => {
    const [, own, inner] = /^(\w+)(?:\((.*)\))?$/.exec(each) ?? []
    // To Python a boolean is a number.
    if (own === 'any' || (own === 'number' && kind === 'boolean')) return true
    return own === kind && (inner === undefined || within(node).every((item) => isOfKinds(item, inner.split('/'))))
  })
}

/** `list(map/text)` for a person. */
const inWords = (kind: string): string => kind.replace(/\((.*)\)/, ' of $1').replaceAll('/', ' or ')

const within = (node: Node): readonly Node[] =>
  node.kind === 'list' ? node.items : node.kind === 'map' ? [...node.entries.values()].map((entry) => entry.node) : []

const tables = new Map<string, ReadonlyMap<string, Property>>()

function tableOf(known: string): ReadonlyMap<string, Property> {
  const made =
    tables.get(known) ??
    new Map(
      known.split(' ').map((each) => {
        const [name = '', kinds = ''] = each.split(':')
        return [name.replace('!', ''), { isRequired: name.endsWith('!'), kinds: kinds.split('|') }]
      }),
    )
  tables.set(known, made)
  return made
}

function inEvents({ id, kind, properties }: { id: string; kind: string; properties: Mapping }): Refusal | undefined {
  const all = plainMap(get(properties, 'Events'))
  if (!all || (kind !== 'Function' && kind !== 'StateMachine')) return undefined
  const known = kind === 'Function' ? eventProperties : machineEventProperties
  return first([...all.entries], ([name, { node, at }]) => {
    if (functionOf(node)) return undefined
    const type = word(get(node, 'Type'))
    if (node.kind !== 'map') return refusal({ at }, `the event ${name} of ${id} is not a map`)
    if (!plainMap(node)) return undefined
    if (type === undefined || get(node, 'Type')?.kind !== 'scalar')
      return refusal({ at }, `the event ${name} of ${id} has no type`)
    const table = known[type]
    if (table === undefined) return refusal({ at }, `the event ${name} of ${id} has an unknown type, ${type}`)
    const given = get(node, 'Properties')
    if (given && given.kind !== 'map')
      return refusal(given, `the properties of the event ${name} of ${id} are not a map`)
    const entries = given ? plainMap(given) : { ...node, entries: new Map() }
    if (!entries) return undefined
    const optional = table.replace(/\b(RestApiId|ApiId)!/g, '$1')
    return inProperties(entries, at, optional, `the event ${name} of ${id}`, type)
  })
}
