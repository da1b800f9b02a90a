import { noValue } from '../../cfn/intrinsics.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import { isOptional } from '../../model/task/secrets.ts'
import { ifGiven } from '../parameters.ts'

/** What stands for a variable or secret in a list: nothing where a deployment does without it. */
export const ifPresent = (each: { readonly parameter?: Parameter }, item: object): object =>
  each.parameter !== undefined && isOptional(each) ? ifGiven(each.parameter, item, noValue) : item
