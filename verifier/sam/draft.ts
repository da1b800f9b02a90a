/** What the pass works on: the template's resources, and what is made of them. */
import { type Entry, type Mapping, type Node, string } from '../read/node.ts'
import { samPrefix } from './globals.ts'
import { type Fields, get, list, map, opened, picked, ref } from './nodes.ts'

/** An API whose document events still change. */
export type ApiDraft = {
  readonly id: string
  readonly kind: 'http' | 'rest'
  readonly at: number
  readonly resource: Mapping
  properties: Mapping
  /** Own copy, changed in place. */
  body: Mapping | undefined
  /** SAM writes the document; else it is the author's. */
  readonly isManaged: boolean
  /** Why the document may be another one. */
  readonly reasons: Set<string>
  /** Operations of the author's document whose authorization an event has changed. */
  readonly overridden: Set<string>
}

export type Draft = {
  /** The template's resources, without those that are translated. */
  readonly resources: Map<string, Entry>
  readonly made: Map<string, Entry>
  readonly apis: Map<string, ApiDraft>
  readonly conditions: Map<string, Node>
  /** `Stage` of `MyApi` -> the id of what was made. */
  readonly references: Map<string, Map<string, string>>
  readonly usagePlan: SharedUsagePlan
}

export type SharedUsagePlan = { readonly stages: Mapping[]; readonly conditions: Set<string | undefined> }

/** A SAM resource with the globals in its properties. */
export type Sam = {
  readonly id: string
  readonly type: string
  readonly at: number
  readonly resource: Mapping
  readonly properties: Mapping
}

/** What all that is made of a resource gets from it. */
export const passedOn = (resource: Mapping): Fields =>
  picked(resource, ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'])

export const conditionOf = (resource: Mapping): string | undefined => {
  const condition = get(resource, 'Condition')
  return condition?.kind === 'scalar' ? condition.text : undefined
}

export type New = {
  readonly type: string
  readonly at: number
  readonly attributes?: Fields
  readonly properties: Fields
  readonly open?: string | undefined
}

/** Adds a resource that the translator makes. */
export function make(draft: Draft, id: string, { type, at, attributes, properties, open }: New): void {
  const both = draft.resources.has(id) ? `the template has a resource ${id} of its own` : undefined
  const node = map(at, {
    Type: string(type, at),
    ...attributes,
    Properties: opened(map(at, properties, open), both),
  })
  draft.made.set(id, { at, node })
}

/** Puts the plain resource in place of the SAM resource; what the author wrote next to the properties stays. */
export function replace(draft: Draft, sam: Sam, type: string, properties: Mapping): void {
  const entries = new Map([
    ...sam.resource.entries,
    ['Type', { at: sam.resource.entries.get('Type')?.at ?? sam.at, node: string(type, sam.at) }],
    ['Properties', { at: sam.resource.entries.get('Properties')?.at ?? sam.at, node: properties }],
  ] as const)
  entries.delete('IgnoreGlobals')
  entries.delete('Connectors')
  draft.made.set(sam.id, { at: sam.at, node: { ...sam.resource, entries } })
}

/** Something of a SAM resource that is not modelled, as a container: any resource may come out of it. */
export function unread(draft: Draft, id: string, owner: Sam | ApiDraft, kind: string, node: Node): void {
  const properties = list([node, ref(owner.id, node.at)], node.at)
  draft.made.set(id, {
    at: node.at,
    node: map(node.at, {
      Type: string(`${samPrefix}${kind}`, node.at),
      ...passedOn(owner.resource),
      Properties: map(node.at, { Unread: properties }, `${kind} of ${owner.id} is not modelled`),
    }),
  })
}

export function refer(draft: Draft, id: string, name: string, target: string): void {
  const known = draft.references.get(id) ?? new Map<string, string>()
  known.set(name, target)
  draft.references.set(id, known)
}

export function openAllApis(draft: Draft, reason: string): void {
  for (const api of draft.apis.values()) api.reasons.add(reason)
}

/** Says of each property that the model does not know that it is not modelled. */
export function unknownIn(node: Mapping, known: ReadonlySet<string>, of: string): string | undefined {
  const unknown = [...node.entries.keys()].filter((key) => !known.has(key))
  return unknown.length === 0
    ? undefined
    : `${unknown.map((key) => `property ${key}`).join(', ')} of ${of} is not modelled`
}

export const keySet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))
