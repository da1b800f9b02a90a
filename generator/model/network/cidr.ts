/** Integer maths for IPv4 address ranges. */
export type Cidr = { readonly address: number; readonly prefixLength: number }

export const parseCidr = (text: string): Cidr => {
  const [address = '', prefixLength = ''] = text.split('/')
  return {
    address: address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0),
    prefixLength: Number(prefixLength),
  }
}

export const sizeOf = ({ prefixLength }: Cidr): number => 2 ** (32 - prefixLength)

/** The range with the host bits cleared: what was meant by 10.20.1.2/16. */
export const networkOf = (cidr: Cidr): Cidr => ({ ...cidr, address: cidr.address - (cidr.address % sizeOf(cidr)) })

export const formatCidr = ({ address, prefixLength }: Cidr): string =>
  `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${prefixLength}`

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parseCidr)

const contains = (outer: Cidr, inner: Cidr): boolean =>
  inner.prefixLength >= outer.prefixLength &&
  networkOf({ address: inner.address, prefixLength: outer.prefixLength }).address === outer.address

/** RFC 1918 */
export const isPrivate = (cidr: Cidr): boolean => PRIVATE.some((range) => contains(range, cidr))

const OCTET = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'

/** A pattern for all private ranges of one prefix length (16..24) without host bits. */
export const privateRangePattern = (prefixLength: number): string => {
  const step = 2 ** (24 - prefixLength)
  const third =
    prefixLength === 24 ? OCTET : `(${Array.from({ length: 256 / step }, (_, index) => index * step).join('|')})`
  return `^(10\\.${OCTET}|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.${prefixLength === 16 ? '0' : third}\\.0/${prefixLength}$`
}
