/** Which addresses a route is for. */
import type { Facts } from '../facts/facts.ts'
import { parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, list, textOf, type Value } from '../resolve/value.ts'
import { cidrsIn } from './prefix-lists.ts'

export type Destination = {
  /** Undefined when it may be anything. */
  readonly ranges: readonly Range[] | undefined
  readonly text: string
  /** What keeps the ranges from being known. */
  readonly open: Value | undefined
  /** That is a prefix list, whose entries no value says. */
  readonly isList: boolean
  /** For addresses of IPv6 only, which are public ones. */
  readonly isIpv6: boolean
}

const properties = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId']

export function destinationOf(facts: Facts, route: Resource): Destination {
  const written = properties
    .map((name) => ({ name, value: facts.get(route, name) }))
    .find(({ value }) => !isAbsent(value))
  if (!written) return { ranges: undefined, text: 'any destination', open: undefined, isList: false, isIpv6: false }
  const { name, value } = written
  const all = name === 'DestinationPrefixListId' ? cidrsIn(facts, value) : [value]
  const texts = all?.map(textOf)
  const ranges = texts?.map((text) => (text === undefined ? undefined : parseRange(text)))
  const open = all?.filter((_, index) => ranges?.[index] === undefined) ?? [value]
  const known = ranges?.flatMap((range) => range ?? []) ?? []
  return {
    ranges: open.length > 0 ? undefined : known,
    text: textOf(value) ?? (open.length > 0 ? 'any destination' : (texts ?? []).join(', ')),
    open: open.length > 1 ? list(open) : open[0],
    isList: all === undefined,
    isIpv6: open.length > 0 ? name === 'DestinationIpv6CidrBlock' : known.every(({ family }) => family === 6),
  }
}
