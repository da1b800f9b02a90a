/** `--set PATH=VALUE`: a value from the command line, put into the config before anybody looks at it. */

import { parse as parseYaml } from 'yaml'
import * as z from 'zod'
import type { Diagnostic } from '../errors/diagnostic.ts'
import type { LocatedDiagnostic } from '../errors/located.ts'
import { nearest } from '../errors/nearest.ts'
import { configSchema } from './schema/index.ts'
import { keysOf, schemaAt, unwrap } from './schema/lookup.ts'

type Path = readonly (string | number)[]

export type Setting = { readonly argument: string; readonly path: readonly string[]; readonly text: string }

/** `services.orders.image=REF`, or nothing when it has not that form. */
export const settingOf = (argument: string): Setting | undefined => {
  const [, path, text] = /^([^=]+)=(.*)$/s.exec(argument) ?? []
  const parts = path?.split('.') ?? []
  return text === undefined || parts.includes('') ? undefined : { argument, path: parts, text }
}

const isBelow = (path: Path, above: Path): boolean => above.every((part, index) => String(path[index]) === String(part))

/** Where a mistake is when the value came from the command line. */
export const locateIn = (settings: readonly Setting[], diagnostic: Diagnostic): LocatedDiagnostic | undefined => {
  const setting = settings.findLast(({ path }) => isBelow(diagnostic.path, path))
  if (setting === undefined) return undefined
  const isKey = diagnostic.at === 'key'
  const value = setting.argument.length - setting.text.length
  return {
    ...diagnostic,
    file: '--set',
    line: 1,
    column: isKey ? 1 : value + 1,
    length: Math.max(1, isKey ? value - 1 : setting.text.length),
    sourceLine: setting.argument.replaceAll('\n', ' '),
  }
}

/** What the schema takes: text if it takes text, so that a tag like 1.10 stays what it is. */
const accepted = ({ path, text }: Setting): unknown => {
  const schema = schemaAt(path)
  if (schema === undefined) return text
  const results = [text, ...plainValue(text)].map((value) => ({
    value,
    result: (unwrap(schema) as z.ZodType).safeParse(value),
  }))
  const accepted = results.find(({ result }) => result.success)
  // Of what is refused, the one of the right kind says best why.
  const ofKind = results.find(({ result }) => result.error?.issues.every(({ code }) => code !== 'invalid_type'))
  return (accepted ?? ofKind)?.value ?? text
}

const plainValue = (text: string): unknown[] => {
  try {
    return [parseYaml(text)]
  } catch {
    return []
  }
}

type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first part of the path that leads nowhere: a name that the config does not have, or a key that there is not. */
const deadEnd = (config: unknown, { path }: Setting): Diagnostic | undefined => {
  let value = config
  for (const [index, part] of path.entries()) {
    const above = path.slice(0, index)
    const schema = schemaAt(above) ?? configSchema
    const plain = unwrap(schema)
    const has = Array.isArray(value) ? Number(part) < value.length : isPlain(value) && Object.hasOwn(value, part)
    const isLast = index === path.length - 1
    const isNamed = plain instanceof z.ZodRecord || plain instanceof z.ZodArray
    const known = isNamed ? (isPlain(value) ? Object.keys(value) : []) : keysOf(schema)
    if (!has && (isNamed ? !isLast || plain instanceof z.ZodArray : !known.includes(part))) {
      const meant = nearest(part, known)
      return {
        code: 'PC113',
        path,
        at: 'key',
        message: `--set names ${path.slice(0, index + 1).join('.')}, which the config does not have`,
        why: '--set changes values; only the config adds or removes things',
        remedy: `${meant === undefined ? '' : `did you mean ${[...above, meant].join('.')}? `}${known.length === 0 ? 'correct the path' : `use one of ${known.join(', ')}`}`,
      }
    }
    value = Array.isArray(value) ? value[Number(part)] : isPlain(value) && has ? value[part] : undefined
  }
  return undefined
}

const withValue = (value: unknown, [part, ...rest]: readonly string[], set: unknown): unknown => {
  if (part === undefined) return set
  if (Array.isArray(value))
    return value.map((each, index) => (index === Number(part) ? withValue(each, rest, set) : each))
  const before = isPlain(value) ? value : {}
  return { ...before, [part]: withValue(before[part], rest, set) }
}

/** The config as it would be with these values written into it. */
export const withSettings = (
  config: unknown,
  settings: readonly Setting[],
): { readonly config: unknown; readonly wrong: readonly Diagnostic[] } => {
  const wrong = settings.flatMap((setting) => deadEnd(config, setting) ?? [])
  const right = settings.filter(({ path }) => !wrong.some((each) => each.path === path))
  return { config: right.reduce((each, setting) => withValue(each, setting.path, accepted(setting)), config), wrong }
}
