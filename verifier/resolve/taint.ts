/** Which resources of the templates a value names, or may name once it is taken apart and put together again. */
import type { Resource } from './program.ts'
import type { AttributeKind, Resolver } from './resolver.ts'
import { nothing, type Taint, union, type Value } from './value.ts'

/** The key under which a VPC's default group is named. */
export const defaultGroupOf = (vpc: string): string => `${vpc}.DefaultSecurityGroup`

export function taintOf(resolver: Resolver, value: Value): Taint {
  switch (value.kind) {
    case 'list':
      return union(value.items.map((item) => taintOf(resolver, item)))
    case 'map':
      return union([...value.entries.values()].map((item) => taintOf(resolver, item)))
    case 'joined':
      return union(value.parts.map((part) => taintOf(resolver, part)))
    case 'any':
      return value.taint
    case 'ref':
      return taintOfRef(resolver, value.resource, value.attribute)
    default:
      return nothing
  }
}

const known = new WeakMap<Resolver, Map<string, Taint>>()

function taintOfRef(resolver: Resolver, key: string, attribute: string | undefined): Taint {
  const before = known.get(resolver) ?? new Map<string, Taint>()
  known.set(resolver, before)
  const name = `${key}.${attribute ?? ''}`
  const found = before.get(name)
  if (found) return found
  // What goes round in a circle may be anything.
  before.set(name, 'all')
  try {
    const fresh = freshTaint(resolver, key, attribute)
    before.set(name, fresh)
    return fresh
  } catch (error) {
    before.delete(name)
    throw error
  }
}

function freshTaint(resolver: Resolver, key: string, attribute: string | undefined): Taint {
  const resource = resolver.program.resources.get(key)
  if (!resource) return 'all'
  const kind = kindOfAttribute(resolver, resource, attribute)
  switch (kind?.kind) {
    case 'identity': {
      const names = (kind.names ?? []).map((name) => taintOf(resolver, resolver.property(resource, name)))
      return union([new Set([key]), ...names])
    }
    case 'derived':
      return union([new Set([key]), taintOf(resolver, resolver.properties(resource))])
    case 'default-group':
      return new Set([defaultGroupOf(key)])
    case 'data':
      return nothing
    default:
      return isKnownProgram(resolver, resource) ? nothing : 'all'
  }
}

/** The functions that ship with Portcullis give back certificates and words only. */
const isKnownProgram = (resolver: Resolver, resource: Resource): boolean =>
  resource.type.startsWith('Custom::') && resolver.settings.isOwn(resolver, resource)

export const kindOfAttribute = (
  { settings }: Pick<Resolver, 'settings'>,
  { type }: Resource,
  attribute: string | undefined,
): AttributeKind | undefined => settings.attributeOf(type, attribute ?? '')
