import type { Intrinsic, Value } from './value.ts'

type PseudoParameter = 'AccountId' | 'Partition' | 'Region' | 'StackId' | 'StackName' | 'URLSuffix'

export const pseudo = (name: PseudoParameter): Intrinsic => ({ Ref: `AWS::${name}` })
/** A parameter, by name. */
export const param = (name: string): Intrinsic => ({ Ref: name })
export const noValue: Intrinsic = { Ref: 'AWS::NoValue' }

/** `${Name}` and `${Name.Attribute}` are filled in by CloudFormation; `variables` shadow logical IDs. */
export const sub = (text: string, variables?: Readonly<Record<string, Value<string>>>): Intrinsic => ({
  'Fn::Sub': variables ? [text, variables] : text,
})
export const join = (separator: string, parts: readonly Value<string>[] | Intrinsic): Intrinsic => ({
  'Fn::Join': [separator, parts],
})
export const split = (separator: string, text: Value<string>): Intrinsic => ({ 'Fn::Split': [separator, text] })
export const select = (index: number, list: unknown): Intrinsic => ({ 'Fn::Select': [index, list] })
/** A condition with its definition, which every use brings along. */
export type Condition = { readonly condition: string; readonly holds: Intrinsic }

/** The definition goes to the fragment's conditions when the value becomes part of a resource or an output. */
export const iff = (condition: Condition, then: unknown, otherwise: unknown): Intrinsic => ({
  'Fn::If': [condition, then, otherwise],
})
export const equals = (a: unknown, b: unknown): Intrinsic => ({ 'Fn::Equals': [a, b] })
export const not = (condition: unknown): Intrinsic => ({ 'Fn::Not': [condition] })
export const findInMap = (map: string, key: Value<string>, name: string): Intrinsic => ({
  'Fn::FindInMap': [map, key, name],
})
/** `count` ranges, each of `bits` host bits, cut from `block`. */
export const cidr = (block: Value<string>, count: number, bits: number): Intrinsic => ({
  'Fn::Cidr': [block, count, bits],
})
/** An ARN of this partition: `arn('s3', '', '', 'bucket/*')`. Service, region and account as in the ARN. */
export const arn = (service: string, region: string, account: string, resource: string): Intrinsic =>
  sub(`arn:\${AWS::Partition}:${service}:${region}:${account}:${resource}`)
