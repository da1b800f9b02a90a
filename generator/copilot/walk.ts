/** Reads the keys of a part of a manifest: each has a handler, or Copilot ignored it. */
import { nearest } from '../errors/nearest.ts'
import { type Item, type Items, ignored, malformed } from './item.ts'
import { isMap, type Value } from './value.ts'

export type Handler<Context> = (value: Value, context: Context) => Items
export type Section<Context> = Readonly<Record<string, Handler<Context>>>

/** Keys that people wish for, with what takes their place. */
const WISHES: Readonly<Record<string, string>> = {
  task_role: 'rights of the tasks go into permissions or policies of the service',
  execution_role: 'the execution role is made by itself, with the rights that it needs',
  permissions: 'rights of the tasks go into permissions of the service',
  tags: 'tags go into tags at the top of the config',
  deletion_protection: 'it is loadBalancer.deletionProtection',
  autoscaling: 'it is scale of the service',
  health_check: 'it is health of the service',
}

/** A part of a manifest, key by key. */
export const walk = <Context>(value: Value, section: Section<Context>, context: Context): Items | readonly [] => {
  if (!isMap(value)) return [malformed(value, 'a group of keys')]
  const [first, ...rest] = value.entries.flatMap(({ key, value: each }): readonly Item[] => {
    const handler = Object.hasOwn(section, key) ? section[key] : undefined
    if (handler === undefined) return [unknown(key, each, Object.keys(section))]
    return each.kind === 'empty' ? [ignored(each, 'there is nothing after the key')] : handler(each, context)
  })
  return first === undefined ? [] : [first, ...rest]
}

/** The same, where a part without keys is one more that Copilot ignored. */
export const walked = <Context>(value: Value, section: Section<Context>, context: Context): Items => {
  const [first, ...rest] = walk(value, section, context)
  return first === undefined ? [ignored(value, 'there are no keys in it')] : [first, ...rest]
}

const unknown = (key: string, value: Value, known: readonly string[]): Item => {
  const wish = Object.hasOwn(WISHES, key) ? WISHES[key] : undefined
  if (wish !== undefined) return ignored(value, 'Copilot has no such key', wish)
  const meant = nearest(key, known)
  return ignored(value, 'Copilot has no such key here', meant === undefined ? undefined : `perhaps ${meant} was meant`)
}
