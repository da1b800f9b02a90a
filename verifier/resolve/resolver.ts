/** What the parts of the resolver share: one world, and the way from a node to its value in it. */
import type { Node } from '../read/node.ts'
import type { Program, Resource, Stack } from './program.ts'
import type { Origin, Value } from './value.ts'
import type { World } from './world.ts'

/** What an attribute gives, from the table of types. */
export type AttributeKind =
  /** The resource's own id, name or ARN, in which the values of these properties stand. */
  | { readonly kind: 'identity'; readonly names?: readonly string[] }
  /** Something that comes of what the resource was given, and of no other resource. */
  | { readonly kind: 'derived' }
  /** What a property was given. */
  | { readonly kind: 'echo'; readonly property: string }
  /** The VPC's default group, which is a thing of its own. */
  | { readonly kind: 'default-group' }
  /** The identity of another resource, of one of these types where they are known. */
  | { readonly kind: 'foreign'; readonly types: readonly string[] }
  /** Nothing can be named with it. */
  | { readonly kind: 'data' }

export type Settings = {
  /** Values that the command line gives for parameters, imports and attributes, by name. */
  readonly values: ReadonlyMap<string, string>
  /** Filled with those of these names that the templates themselves determine. */
  readonly determined: Set<string>
  /** Filled with what comparisons depend on that no parameter decides. */
  readonly compared: Map<string, readonly Origin[]>
  readonly attributeOf: (type: string, attribute: string) => AttributeKind | undefined
  /** Whether a custom resource runs a function whose code is known. */
  readonly isOwn: (resolver: Resolver, custom: Resource) => boolean
  /** Counts what is worked out. Throws OutOfSteps when there has been too much of it. */
  readonly step: () => void
}

/** What the command line gives for a name. What the templates determine is not taken from it, but noted. */
export function givenFor({ values, determined }: Settings, name: string, isOpen: boolean): string | undefined {
  const given = values.get(name)
  if (isOpen || given === undefined) return given
  determined.add(name)
  return undefined
}

export type Resolver = {
  readonly program: Program
  readonly world: World
  readonly settings: Settings
  readonly evaluate: (node: Node | undefined, stack: Stack) => Value
  readonly exists: (resource: Resource) => boolean
  /** Throws Undecided when worlds differ about it. */
  readonly condition: (name: string, stack: Stack) => boolean
  readonly test: (node: Node, stack: Stack) => boolean
  readonly property: (resource: Resource, name: string) => Value
  /** All properties as one map. */
  readonly properties: (resource: Resource) => Value
}
