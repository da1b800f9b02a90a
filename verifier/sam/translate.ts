/**
 * The plain template that the SAM translator makes of a template, as far as a proof needs it. What is not modelled keeps
 * its SAM type, or leaves the map open that it could change; tags, metrics and descriptions of what is made are left away.
 * https://github.com/aws/serverless-application-model/tree/develop/samtranslator
 */
import { child, type Entry, type Mapping, type Node, string, textOf } from '../read/node.ts'
import { openDoubtfulDomains } from './domains.ts'
import { type Draft, openAllApis, type Sam } from './draft.ts'
import { eventsOf } from './events.ts'
import { translateFunction } from './function.ts'
import { samPrefix, withGlobals } from './globals.ts'
import { translateHttpApi } from './http-api.ts'
import { addImplicitApis, apiDraft } from './implicit.ts'
import { functionOf, get, list, map, plainMap, withEntries, without, word } from './nodes.ts'
import { translateCapacityProvider, translateLayer, translateNetworkConnector, translateTable } from './plain.ts'
import { resolved } from './references.ts'
import { translateRestApi } from './rest-api.ts'
import { translateStateMachine } from './state-machine.ts'

const samTransform = 'AWS::Serverless-2016-10-31'
const withEvents = new Set(['Function', 'StateMachine'])
const apiKinds = new Set(['Api', 'HttpApi'])
const others: Readonly<Record<string, (draft: Draft, sam: Sam) => void>> = {
  SimpleTable: translateTable,
  LayerVersion: translateLayer,
  CapacityProvider: translateCapacityProvider,
  NetworkConnector: translateNetworkConnector,
}

/** Node tree of a SAM template -> node tree of its plain form; any other template is returned as it is. */
export function translateSam(root: Mapping): Mapping {
  const transforms = transformsOf(root)
  const section = child(root, 'Resources')
  if (!transforms.some((each) => textOf(each) === samTransform) || section?.kind !== 'map') return root
  const globals = get(root, 'Globals')
  const draft: Draft = {
    resources: withConnectors(section),
    made: new Map(),
    apis: new Map(),
    conditions: new Map(),
    references: new Map(),
    usagePlan: { stages: [], conditions: new Set() },
  }
  const all = [...draft.resources].flatMap(([id, entry]) => samOf(id, entry, globals) ?? [])
  const owners = all.filter((sam) => withEvents.has(kindOf(sam)) && eventsOf(sam) !== undefined)
  const readable = all.filter((sam) => !withEvents.has(kindOf(sam)) || owners.includes(sam))
  for (const sam of readable) if (apiKinds.has(kindOf(sam))) draft.apis.set(sam.id, apiDraft(sam))
  for (const sam of readable) if (isTranslated(sam)) draft.resources.delete(sam.id)
  const known = new Map(all.map((sam) => [sam.id, sam]))
  for (const [id, entry] of draft.resources) draft.resources.set(id, kept(entry, known.get(id), globals))
  addImplicitApis(draft, owners, globals)
  for (const id of unreadOwners(section, owners)) openAllApis(draft, `the events of ${id} are not modelled`)

  const ofKind = (kind: string): readonly Sam[] => readable.filter((sam) => kindOf(sam) === kind)
  for (const sam of ofKind('Function')) translateFunction(draft, sam, eventsOf(sam) ?? [])
  for (const sam of ofKind('StateMachine')) translateStateMachine(draft, sam, eventsOf(sam) ?? [])
  for (const api of draft.apis.values()) (api.kind === 'http' ? translateHttpApi : translateRestApi)(draft, api)
  for (const [kind, translate] of Object.entries(others)) for (const sam of ofKind(kind)) translate(draft, sam)
  openDoubtfulDomains(draft)
  return assembled(root, section, draft, transforms)
}

function transformsOf(root: Mapping): readonly Node[] {
  const transform = child(root, 'Transform')
  return transform?.kind === 'list' ? transform.items : transform ? [transform] : []
}

const kindOf = ({ type }: Pick<Sam, 'type'>): string => type.slice(samPrefix.length)

const isTranslated = (sam: Sam): boolean =>
  withEvents.has(kindOf(sam)) || apiKinds.has(kindOf(sam)) || Object.hasOwn(others, kindOf(sam))

/** Undefined for anything that is not a SAM resource or cannot be read; that stays as it is. */
function samOf(id: string, { at, node }: Entry, globals: Node | undefined): Sam | undefined {
  const resource = plainMap(node)
  const type = word(get(resource, 'Type'))
  if (!resource || !type?.startsWith(samPrefix)) return undefined
  const condition = get(resource, 'Condition')
  if (condition && word(condition) === undefined) return undefined
  const properties = withGlobals(globals, resource)
  return properties && { id, type, at, resource, properties }
}

/** What stays a SAM resource keeps what the globals give it in sight. */
function kept({ at, node }: Entry, sam: Sam | undefined, globals: Node | undefined): Entry {
  if (sam) return { at, node: withEntries(sam.resource, { Properties: sam.properties }) }
  const isSam = word(get(node, 'Type'))?.startsWith(samPrefix) === true
  return { at, node: isSam && globals && node.kind === 'map' ? withEntries(node, { Globals: globals }) : node }
}

/** Functions and state machines whose events may lead to any API, or make an implicit one. */
function unreadOwners(section: Mapping, owners: readonly Sam[]): readonly string[] {
  const known = new Set(owners.map(({ id }) => id))
  return [...section.entries].flatMap(([id, { node }]) => {
    const type = word(get(node, 'Type'))
    const mayHaveEvents = type === undefined || withEvents.has(kindOf({ type })) || functionOf(node) !== undefined
    return mayHaveEvents && !known.has(id) && !(type !== undefined && !type.startsWith(samPrefix)) ? [id] : []
  })
}

/** Connectors that stand in another resource become resources of their own, unread like all connectors. */
function withConnectors(section: Mapping): Map<string, Entry> {
  const entries = new Map(section.entries)
  for (const [id, { at, node }] of section.entries) {
    const connectors = get(node, 'Connectors')
    if (node.kind !== 'map' || !connectors) continue
    entries.set(id, { at, node: without(node, 'Connectors') })
    const all = plainMap(connectors)
    const each = all ? [...all.entries] : [['Connectors', { at: connectors.at, node: connectors }] as const]
    for (const [name, entry] of each) {
      const properties = get(entry.node, 'Properties')
      const source = map(entry.at, { Id: string(id, entry.at), Source: map(entry.at, { Ref: string(id, entry.at) }) })
      const own = `${id}${name}`
      entries.set(entries.has(own) ? `${own}Connector` : own, {
        at: entry.at,
        node: map(entry.at, {
          Type: string(`${samPrefix}Connector`, entry.at),
          Condition: get(node, 'Condition'),
          Properties:
            properties?.kind === 'map'
              ? withEntries(properties, { Source: source })
              : list([source, entry.node], entry.at),
        }),
      })
    }
  }
  return entries
}

/** Everything in the order of the template, what is made of a resource after all that is written. */
function assembled(root: Mapping, section: Mapping, draft: Draft, transforms: readonly Node[]): Mapping {
  const written = new Set([...section.entries.keys(), ...draft.resources.keys()])
  const entries = new Map<string, Entry>()
  for (const id of written) {
    const entry = draft.made.get(id) ?? draft.resources.get(id)
    if (entry) entries.set(id, entry)
  }
  for (const [id, entry] of draft.made) entries.set(id, entry)
  const conditions = get(root, 'Conditions')
  const more = Object.fromEntries(draft.conditions)
  const known = conditions?.kind === 'map' ? conditions : map(root.at, {})
  const left = transforms.filter((each) => textOf(each) !== samTransform)
  const whole = withEntries(without(root, 'Transform', 'Globals'), {
    Resources: { ...section, entries },
    ...(draft.conditions.size > 0 ? { Conditions: withEntries(known, more) } : {}),
    ...(left.length > 0 ? { Transform: list([...left], root.at) } : {}),
  })
  return resolved(whole, draft.references) as Mapping
}
