/** An intrinsic function call in CloudFormation's long form: an object with one key, `Ref` or `Fn::...`. */
export type Intrinsic = { readonly Ref: string } | { readonly [fn: `Fn::${string}`]: unknown }

/** A property value, or an intrinsic that gives one at deploy time. */
export type Value<T> = T | Intrinsic
export type List<T> = readonly T[] | Intrinsic
export type Tag = { readonly Key: Value<string>; readonly Value: Value<string> }
// biome-ignore lint/suspicious/noExplicitAny: policy documents and the like are free JSON in the specification
export type Json = any
