/** What overrides say, with the place of each part in the config. */
import { isFunction, isPlain } from '../../cfn/merged.ts'
import type { Override } from '../../model/overrides.ts'
import type { Path } from '../rule.ts'

export type Part = { readonly path: Path; readonly value: unknown }

/** Values that are no map or list of others: texts, numbers, functions with all that is in them. */
export const leaves = ({ id, attributes }: Override): Part[] => below({ path: ['overrides', id], value: attributes })

const below = ({ path, value }: Part): Part[] => {
  if (isFunction(value)) return [{ path, value }]
  if (Array.isArray(value)) return value.flatMap((item, index) => below({ path: [...path, index], value: item }))
  if (isPlain(value))
    return Object.entries(value).flatMap(([key, item]) => below({ path: [...path, key], value: item }))
  return [{ path, value }]
}

export const functions = (override: Override): Part[] => leaves(override).filter(({ value }) => isFunction(value))

/** The function itself and those inside it. */
export const functionsIn = (value: unknown): (readonly [name: string, argument: unknown])[] => {
  if (Array.isArray(value)) return value.flatMap(functionsIn)
  if (!isPlain(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [
    ...(isFunction(value) ? [[key, item] as const] : []),
    ...functionsIn(item),
  ])
}

/** Whether a function has the form in which references are found. */
export const isWellFormed = ([name, argument]: readonly [string, unknown]): boolean => {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string'
    case 'Fn::GetAtt':
      return typeof argument === 'string'
        ? /^[^.]+\../.test(argument)
        : Array.isArray(argument) && argument.length === 2 && argument.every((each) => typeof each === 'string')
    case 'Fn::Sub':
      return (
        typeof argument === 'string' ||
        (Array.isArray(argument) && argument.length === 2 && typeof argument[0] === 'string' && isPlain(argument[1]))
      )
    case 'Fn::If':
      return Array.isArray(argument) && argument.length === 3 && typeof argument[0] === 'string'
    case 'Fn::FindInMap':
      return Array.isArray(argument) && argument.length >= 3 && typeof argument[0] === 'string'
    default:
      return true
  }
}
