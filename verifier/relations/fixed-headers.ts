/** Headers that an integration fixes for every request, whatever the client sends. */
import { matches, normalised } from '../facts/rights/pattern.ts'
import { isStackName } from '../resolve/exports.ts'
import { isAbsent, joined, keyOf, none, text, textOf, type Value } from '../resolve/value.ts'
import type { Known } from './known.ts'

export type FixedHeaders = ReadonlyMap<string, Value>

const overwritten = /^overwrite:header\.(.+)$/i
const removed = /^remove:header\.(.+)$/i
const named = /:header\.(.+)$/i

/**
 * Those of which the value is known or may be fixed, each with it. Only `overwrite` and `remove` take away what the client sent, and `$` begins something of the request. A header that
 * is removed has no value here.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function fixedHeaders(parameters: Value): FixedHeaders {
  if (parameters.kind !== 'map') return new Map()
  const entries = [...parameters.entries].filter(([, value]) => !isAbsent(value))
  const mappings = entries.map(([key, value]) => ({ key, value, name: nameIn(named, key) }))
  return new Map(
    mappings.flatMap(({ key, value, name }) => {
      const isOnly = mappings.filter((each) => each.name === name).length === 1
      if (name === undefined || !isOnly) return []
      if (removed.test(key)) return [[name, none] as const]
      return overwritten.test(key) && (isFixed(value) || isUnknown(value)) ? [[name, value] as const] : []
    }),
  )
}

const nameIn = (pattern: RegExp, key: string): string | undefined => pattern.exec(key)?.[1]?.toLowerCase()

const isFixed = (value: Value): boolean =>
  partsOf(value).every((part) => isStackName(part) || (part.kind === 'text' && /^[^$*?]+$/.test(part.text)))

/** What a parameter gives may be fixed, or `$` and something of the request. */
const isUnknown = (value: Value): boolean =>
  partsOf(value).every((part) => part.kind !== 'text' || !/[$*?]/.test(part.text))

/** Whether the name of a stack is in what is fixed. */
export const namesStack = (headers: FixedHeaders): boolean =>
  [...headers.values()].some((value) => partsOf(value).some(isStackName))

/**
 * Whether a header with this value meets one that a listener rule demands: without regard to case, with `*` and `?`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function matchesHeader(fixed: Value, demanded: Value): Known<boolean> {
  if (isAbsent(fixed)) return { known: false }
  if (!isFixed(fixed)) return { unknown: fixed }
  const [value, pattern] = [textOf(fixed), textOf(demanded)]
  // Whatever the name of a stack is.
  if (pattern === '*') return { known: true }
  const unknown = { unknown: pattern === undefined ? demanded : fixed }
  if (value !== undefined && pattern !== undefined) {
    // What stands at the ends is lost on the way: https://www.rfc-editor.org/rfc/rfc9110#section-5.5
    const answers = [value, value.trim()].flatMap((each) =>
      [pattern, pattern.trim()].map((wanted) => matches(normalised(wanted), normalised(each))),
    )
    return new Set(answers).size === 1 ? { known: answers[0] as boolean } : unknown
  }
  const rest = differing(partsOf(fixed), partsOf(demanded))
  if (rest === undefined) return unknown
  const [own = text(''), other = text('')] = rest.map((parts) => joined(parts))
  const [one, another] = [textOf(own), textOf(other)]
  if (one !== undefined && another !== undefined) return { known: one === another }
  // No two stacks of an account and region have the same name.
  if (isStackName(own) && isStackName(other)) return { known: false }
  return differAtAnEnd(rest) ? { known: false } : unknown
}

type Parts = readonly Value[]

const partsOf = (value: Value): Parts => (value.kind === 'joined' ? value.parts : [value])

/** What is left of both where the same begins and ends them; undefined where that says nothing of the whole. */
function differing(fixed: Parts, demanded: Parts): readonly [Parts, Parts] | undefined {
  const [own, wanted] = [fixed, demanded].map(characters) as [Parts, Parts]
  const isPlain = [own, wanted].every((all) =>
    all.every((each, index) => {
      const plain = textOf(each)
      const isEnd = index === 0 || index === all.length - 1
      return plain === undefined || (!/[*?\\]/.test(plain) && !(isEnd && plain.trim() === ''))
    }),
  )
  if (!isPlain) return undefined
  const isSame = (a: Value | undefined, b: Value | undefined): boolean =>
    a !== undefined && b !== undefined && keyOf(a) === keyOf(b)
  const shorter = Math.min(own.length, wanted.length)
  let start = 0
  while (start < shorter && isSame(own[start], wanted[start])) start++
  let end = 0
  while (end < shorter - start && isSame(own[own.length - 1 - end], wanted[wanted.length - 1 - end])) end++
  return [own.slice(start, own.length - end), wanted.slice(start, wanted.length - end)]
}

/** Each letter by itself, without regard to case, so that two texts meet where they meet. */
const characters = (parts: Parts): Parts =>
  parts.flatMap((part) => (part.kind === 'text' ? [...part.text.toLowerCase()].map((each) => text(each)) : [part]))

/** Both begin, or both end, with another letter. */
const differAtAnEnd = ([own, wanted]: readonly [Parts, Parts]): boolean =>
  [0, -1].some((index) => own.at(index)?.kind === 'text' && wanted.at(index)?.kind === 'text')
