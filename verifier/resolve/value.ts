/**
 * What a property may be before anything is deployed: a text, a structure of such values, a reference to a resource,
 * or something that is only known by where it comes from. Equal keys mean equal values in every world.
 */
export type Origin = {
  readonly kind: 'parameter' | 'pseudo' | 'import' | 'dynamic' | 'attribute' | 'function' | 'macro'
  /** How a person knows it: the parameter's or import's name. */
  readonly name: string
  /** Whose witness values may still be tried, `<stack>:<parameter>`. */
  readonly parameter?: string
  /** Values of it at which something turns, besides its Default and AllowedValues. */
  readonly values?: readonly string[]
}

export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'ref'; readonly resource: string; readonly attribute?: string }
  | { readonly kind: 'unknown'; readonly key: string; readonly origins: readonly Origin[] }
  | { readonly kind: 'joined'; readonly parts: readonly Value[] }
  | { readonly kind: 'none' }

export const none: Value = { kind: 'none' }
export const text = (value: string): Value => ({ kind: 'text', text: value })
export const list = (items: readonly Value[]): Value => ({ kind: 'list', items })
export const unknown = (key: string, ...origins: Origin[]): Value => ({ kind: 'unknown', key, origins })

/** The same for values that are equal in every world. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text)
    case 'list':
      return `[${value.items.map(keyOf).join(',')}]`
    case 'map':
      return `{${[...value.entries]
        .map(([name, item]) => `${JSON.stringify(name)}:${keyOf(item)}`)
        .sort()
        .join(',')}}`
    case 'ref':
      return `<${value.resource}${value.attribute ? `.${value.attribute}` : ''}>`
    case 'joined':
      return `(${value.parts.map(keyOf).join('+')})`
    case 'unknown':
      return `?${value.key}`
    case 'none':
      return '-'
  }
}

/** Everything that a value hangs on and that is not decided. */
export function originsOf(value: Value): Origin[] {
  switch (value.kind) {
    case 'list':
      return value.items.flatMap(originsOf)
    case 'map':
      return [...value.entries.values()].flatMap(originsOf)
    case 'joined':
      return value.parts.flatMap(originsOf)
    case 'unknown':
      return [...value.origins]
    case 'ref':
      return [{ kind: 'attribute', name: `${nameOf(value.resource)}${value.attribute ? `.${value.attribute}` : ''}` }]
    default:
      return []
  }
}

/** The logical ID in a resource's key, `template.yaml/ApiStack/HttpApi` -> `HttpApi`. */
export const nameOf = (resource: string): string => resource.slice(resource.lastIndexOf('/') + 1)

/** Beyond any text that CloudFormation takes; what is longer is only meant to exhaust its reader. */
const mostParts = 2000

/** Texts and unknowns one after the other; a single part is itself. */
export function joined(parts: readonly Value[]): Value {
  const merged: Value[] = []
  for (const part of parts.flatMap((each) => (each.kind === 'joined' ? each.parts : [each]))) {
    const last = merged.at(-1)
    if (part.kind === 'none' || (part.kind === 'text' && part.text === '')) continue
    if (part.kind === 'text' && last?.kind === 'text') merged[merged.length - 1] = text(last.text + part.text)
    else merged.push(part)
  }
  const [only] = merged
  if (only === undefined) return text('')
  if (merged.length > mostParts)
    return unknown(`a text of ${merged.length} parts`, { kind: 'function', name: 'Fn::Join' })
  return merged.length === 1 ? only : { kind: 'joined', parts: merged }
}

export const textOf = (value: Value): string | undefined => (value.kind === 'text' ? value.text : undefined)
export const isAbsent = (value: Value): boolean => value.kind === 'none'

/** A map's entry; absent when the map is known and has none. */
export function entry(value: Value, name: string): Value {
  if (value.kind === 'map') return value.entries.get(name) ?? none
  if (value.kind === 'none' || value.kind === 'text' || value.kind === 'list') return none
  return unknown(`${keyOf(value)}.${name}`, ...originsOf(value))
}

/** The items of a list; one item where CloudFormation takes it for a list of one; undefined when it is not known. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'list') return value.items.filter((item) => item.kind !== 'none')
  if (value.kind === 'none') return []
  if (value.kind === 'text' || value.kind === 'map' || value.kind === 'ref') return [value]
  return undefined
}

/** true or false, also as text; undefined when it is not known. */
export function booleanOf(value: Value, absent: boolean): boolean | undefined {
  if (value.kind === 'none') return absent
  if (value.kind !== 'text') return undefined
  const word = value.text.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/** A whole number; undefined when it is not known, or begins with a zero, which YAML 1.1 takes for an octal number. */
export const integerOf = (value: Value): number | undefined => {
  const text = textOf(value)
  return text !== undefined && /^-?(?:0|[1-9]\d*)$/.test(text) ? Number(text) : undefined
}
