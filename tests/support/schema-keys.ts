import { readFileSync } from 'node:fs'
import type { ConfigSchema } from '../../scripts/config-schema.ts'

/** A key of the published schema, as the steps that lead to it; `*` stands for a name that users choose or an item. */
export type SchemaKey = readonly string[]

/** All keys of the config, from the published schema, so that a new one fails a test that nobody told of it. */
export function schemaKeys(): readonly SchemaKey[] {
  const found = new Map<string, SchemaKey>()
  const walk = (schema: ConfigSchema, at: SchemaKey): void => {
    for (const [name, each] of Object.entries(schema.properties ?? {})) {
      const key = [...at, name]
      found.set(key.join('.'), key)
      walk(each, key)
    }
    if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, [...at, '*'])
    if (schema.items) walk(schema.items, [...at, '*'])
    for (const each of schema.anyOf ?? []) walk(each, at)
  }
  walk(JSON.parse(readFileSync('portcullis.schema.json', 'utf8')), [])
  return [...found.values()]
}

/** Whether a place in a config is that key, or inside it. */
export const isWithin = (key: SchemaKey, path: readonly (string | number)[]): boolean =>
  key.every((step, index) => path[index] !== undefined && (step === '*' || step === String(path[index])))
