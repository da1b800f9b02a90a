/**
 * What a property may be before anything is deployed. Nothing is ever recovered from the text of a key: what a value
 * may name is data, the resources that flowed into it.
 */
export type OriginKind =
  | 'parameter'
  | 'pseudo'
  | 'import'
  | 'dynamic'
  /** An attribute of a resource of the templates. */
  | 'attribute'
  /** An attribute of a resource whose program is not read. */
  | 'opaque'
  /** A function that cannot be worked out here. */
  | 'function'
  | 'macro'
  | 'literal'
  /** Something that the template writes but that cannot be read as what it means. */
  | 'unreadable'

/** Where something that is not known comes from. */
export type Origin = {
  readonly kind: OriginKind
  /** How a person knows it, and as `--assume` takes it. */
  readonly name: string
  /** Whose witness values may still be tried, `<stack>:<parameter>`. */
  readonly parameter?: string
  /** Values of it at which something turns, besides its Default and AllowedValues. */
  readonly values?: readonly string[]
  /** Key of the top-level stack that names it: other templates given with it may create what it names. */
  readonly root?: string
}

/** Resources that flowed into a value and may come out of it again. */
export type Taint = 'all' | ReadonlySet<string>

/** What a parameter makes of something, at each of its values that are listed. */
export type Cases<T = Value> = {
  /** `<stack>:<parameter>`, or `AWS::Region` and the like. */
  readonly parameter: string
  readonly points: readonly string[]
  /** Undefined where nothing can be deployed; without a point, for any other value of the parameter. */
  readonly at: (point: string | undefined) => T | undefined
}

export type Value =
  /** `from`: the parameter that has this value here, and may have another one. */
  | { readonly kind: 'text'; readonly text: string; readonly from?: Origin }
  /** `isLoose`: something unknown in it may stand for several items, so that places in it are not certain. */
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly isLoose?: true }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value> }
  /** Ref or an attribute of a resource of the templates. */
  | { readonly kind: 'ref'; readonly resource: string; readonly attribute?: string }
  /** One whole thing that the templates do not determine: a parameter, an import, a dynamic reference. */
  | { readonly kind: 'outside'; readonly key: string; readonly origin: Origin }
  /** Anything, made of what is in `taint`. */
  | {
      readonly kind: 'any'
      readonly key: string
      readonly taint: Taint
      readonly origins: readonly Origin[]
      /** It is one of these literals. */
      readonly cases?: Cases
      /** It is this value in pieces, which the same separator joins again. */
      readonly pieces?: { readonly of: Value; readonly separator: string }
    }
  | { readonly kind: 'joined'; readonly parts: readonly Value[] }
  | { readonly kind: 'none' }

export const none: Value = { kind: 'none' }
export const nothing: ReadonlySet<string> = new Set()
export const text = (value: string, from?: Origin): Value =>
  from ? { kind: 'text', text: value, from } : { kind: 'text', text: value }
export const list = (items: readonly Value[]): Value => ({ kind: 'list', items })
export const outside = (key: string, origin: Origin): Value => ({ kind: 'outside', key, origin })
export const any = (key: string, taint: Taint, ...origins: Origin[]): Value & { kind: 'any' } => ({
  kind: 'any',
  key,
  taint,
  origins,
})

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
    case 'outside':
    case 'any':
      return `?${value.key}`
    case 'none':
      return '-'
  }
}

/** Everything undecided that a value depends on. */
export function originsOf(value: Value): Origin[] {
  switch (value.kind) {
    case 'list':
      return value.items.flatMap(originsOf)
    case 'map':
      return [...value.entries.values()].flatMap(originsOf)
    case 'joined':
      return value.parts.flatMap(originsOf)
    case 'outside':
      return [value.origin]
    case 'any':
      return [...value.origins]
    case 'ref':
      return [{ kind: 'attribute', name: `${nameOf(value.resource)}${value.attribute ? `.${value.attribute}` : ''}` }]
    default:
      return []
  }
}

export function union(taints: readonly Taint[]): Taint {
  if (taints.includes('all')) return 'all'
  const [only] = taints
  if (only && taints.length === 1) return only
  return new Set(taints.flatMap((taint) => [...(taint as ReadonlySet<string>)]))
}

/** The logical ID in a resource's key, `template.yaml/ApiStack/HttpApi` -> `HttpApi`. */
export const nameOf = (resource: string): string => resource.slice(resource.lastIndexOf('/') + 1)

/** Beyond any text that CloudFormation takes; what is longer is only meant to exhaust its reader. */
const mostParts = 2000
/** Characters; CloudFormation takes a template of 1 MB at most. */
const longest = 1024 * 1024

/** Texts and unknowns one after the other; a single part is itself. */
export function joined(parts: readonly Value[]): Value {
  const merged: Value[] = []
  let length = 0
  for (const part of parts.flatMap((each) => (each.kind === 'joined' ? each.parts : [each]))) {
    const last = merged.at(-1)
    if (part.kind === 'none' || (part.kind === 'text' && part.text === '')) continue
    length += part.kind === 'text' ? part.text.length : 1
    if (length > longest) break
    if (part.kind === 'text' && last?.kind === 'text') merged[merged.length - 1] = text(last.text + part.text)
    else merged.push(part)
  }
  const [only] = merged
  if (only === undefined) return text('')
  if (merged.length > mostParts || length > longest)
    return any(`a text of ${merged.length} parts`, parts.every(({ kind }) => kind === 'text') ? nothing : 'all', {
      kind: 'function',
      name: 'a text without end',
    })
  return merged.length === 1 ? only : { kind: 'joined', parts: merged }
}

export const textOf = (value: Value): string | undefined => (value.kind === 'text' ? value.text : undefined)
export const isAbsent = (value: Value): boolean => value.kind === 'none'
/** Whether it may still be one thing or another. */
export const isOpen = (value: Value): boolean => value.kind === 'outside' || value.kind === 'any'

/** A map's entry; absent when the map is known and has none. */
export function entry(value: Value, name: string): Value {
  if (value.kind === 'map') return value.entries.get(name) ?? none
  if (value.kind === 'none' || value.kind === 'text' || value.kind === 'list') return none
  if (value.kind === 'outside') return any(`${value.key}.${name}`, nothing, value.origin)
  if (value.kind === 'any') return any(`${value.key}.${name}`, value.taint, ...value.origins)
  return any(`${keyOf(value)}.${name}`, 'all', ...originsOf(value))
}

/** `A.B.C` of a map of maps. */
export const at = (value: Value, path: string): Value => path.split('.').reduce(entry, value)

/** The items of a list; one item where CloudFormation takes it for a list of one; undefined when it is not known. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'list') return value.items.filter((item) => item.kind !== 'none')
  if (value.kind === 'none') return []
  if (value.kind === 'text' || value.kind === 'map' || value.kind === 'ref') return [value]
  return undefined
}

/** Nothing, or a list of nothing. */
export const isEmpty = (value: Value): boolean => itemsOf(value)?.length === 0

/** The items, or the value itself where it is not known to be a list. */
export const piecesOf = (value: Value): readonly Value[] => itemsOf(value) ?? [value]

/** true or false, also as text; undefined when it is not known. */
export function booleanOf(value: Value, absent: boolean): boolean | undefined {
  if (value.kind === 'none') return absent
  if (value.kind !== 'text') return undefined
  const word = value.text.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/** A whole number; undefined when it is not known, or begins with a zero, which YAML 1.1 takes for an octal number. */
export const integerOf = (value: Value): number | undefined => {
  const plain = textOf(value)
  return plain !== undefined && /^-?(?:0|[1-9]\d*)$/.test(plain) ? Number(plain) : undefined
}
