import { empty } from '../../cfn/fragment.ts'
import { merged } from '../../cfn/merged.ts'
import type { Entry, Resource } from '../../cfn/resource.ts'
import type { Override } from '../../model/overrides.ts'
import { OverridesStack } from '../handles/stacks.ts'
import type { Layer } from '../layer.ts'

/** The layer of the config's own resources. */
export const OVERRIDES = 'overrides'

/** The layers with the config's changes to their resources, and its own resources in a layer behind all others. */
export function overridden(layers: readonly Layer[], overrides: readonly Override[]): readonly Layer[] {
  if (overrides.length === 0) return layers
  const changes = new Map(overrides.map((each) => [each.id, each]))
  const ours = new Set(layers.flatMap(({ fragment }) => fragment.entries.map(({ id }) => id)))
  const changed = layers.map((layer) => ({
    ...layer,
    fragment: {
      ...layer.fragment,
      entries: layer.fragment.entries.map((entry) => {
        const change = changes.get(entry.id)
        return change ? withChange(entry, change) : entry
      }),
    },
  }))
  const own = overrides.filter(({ id }) => !ours.has(id)).map(ownResource)
  if (own.length === 0) return changed
  return [
    ...changed,
    {
      name: OVERRIDES,
      stack: OverridesStack,
      description: 'resources that only the config knows',
      fragment: { ...empty, entries: own },
    },
  ]
}

const withChange = (entry: Entry, { attributes }: Override): Entry => ({
  ...entry,
  why: [entry.why, `Changed by overrides in the config: ${changedNames(attributes).join(', ')}.`]
    .filter(Boolean)
    .join(' '),
  resource: patched(entry.resource, attributes),
})

const ownResource = ({ id, type = '', attributes }: Override): Entry => ({
  id,
  why: 'From overrides in the config.',
  resource: patched({ Type: type }, attributes),
})

/** In the order in which resources are printed. */
function patched(resource: Resource, change: Override['attributes']): Resource {
  const { Type, ...rest } = resource
  const { DependsOn, DeletionPolicy, UpdateReplacePolicy, Metadata, Properties } = merged(rest, {
    ...change,
    ...('DependsOn' in change ? { DependsOn: asList(change['DependsOn']) } : {}),
  }) as Omit<Resource, 'Type'>
  return {
    Type,
    ...(DependsOn && DependsOn.length > 0 ? { DependsOn } : {}),
    ...(DeletionPolicy ? { DeletionPolicy } : {}),
    ...(UpdateReplacePolicy ? { UpdateReplacePolicy } : {}),
    ...(Metadata && Object.keys(Metadata).length > 0 ? { Metadata } : {}),
    ...(Properties && Object.keys(Properties).length > 0 ? { Properties } : {}),
  }
}

const asList = (order: unknown): unknown => (order === null ? null : [order].flat())

/** What an override changes, by the names of its properties, and its other attributes. */
export const changedNames = ({ Properties = {}, ...others }: Override['attributes']): string[] => [
  ...Object.keys(Properties as object),
  ...Object.keys(others),
]
