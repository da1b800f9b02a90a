import type { AwsType, Handle, ResourceType } from './handle.ts'
import type { AwsResources } from './resources.gen.ts'
import { type Conditions, settle } from './settle.ts'

export type Properties<T extends ResourceType> = T extends AwsType
  ? AwsResources[T]['properties']
  : { readonly [name: string]: unknown }

export type ResourceOptions = {
  /** Order that no reference expresses. Entries that a reference expresses already are not printed (cfn-lint W3005). */
  readonly dependsOn?: readonly Handle[]
  /** Why the resource is as it is; printed above it. */
  readonly why?: string
  readonly retain?: boolean
  readonly metadata?: Readonly<Record<string, unknown>>
  /** A file, by name, whose content is put in when the template is printed. */
  readonly asset?: string
}

export type Resource = {
  readonly Type: string
  readonly DependsOn?: readonly string[]
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly Properties?: Readonly<Record<string, unknown>>
}

export type Entry = {
  readonly id: string
  readonly resource: Resource
  readonly why?: string
  /** Definitions of the conditions that its values name. */
  readonly conditions?: Conditions
  readonly asset?: string
}

/** One resource under its handle. Undefined properties are dropped. */
export function resource<T extends ResourceType>(
  target: Handle<T>,
  properties: Properties<T>,
  options: ResourceOptions = {},
): Entry {
  const dependsOn = options.dependsOn?.map(({ id }) => id)
  const { value, conditions } = settle(properties)
  const kept = value as Record<string, unknown>
  return {
    id: target.id,
    ...(options.why ? { why: options.why } : {}),
    ...(options.asset ? { asset: options.asset } : {}),
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
    resource: {
      Type: target.type,
      ...(dependsOn && dependsOn.length > 0 ? { DependsOn: dependsOn } : {}),
      ...(options.retain ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } : {}),
      ...(options.metadata ? { Metadata: options.metadata } : {}),
      ...(Object.keys(kept).length > 0 ? { Properties: kept } : {}),
    },
  }
}
