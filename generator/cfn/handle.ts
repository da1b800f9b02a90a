import type { AwsResources } from './resources.gen.ts'
import type { Intrinsic } from './value.ts'

/**
 * Types of custom resources, with the attributes that they answer with; who has functions for some declares them here.
 * Their properties are free JSON to CloudFormation.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled in by the module that brings the functions
export interface CustomResources {}

export type AwsType = keyof AwsResources
export type CustomType = keyof CustomResources
export type ResourceType = AwsType | CustomType

export type Attribute<T extends ResourceType> = T extends AwsType
  ? AwsResources[T]['attributes']
  : T extends CustomType
    ? CustomResources[T]
    : never

/** A logical ID with its resource type, so that the compiler knows which attributes it has. */
export type Handle<T extends ResourceType = ResourceType> = { readonly type: T; readonly id: string }

export const handle = <const T extends ResourceType>(type: T, id: string): Handle<T> => ({ type, id })

export const ref = (target: Handle): Intrinsic => ({ Ref: target.id })

export const getAtt = <T extends ResourceType>(target: Handle<T>, attribute: Attribute<T>): Intrinsic => ({
  'Fn::GetAtt': [target.id, attribute],
})
