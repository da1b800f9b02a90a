/** What the schema says about a place in the config: used for suggestions, examples and the docs. */
import * as z from 'zod'
import { configSchema } from './index.ts'

export type Schema = z.core.$ZodType

/** The schema without the wrappers that say "optional" or give a default. */
export const unwrap = (schema: Schema): Schema =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    ? unwrap(schema.unwrap())
    : schema

/** The schemas for a child; a union may have several. */
const children = (schema: Schema, part: PropertyKey): Schema[] => {
  const plain = unwrap(schema)
  if (plain instanceof z.ZodObject) return Object.hasOwn(plain.shape, part) ? [plain.shape[String(part)]] : []
  if (plain instanceof z.ZodRecord) return [plain.valueType]
  if (plain instanceof z.ZodArray) return [plain.element]
  if (plain instanceof z.ZodUnion) return plain.options.flatMap((option) => children(option, part))
  return []
}

export const schemaAt = (path: readonly PropertyKey[]): Schema | undefined =>
  path.reduce<Schema | undefined>(
    (schema, part) => (schema === undefined ? undefined : children(schema, part)[0]),
    configSchema,
  )

/** Whether the config says something else there than it would if nobody had written anything. */
export const isSet = (config: unknown, path: readonly PropertyKey[]): boolean => {
  const value = path.reduce<unknown>(
    (each, part) =>
      typeof each === 'object' && each !== null ? (each as Record<PropertyKey, unknown>)[part] : undefined,
    config,
  )
  return value !== undefined && value !== notesOf(schemaAt(path)).default
}

export const keysOf = (schema: Schema | undefined): string[] => {
  if (schema === undefined) return []
  const plain = unwrap(schema)
  if (plain instanceof z.ZodObject) return Object.keys(plain.shape)
  if (plain instanceof z.ZodUnion) return plain.options.flatMap(keysOf)
  return []
}

/** The key of a group that would take the value as it is, if it is only one, or the one that the group must have: what somebody means who leaves it out. */
export const onlyKeyFor = (value: unknown, schema: Schema | undefined): string | undefined => {
  const plain = schema === undefined ? undefined : unwrap(schema)
  if (!(plain instanceof z.ZodObject) || value === null) return undefined
  const keys = Object.entries<Schema>(plain.shape).flatMap(([key, each]) =>
    z.safeParse(each, value, { jitless: true }).success ? [key] : [],
  )
  const required = Object.entries<Schema>(plain.shape).flatMap(([key, each]) =>
    z.safeParse(each, undefined, { jitless: true }).success ? [] : [key],
  )
  const meant = required.length === 1 ? required : keys
  return meant.length === 1 && keys.includes(meant[0] as string) ? meant[0] : undefined
}

export type Notes = { description?: string | undefined; example?: unknown; default?: unknown }

/** Description, first example and default of a schema, of the wrapper or of what it wraps. */
export const notesOf = (schema: Schema | undefined): Notes => {
  if (schema === undefined) return {}
  const own = z.globalRegistry.get(schema)
  const wrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
  const inner = wrapped ? notesOf(schema.unwrap()) : {}
  const fallback = schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined
  return {
    description: own?.description ?? inner.description,
    example: Array.isArray(own?.examples) ? own.examples[0] : inner.example,
    default: own?.['default'] ?? fallback ?? inner.default,
  }
}
