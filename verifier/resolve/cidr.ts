/** Address ranges as intervals of integers. */
export type Range = { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint }

const bits = { 4: 32, 6: 128 } as const

/** `10.0.0.0/16`, `::/0`, a bare address; undefined for anything else. Host bits are ignored, as EC2 does. */
export function parseRange(text: string): Range | undefined {
  const [address = '', length, ...more] = text.trim().split('/')
  const family = address.includes(':') ? 6 : 4
  const value = family === 4 ? parseIpv4(address) : parseIpv6(address)
  const prefix = length === undefined ? bits[family] : /^\d{1,3}$/.test(length) ? Number(length) : -1
  if (value === undefined || more.length > 0 || prefix < 0 || prefix > bits[family]) return undefined
  const size = 1n << BigInt(bits[family] - prefix)
  const first = (value / size) * size
  return { family, first, last: first + size - 1n }
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const given = groups.flat()
  if (!given.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  const missing = 8 - given.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const all =
    halves.length === 2 ? [...(groups[0] ?? []), ...Array<string>(missing).fill('0'), ...(groups[1] ?? [])] : given
  return all.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n)
}

export const overlaps = (a: Range, b: Range): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last
export const inside = (inner: Range, outer: Range): boolean =>
  inner.family === outer.family && inner.first >= outer.first && inner.last <= outer.last

/** Whether ranges, all of one family, together hold every address of it. */
export function coversAll(ranges: readonly Range[]): boolean {
  const [some] = ranges
  let next = 0n
  for (const { first, last } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1)))
    if (first <= next && last >= next) next = last + 1n
  return some !== undefined && next === 1n << BigInt(bits[some.family])
}

/** The address that stands for nothing in rules whose only purpose is to replace a default. */
const nowhere = parseRange('255.255.255.255/32') as Range
export const isNowhere = (range: Range): boolean => inside(range, nowhere)

const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  'fc00::/7',
  'fe80::/10',
]
  .map(parseRange)
  .filter((range) => range !== undefined)

/** Whether some address in it may be a host of the internet. */
export const mayBePublic = (range: Range): boolean => !notPublic.some((each) => inside(range, each))

/** What `Fn::Cidr` gives: `count` ranges of `hostBits` bits; undefined when they do not fit. */
export function cidrParts(block: string, count: number, hostBits: number): string[] | undefined {
  const range = parseRange(block)
  if (
    range?.family !== 4 ||
    !Number.isInteger(count) ||
    count < 1 ||
    count > 256 ||
    !Number.isInteger(hostBits) ||
    hostBits < 0 ||
    hostBits > 32
  )
    return undefined
  const size = 1n << BigInt(hostBits)
  if (range.last - range.first + 1n < size * BigInt(count)) return undefined
  return Array.from({ length: count }, (_, index) => {
    const first = range.first + size * BigInt(index)
    return `${[24n, 16n, 8n, 0n].map((shift) => (first >> shift) & 255n).join('.')}/${32 - hostBits}`
  })
}
