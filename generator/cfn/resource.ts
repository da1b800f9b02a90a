import type { AwsType, Handle, ResourceType } from './handle.ts'
import type { AwsResources } from './resources.gen.ts'

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
}

export type Resource = {
  readonly Type: string
  readonly DependsOn?: readonly string[]
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly Properties?: Readonly<Record<string, unknown>>
}

export type Entry = { readonly id: string; readonly resource: Resource; readonly why?: string }

/** One resource under its handle. Undefined properties are dropped. */
export function resource<T extends ResourceType>(
  target: Handle<T>,
  properties: Properties<T>,
  options: ResourceOptions = {},
): Entry {
  const dependsOn = options.dependsOn?.map(({ id }) => id)
  const kept = withoutUndefined(properties) as Record<string, unknown>
  return {
    id: target.id,
    ...(options.why ? { why: options.why } : {}),
    resource: {
      Type: target.type,
      ...(dependsOn && dependsOn.length > 0 ? { DependsOn: dependsOn } : {}),
      ...(options.retain ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } : {}),
      ...(options.metadata ? { Metadata: options.metadata } : {}),
      ...(Object.keys(kept).length > 0 ? { Properties: kept } : {}),
    },
  }
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(withoutUndefined)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, withoutUndefined(item)]),
  )
}
